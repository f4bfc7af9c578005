"""A guide as a workbook (XLSX): one worksheet per part, every cell as text, so that a spreadsheet changes nothing."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from guides.sheets.model import Cell, Column, FoundBook, FoundSheet, Sheet, Trouble
from ingestion.adapters.book_parts import ENTRY, KEY, entry_of, missing_name
from ingestion.adapters.faults import PARSER_FAULTS
from ingestion.ports import DocumentInvalid

_FAULTS: tuple[type[Exception], ...] = (InvalidFileException, zipfile.BadZipFile, *PARSER_FAULTS)
LONGEST = 32_767
"""Characters a cell of a workbook can hold."""
ROOM_BELOW = 200
"""Empty rows below the last that still offer the words to choose from."""
TEXT = "@"
_HEAD = PatternFill("solid", start_color="E7F0FB")
_LIST = 250
"""Characters of a list of choices a workbook takes."""


class XlsxBook:
    """Writes and reads workbooks."""

    def write(self, title: str, sheets: Sequence[Sheet]) -> bytes:
        """Lay sheets out, one worksheet each."""
        book = Workbook()
        book.remove(book.active)
        book.properties.title = title
        for sheet in sheets:
            page = book.create_sheet(sheet.title)
            for row in _laid_out(sheet):
                page.append([_fitting(sheet.title, text) for text in row])
            _dress(page, sheet)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    def read(self, content: bytes) -> FoundBook:
        """Give the worksheets back."""
        try:
            book = load_workbook(io.BytesIO(content))
        except _FAULTS as broken:
            raise DocumentInvalid("truncated", "这个表格打不开或者不完整，请用表格软件另存为 .xlsx 再试。") from broken
        sheets = list(book.worksheets)
        troubles = [trouble for page in sheets for trouble in _troubles(page)]
        found = [_found(page, troubles) for page in sheets]
        return FoundBook(tuple(found), tuple(troubles))


def _laid_out(sheet: Sheet) -> Iterator[list[str]]:
    if not sheet.upright:
        yield [column.heading for column in sheet.columns]
        yield from (list(row) for row in sheet.rows)
        return
    yield [KEY, ENTRY, "怎么写"]
    for column, text in zip(sheet.columns, sheet.rows[0], strict=True):
        yield [column.heading, text, column.hint]


def _fitting(title: str, text: str) -> str:
    if len(text) > LONGEST or ILLEGAL_CHARACTERS_RE.search(text) or "\r" in text:
        raise DocumentInvalid("cell", f"“{title}”里有一格放不进表格：太长，或有看不见的控制字符。“{text[:40]}…”")
    return text


def _dress(page: Worksheet, sheet: Sheet) -> None:
    """Make the page readable: headings kept in sight, lines wrapped, fixed words to choose from."""
    page.freeze_panes = "B2"
    for cells in page.iter_rows():
        for cell in cells:
            cell.number_format = TEXT
            if isinstance(cell.value, str):
                cell.data_type = "s"  # a text that begins with = is a text
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in page[1]:
        cell.font, cell.fill = Font(bold=True), _HEAD
    if sheet.upright:
        for letter, width in (("A", 18), ("B", 80), ("C", 48)):
            page.column_dimensions[letter].width = width
        return
    for number, column in enumerate(sheet.columns, 1):
        letter = get_column_letter(number)
        page.column_dimensions[letter].width = 120 if len(sheet.columns) == 1 else 44 if column.wide else 18
        _offer(page, column, letter, len(sheet.rows) + 1)


def _offer(page: Worksheet, column: Column, letter: str, last: int) -> None:
    """Offer what may be chosen in a column; anything else may still be typed, and is looked at on the way back."""
    listed = ",".join(column.choices)
    formula = f'"{listed}"' if listed else ""
    if column.from_sheet:
        formula = f"'{column.from_sheet}'!$A$2:$A${ROOM_BELOW}"
    if not formula or len(formula) > _LIST or any("," in one for one in column.choices):
        return
    offer = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=False)
    offer.add(f"{letter}2:{letter}{last + ROOM_BELOW}")
    page.add_data_validation(offer)


def _troubles(page: Worksheet) -> Iterator[Trouble]:
    """Tell what a worksheet holds besides the texts of its cells."""
    for merged in page.merged_cells.ranges:
        yield Trouble(f"{page.title} {merged.coord}", "合并的格子只剩左上角的内容", "取消合并，每一格各写各的")
    for picture in page._images:  # noqa: SLF001  (openpyxl names pictures in no other way)
        row, column = picture.anchor._from.row + 1, picture.anchor._from.col + 1  # noqa: SLF001
        where = f"{page.title} {get_column_letter(column)}{row}"
        yield Trouble(where, "图片没有带过来", "把要说的写成文字")
    for cells in page.iter_rows():
        for cell in cells:
            where = f"{page.title} {cell.coordinate}"
            if cell.comment is not None:
                yield Trouble(where, f"批注没有带过来：“{cell.comment.text[:40]}”", "要保留的写进“编者说明”")
            if cell.data_type == "f":
                yield Trouble(where, f"公式不算数：“{str(cell.value)[:40]}”", "把算好的结果写成文字")
            elif cell.data_type == "e":
                yield Trouble(where, f"这一格是表格软件的错误：{cell.value}", "写上正确的内容")


def _found(page: Worksheet, troubles: list[Trouble]) -> FoundSheet:
    rows = page.iter_rows()
    head = [_text(cell) for cell in next(rows, ())]
    lines = [(cells[0].row, [(cell, _text(cell)) for cell in cells]) for cells in rows if cells]
    lines = [(number, cells) for number, cells in lines if any(text.strip() for _, text in cells)]
    for _, cells in lines:
        for i, (cell, text) in enumerate(cells):
            if text.strip() and (i >= len(head) or not head[i].strip()):
                troubles.append(missing_name(f"{page.title} {cell.coordinate}", text))
    if head[:2] == [KEY, ENTRY]:
        named = [(cells[0][1], Cell(cells[1][1], f"{page.title} {cells[1][0].coordinate}")) for _, cells in lines]
        entry = entry_of(named, troubles)
        return FoundSheet(page.title, page.title, tuple(entry), (entry,), (page.title,))
    found = [
        {
            name: Cell(text, f"{page.title} {cell.coordinate}（{name}）")
            for name, (cell, text) in zip(head, cells, strict=False)
            if name.strip()
        }
        for _, cells in lines
    ]
    places = tuple(f"{page.title} 第{number}行" for number, _ in lines)
    return FoundSheet(page.title, page.title, tuple(name for name in head if name.strip()), tuple(found), places)


def _text(cell: SheetCell) -> str:
    """Give what a cell says, whatever a spreadsheet has made of it."""
    value = cell.value
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case date() | datetime() | time():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value).replace("\r\n", "\n").replace("\r", "\n")
