"""What every reader receives: the bytes of one file, its name, and what it truly is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from ingestion.model import Block, Document, FormField, Limits, Page
from ingestion.ports import DocumentInvalid, OcrEngine


@dataclass(frozen=True, slots=True)
class RawFile:
    """The bytes of a file with their digest, the name it came under, and its true media type."""

    content: bytes
    name: str
    media_type: str
    digest: str

    def document(
        self,
        *,
        pages: Iterable[Page] = (),
        blocks: Iterable[Block] = (),
        title: str = "",
        form_fields: Iterable[FormField] = (),
        metadata: Iterable[tuple[str, str]] = (),
    ) -> Document:
        """Make the document that was read from this file; without a title it is called by its file name."""
        stem = PurePosixPath(self.name.replace("\\", "/")).stem
        return Document(
            digest=self.digest,
            media_type=self.media_type,
            name=self.name,
            pages=tuple(pages),
            title=title.strip() or stem,
            form_fields=tuple(form_fields),
            metadata=tuple(metadata),
            blocks=tuple(blocks),
        )


Reader = Callable[[RawFile, OcrEngine, Limits], Document]
"""Reads one kind of file; raises DocumentInvalid with a remedy when it cannot."""


def within(text: str, limits: Limits) -> str:
    """Give the text back, refusing more characters than a source may have."""
    if len(text) > limits.max_characters:
        raise DocumentInvalid("too_large", "文件里的文字太多，请分成几个文件再传。")
    return text
