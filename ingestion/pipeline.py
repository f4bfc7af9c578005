"""The table of contents of ingestion: read a file, keep its original, split it, index it."""

from __future__ import annotations

import hashlib

from ingestion.adapters.raw_file import RawFile
from ingestion.adapters.readers import READERS
from ingestion.adapters.sniff import sniff
from ingestion.model import Document, Limits
from ingestion.ports import OcrEngine


def read_document(content: bytes, name: str, ocr: OcrEngine, limits: Limits) -> Document:
    """Read a file by its true type: text layers as written, scans and photographs by OCR.

    Raises DocumentInvalid (reason, Chinese remedy) for what is empty, encrypted, truncated, oversized, renamed,
    bomb-like or of a kind that has no reader. The name is only shown and checked, never trusted.
    """
    media_type = sniff(content, name, limits)
    file = RawFile(content, name, media_type, hashlib.sha256(content).hexdigest())
    return READERS[media_type](file, ocr, limits)
