"""What ingestion gives to others: pages with placed lines, and passages with an exact locator."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class LineOrigin(StrEnum):
    """How the words of a line were obtained."""

    TEXT_LAYER = "text_layer"
    OCR = "ocr"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle as shares of the page (0 to 1), origin top left, x0 < x1 and y0 < y1."""

    x0: float
    y0: float
    x1: float
    y1: float

    def __post_init__(self) -> None:
        if not (0 <= self.x0 < self.x1 <= 1 and 0 <= self.y0 < self.y1 <= 1):
            raise ValueError(f"a box must lie on the page and have an area: {self}")


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of text on a page; `confidence` is 1.0 for a text layer, else the engine's own (0 to 1).

    `quad` holds the four corners as shares of the page, clockwise from the reading start, where the engine gives them:
    it carries the tilt that `box` loses.
    """

    text: str
    box: Box
    confidence: float
    origin: LineOrigin
    quad: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a document: its size in pixels (or PDF points), its lines in reading order."""

    number: int
    """1-based."""
    width: float
    height: float
    lines: tuple[TextLine, ...]
    image: bytes | None = None
    """JPEG of the page as it was seen (re-encoded by us), for evidence; None where `Limits.keep_images` is off."""
    has_image: bool = False
    """True when a picture covers a good part of the page although a text layer exists."""


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of an electronic form with its value as filled."""

    name: str
    value: str
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a document without page geometry: an article of a law, a paragraph, a cell, a field.

    `locator` is the exact place in the original ("第五十四条", "段落12", "materialList/结婚证"); `heading` the headings
    it stands under, outermost first, joined by " / ".
    """

    locator: str
    text: str
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: immutable original by digest, its true media type, its pages or its blocks.

    Paged files (PDF, photographs) fill `pages`; structured text (DOCX, HTML, laws, portal JSON) fills `blocks`.
    """

    digest: str
    """sha256 of the bytes, lower-case hex."""
    media_type: str
    name: str
    pages: tuple[Page, ...]
    title: str = ""
    form_fields: tuple[FormField, ...] = ()
    metadata: tuple[tuple[str, str], ...] = field(default=())
    blocks: tuple[Block, ...] = ()

    @property
    def text(self) -> str:
        """All words in reading order, one line or block per line."""
        lines = [line.text for page in self.pages for line in page.lines]
        return "\n".join(lines + [block.text for block in self.blocks])


@dataclass(frozen=True, slots=True)
class Limits:
    """What a reader may spend on one file. Beyond them the file is refused, never half read."""

    max_bytes: int = 20 * 1024 * 1024
    """Size of the file, bytes. 20 MiB holds a 50-page scan; portals allow 5 to 20 MB."""
    max_pages: int = 50
    max_pixels: int = 60_000_000
    """Pixels of one picture before it is decoded: 60 Mpx is above any phone, below what fills a worker's memory."""
    max_side: int = 3000
    """Longest side of a page image we keep, pixels; larger pictures are scaled down."""
    render_dpi: int = 200
    """Resolution at which scanned PDF pages are drawn, dots per inch."""
    max_members: int = 2000
    """Members of a zip container (DOCX)."""
    max_unpacked: int = 100 * 1024 * 1024
    """Unpacked bytes of a zip container, all members together."""
    max_characters: int = 5_000_000
    """Characters of text taken from one file."""
    keep_images: bool = True
    """Keep a picture of every page for evidence; False for sources, where words and boxes suffice."""
    accept: frozenset[str] = frozenset()
    """Media types admitted; empty admits every type that has a reader."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a source small enough to cite, with the exact place it stands at.

    `id` is stable for the same document, locator and text. `source` is the id of the document it belongs to
    (a guide slug, a source id of the registry, or `digest:` of an archived file); `title` is repeated in every passage
    because it is the largest single gain measured for retrieval. `region` is an administrative code ("430100") or ""
    for the whole country; `valid_from`/`valid_to` bound the days on which it is in force (None: open).
    """

    id: str
    source: str
    title: str
    locator: str
    text: str
    region: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    kind: str = "text"
    digest: str = ""
    """Digest of the archived original that the locator points into; "" where none is held."""
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, with its score; higher is better, comparable only within one result."""

    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class IgnoredLeaf:
    """A value of a portal guide left out on purpose, with the rule that says why."""

    path: str
    rule: str


@dataclass(frozen=True, slots=True)
class PortalImport:
    """The account of one portal guide: used + ignored + unplaced = its non-empty leaves."""

    leaves: int
    used: int
    ignored: tuple[IgnoredLeaf, ...]
    unplaced: tuple[str, ...]
    source: str = ""
    """The source its passages belong to."""
    passages: int = 0


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that could not be read, with what to do."""

    name: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingest did: documents replaced, left as they were, and refused."""

    replaced: int
    unchanged: int
    passages: int
    refused: tuple[Refused, ...] = ()
    without_text: tuple[str, ...] = ()
    """Sources listed in a collection without a word of text: nothing to find, nothing to mend here."""


@dataclass(frozen=True, slots=True)
class HeldSource:
    """A source the library holds: where its original lies and what it is called."""

    source: str
    title: str
    digest: str
    kind: str
    passages: int
    valid_from: date | None = None


@dataclass(frozen=True, slots=True)
class OpenedSource:
    """A cited place as it stands in the archive: the words there, and the original they were taken from."""

    source: str
    title: str
    digest: str
    locator: str
    words: str
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class LawText:
    """One law of a collection: its text under its title ("# 民法典"), its date, what it is and where it holds."""

    source: str
    """Stable id: "law:TITLE@DATE"."""
    title: str
    text: str
    published: date | None
    category: str
    region: str = ""
    """Administrative code of the place whose law it is; "" for the whole country."""
