"""The table of contents of ingestion: read a file, keep its original, split it, index it."""

from __future__ import annotations

from ingestion.model import Document, Limits
from ingestion.ports import FileReader


def read_document(content: bytes, name: str, reader: FileReader, limits: Limits) -> Document:
    """Read a file by its true type: text layers as written, scans and photographs by OCR.

    Raises DocumentInvalid (reason, Chinese remedy) for what is empty, encrypted, truncated, oversized, renamed,
    bomb-like or of a kind that has no reader. The name is only shown and checked, never trusted.
    """
    return reader.read(content, name, limits)
