"""Which reader reads which kind of file: the whole table, nothing is discovered."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from ingestion.adapters import sniff
from ingestion.adapters.docx import read_docx
from ingestion.adapters.html import read_html
from ingestion.adapters.image import read_image
from ingestion.adapters.ofd import read_ofd
from ingestion.adapters.pdf import read_pdf
from ingestion.adapters.portal_json import read_portal_json
from ingestion.adapters.raw_file import RawFile, Reader
from ingestion.adapters.text import read_text
from ingestion.model import Document, Limits
from ingestion.ports import OcrEngine

READERS: Mapping[str, Reader] = {
    sniff.PDF: read_pdf,
    sniff.DOCX: read_docx,
    sniff.OFD: read_ofd,
    sniff.HTML: read_html,
    sniff.TEXT: read_text,
    sniff.JSON: read_portal_json,
    **dict.fromkeys(sorted(sniff.IMAGES), read_image),
}


class Readers:
    """Every reader behind one door, with the OCR engine they share."""

    def __init__(self, ocr: OcrEngine, table: Mapping[str, Reader] = READERS) -> None:
        self._ocr = ocr
        self._table = table

    def read(self, content: bytes, name: str, limits: Limits) -> Document:
        """Read the bytes by their true type. Raises DocumentInvalid with a remedy."""
        media_type = sniff.sniff(content, name, limits)
        file = RawFile(content, name, media_type, hashlib.sha256(content).hexdigest())
        return self._table[media_type](file, self._ocr, limits)
