"""What ingestion needs from the world, each as a small promise.

Exceptions (outcomes are values; these mean something is broken):

    IngestionError
    ├── SourceUnavailable      try again: a store, an index or a server did not answer
    └── DocumentInvalid        fix it: the file is encrypted, truncated, oversized, of another type or not readable
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from guides.sheets.model import FoundBook, Sheet
from ingestion.items import BadLine, Item, ReadItem
from ingestion.model import Document, HeldSource, Hit, LawText, Limits, Passage, PortalImport, TextLine
from ingestion.portal_model import PortalGuide


class IngestionError(Exception):
    """Something is broken while reading or finding; see the subclasses for what to do."""


class SourceUnavailable(IngestionError):
    """A store, an index or a server did not answer: trying again may help."""


class DocumentInvalid(IngestionError):
    """The file cannot be read as it is; `reason` is a short code, `remedy` a Chinese sentence for the person."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(f"{reason}: {remedy}")
        self.reason = reason
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Where:
    """Hard filters of a search: only passages of this region's chain, in force on this day."""

    regions: tuple[str, ...] = ("",)
    """Administrative codes from the narrowest to "" (the whole country)."""
    on: date | None = None
    sources: tuple[str, ...] = ()
    """Only these sources; empty means all."""
    kinds: tuple[str, ...] = ()
    """Only sources of these kinds (law, portal, guide, item …); empty means all."""


class PassageIndex(Protocol):
    """Passages in force on a date and in a region, best first; replaced all or nothing per document."""

    def replace(self, source: str, passages: Sequence[Passage]) -> None:
        """Make `passages` the only ones of `source`; readers see the old set or the new one, never a mixture."""

    def search(self, query: str, where: Where, limit: int = 10) -> tuple[Hit, ...]:
        """Find the best passages; an empty query finds nothing."""


class Embedder(Protocol):
    """Unit vectors, batch in, batch out."""

    name: str

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """Give one vector of length 1 per passage, in order."""

    def embed_query(self, query: str) -> Sequence[float]:
        """Give the vector of a question; models that tell questions from passages are told."""


class SourceArchive(Protocol):
    """Immutable bytes by digest."""

    def put(self, content: bytes) -> str:
        """Keep the bytes and give their sha256; putting the same bytes twice is harmless."""

    def get(self, digest: str) -> bytes:
        """Give the bytes back; raises SourceUnavailable when the digest is not held."""


class OcrEngine(Protocol):
    """Lines with boxes and confidence from a page image; never raises on a blank page."""

    def read(self, image: bytes) -> tuple[TextLine, ...]:
        """Read a PNG or JPEG; boxes are shares of the image."""


class FileReader(Protocol):
    """One file as a document: by its true type, text layers as written, scans and photographs by OCR."""

    def read(self, content: bytes, name: str, limits: Limits) -> Document:
        """Read the bytes; the name is shown and checked, never trusted.

        Raises DocumentInvalid for what is empty, encrypted, truncated, oversized, renamed, bomb-like or unreadable.
        """


class LawCollection(Protocol):
    """A file that holds many laws, one record each."""

    def laws(self, content: bytes) -> Iterable[LawText]:
        """Give the laws one by one; raises DocumentInvalid when the file is not such a collection."""


class ItemCollection(Protocol):
    """A list of single items, one record each, in the form of an implementation list."""

    def items(self, content: bytes, region_of: Callable[[str], str | None]) -> Iterable[ReadItem | BadLine]:
        """Give each line as an item or as what is wrong with it; raises DocumentInvalid when it is no such list."""

    def item(self, content: bytes, region_of: Callable[[str], str | None]) -> Item:
        """Give one item as the archive keeps it; raises DocumentInvalid."""


class PortalReader(Protocol):
    """The structured guide of a portal: for the archive with the account of every leaf, and as typed values."""

    def read_guide(self, content: bytes, name: str) -> tuple[Document, PortalImport]:
        """Read one guide; raises DocumentInvalid when the file is not one."""

    def understand(self, content: bytes) -> PortalGuide:
        """Give one guide as typed values; raises DocumentInvalid when the file is not one."""


class Library(PassageIndex, Protocol):
    """A passage index that also takes many documents at once and says what it holds."""

    def replace_many(self, documents: PassageSource, progress: Progress | None = None) -> tuple[int, int]:
        """Replace many documents in one step; give how many changed and how many stayed as they were."""

    def held(self) -> tuple[HeldSource, ...]:
        """List the sources held, in order of their ids."""

    def passages(self, source: str) -> tuple[Passage, ...]:
        """Give the passages of one source in their order; none for a source not held."""

    def version(self) -> str:
        """Name what the index holds: the same documents, the same name; "" for an empty library."""

    def nearest(self, query: str, limit: int) -> list[tuple[str, float]]:
        """Give passage ids by vectors alone, best first; none without a vector model."""


class SheetBook(Protocol):
    """A kind of office file that holds a guide as sheets: a workbook, a document."""

    def write(self, title: str, sheets: Sequence[Sheet]) -> bytes:
        """Lay sheets out for people to edit; raises DocumentInvalid where a cell holds what such a file cannot."""

    def read(self, content: bytes) -> FoundBook:
        """Give the sheets back, each cell with its place, and what such sheets cannot carry as troubles.

        Raises DocumentInvalid for a file of another kind, or a broken one.
        """


Cut = Callable[[str], Sequence[str]]
"""Cuts a long text into pieces at the best places; joined, the pieces are the text."""

Progress = Callable[[int, int], None]
"""Told (done, total) as work goes on."""

PassageSource = Iterable[tuple[str, Sequence[Passage]]]
"""(source id, its passages) one document at a time."""
