"""Read DOCX: paragraphs and table cells in order, each with its path in the document."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.document import Document as DocxDocument
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml.etree import LxmlError

from ingestion.adapters.faults import PARSER_FAULTS
from ingestion.adapters.raw_file import RawFile, within
from ingestion.model import Block, Document, Limits
from ingestion.ports import DocumentInvalid, OcrEngine

_FAULTS: tuple[type[Exception], ...] = (PythonDocxError, OpcError, zipfile.BadZipFile, LxmlError, *PARSER_FAULTS)
"""What python-docx trips over when a file is cut off or not what it says."""
_DEPTH = 4
"""Tables inside tables are followed this far; real forms nest once."""


def read_docx(file: RawFile, _ocr: OcrEngine, limits: Limits) -> Document:
    """Read a Word document; locators are "段落12" and "表1/行2/列3", counted from 1.

    Raises DocumentInvalid: truncated, empty, too_large.
    """
    try:
        opened = docx.Document(io.BytesIO(file.content))
        blocks = tuple(_with_headings(opened))
        properties = opened.core_properties
        title = properties.title or ""
    except _FAULTS as broken:
        raise DocumentInvalid("truncated", "这个 Word 文件不完整，打不开，请另存为 PDF 再传。") from broken
    if not blocks:
        raise DocumentInvalid("empty", "这个 Word 文件里没有文字，请检查后再传。")
    within("".join(block.text for block in blocks), limits)
    return file.document(blocks=blocks, title=title)


def _with_headings(opened: DocxDocument) -> Iterator[Block]:
    headings: list[tuple[int, str]] = []
    paragraph_number = table_number = 0
    for part in opened.iter_inner_content():
        if isinstance(part, Table):
            table_number += 1
            yield from _cells(part, f"表{table_number}", " / ".join(text for _, text in headings), 1)
            continue
        paragraph_number += 1
        text = part.text.strip()
        level = _heading_level(part)
        if level and text:
            headings = [(above, words) for above, words in headings if above < level] + [(level, text)]
        if text:
            yield Block(f"段落{paragraph_number}", text, " / ".join(words for _, words in headings))


def _cells(table: Table, path: str, heading: str, depth: int) -> Iterator[Block]:
    """Give every cell once, although a merged cell is listed in each place it spans."""
    seen: set[object] = set()  # the elements themselves: lxml makes and forgets stand-ins, so their ids repeat
    for row_number, row in enumerate(table.rows, 1):
        for column_number, cell in enumerate(row.cells, 1):
            element = cell._tc  # noqa: SLF001  (python-docx names a merged cell in no other way)
            if element in seen:
                continue
            seen.add(element)
            here = f"{path}/行{row_number}/列{column_number}"
            text = cell.text.strip()
            if text:
                yield Block(here, text, heading)
            if depth < _DEPTH:
                for number, inner in enumerate(cell.tables, 1):
                    yield from _cells(inner, f"{here}/表{number}", heading, depth + 1)


def _heading_level(paragraph: Paragraph) -> int:
    """Give 1 to 9 for a heading style, 0 for running text."""
    style = paragraph.style.name if paragraph.style is not None else None
    name = (style or "").lower().replace("标题", "heading").replace(" ", "")
    if name == "title":
        return 1
    digits = name.removeprefix("heading")
    return int(digits) if name.startswith("heading") and digits.isdigit() and 0 < int(digits) < 10 else 0
