"""A guide as a document (DOCX): a heading per part, narrow parts as one table, broad ones a small table per entry."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

import docx
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from lxml.etree import LxmlError, _Element

from guides.sheets.model import Cell, FoundBook, FoundSheet, Sheet, Trouble
from ingestion.adapters.book_parts import ENTRY, KEY, entry_of, missing_name
from ingestion.adapters.faults import PARSER_FAULTS
from ingestion.ports import DocumentInvalid

_FAULTS: tuple[type[Exception], ...] = (PythonDocxError, OpcError, zipfile.BadZipFile, LxmlError, *PARSER_FAULTS)
BROADEST = 7
"""Columns of a table that still reads well on a page."""
FIELDS = "每条可以有的栏目："
"""Begins the line that lists what an entry may hold; read over when the document comes back."""
OWNER = "所属"
BETWEEN = " · "
_NUMBERED = re.compile(r"第\d+条(?: · (.+))?$")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
_LABEL = 30
_CHAPTER = ("heading 1", "标题 1")
_FOREIGN = {
    "ins": ("还有没接受的修订", "在“审阅”里接受或拒绝全部修订"),
    "del": ("还有没接受的修订", "在“审阅”里接受或拒绝全部修订"),
    "commentReference": ("批注没有带过来", "要保留的写进“编者说明”"),
    "footnoteReference": ("脚注没有带过来", "把要说的写进格子里"),
    "endnoteReference": ("尾注没有带过来", "把要说的写进格子里"),
    "drawing": ("图片或文本框没有带过来", "把要说的写成文字"),
    "pict": ("图片或文本框没有带过来", "把要说的写成文字"),
    "sym": ("特殊符号没有带过来", "改成普通文字"),
    "vMerge": ("合并的格子", "取消合并，每一格各写各的"),
    "gridSpan": ("合并的格子", "取消合并，每一格各写各的"),
}


class DocxBook:
    """Writes and reads documents."""

    def write(self, title: str, sheets: Sequence[Sheet]) -> bytes:
        """Lay sheets out, one chapter each."""
        made = _blank(title)
        for sheet in sheets:
            made.add_heading(sheet.title, 1)
            names = [column.heading for column in sheet.columns]
            if len(names) == 1:
                for row in sheet.rows:
                    made.add_paragraph(row[0])
            elif sheet.upright or len(names) > BROADEST:
                made.add_paragraph(FIELDS + "、".join(names), style="Caption")
                _cards(made, sheet, names)
            else:
                _append(made, [names, *sheet.rows])
        out = io.BytesIO()
        made.save(out)
        return out.getvalue()

    def read(self, content: bytes) -> FoundBook:
        """Give the chapters back."""
        try:
            opened = docx.Document(io.BytesIO(content))
            headings = frozenset(style.style_id for style in opened.styles if (style.name or "").lower() in _CHAPTER)
            body = opened.element.body
        except _FAULTS as broken:
            raise DocumentInvalid("truncated", "这个 Word 文件打不开或者不完整，请另存为 .docx 再试。") from broken
        reader = _Reader(headings)
        for part in body:
            reader.take(part)
        return FoundBook(tuple(reader.sheets), tuple(reader.troubles))


def _blank(title: str) -> DocxDocument:
    made = docx.Document()
    made.core_properties.title = title
    page = made.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Cm(29.7), Cm(21)
    page.left_margin = page.right_margin = Cm(1.8)
    for name in ("Normal", "Heading 1", "Heading 2", "Caption"):
        style = made.styles[name]
        style.font.name = "Arial"
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "SimSun")
    made.styles["Normal"].font.size = Pt(10)
    return made


def _cards(made: DocxDocument, sheet: Sheet, names: list[str]) -> None:
    for number, row in enumerate(sheet.rows, 1):
        if not sheet.upright:
            made.add_heading(BETWEEN.join([f"第{number}条", *_label(row, owned=names[0].startswith(OWNER))]), 2)
        kept = [[name, text] for name, text in zip(names, row, strict=True) if text or sheet.upright]
        _append(made, [[KEY, ENTRY], *kept])


def _label(row: Sequence[str], *, owned: bool) -> Iterator[str]:
    """Call an entry by whom it belongs to and by its first words, not by its code."""
    if owned:
        yield _brief(row[0])
    rest = [text for text in (row[1:] if owned else row) if text.strip()]
    yield from map(_brief, [text for text in rest if not text.isascii()][:1] or rest[:1])


def _brief(text: str) -> str:
    return text.strip().split("\n")[0].replace(BETWEEN, " ").strip()[:_LABEL].strip()


def _append(made: DocxDocument, rows: Sequence[Sequence[str]]) -> None:
    """Add one table; written as XML because a table made cell by cell takes minutes for a whole guide."""
    grid = "".join("<w:gridCol/>" for _ in rows[0])
    lines = "".join(_row(row, head=i == 0, card=rows[0][0] == KEY) for i, row in enumerate(rows))
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="888888"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    made.element.body.insert_element_before(
        parse_xml(
            f"<w:tbl {nsdecls('w')}><w:tblPr><w:tblW w:type='pct' w:w='5000'/><w:tblBorders>{borders}</w:tblBorders>"
            f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>"
        ),
        "w:sectPr",
    )
    made.add_paragraph()


def _row(row: Sequence[str], *, head: bool, card: bool) -> str:
    widths = ["900", "4100"] if card else [""] * len(row)
    cells = "".join(_cell(text, width, head=head) for text, width in zip(row, widths, strict=True))
    return f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' if head else ''}{cells}</w:tr>"


def _cell(text: str, width: str, *, head: bool) -> str:
    if _ILLEGAL.search(text):
        raise DocumentInvalid("cell", f"有一格放不进 Word：里面有看不见的控制字符。“{_ILLEGAL.sub('□', text)[:40]}”")
    wide = f'<w:tcW w:type="pct" w:w="{width}"/>' if width else ""
    shade = '<w:shd w:val="clear" w:fill="E7F0FB"/>' if head else ""
    bold = "<w:rPr><w:b/></w:rPr>" if head else ""
    lines = "".join(f"<w:p><w:r>{bold}{_run(line)}</w:r></w:p>" for line in text.split("\n"))
    return f"<w:tc><w:tcPr>{wide}{shade}</w:tcPr>{lines}</w:tc>"


def _run(line: str) -> str:
    return "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in line.split("\t"))


@dataclass(slots=True)
class _Reader:
    """Walks through a document from top to bottom."""

    chapters: frozenset[str]
    """Ids of the style of a chapter's heading; every office program numbers them in its own way."""
    sheets: list[FoundSheet] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    title: str = ""
    tables: int = 0
    label: str = ""
    """Of the entry's heading just read; its table has to hold it."""

    def take(self, part: _Element) -> None:
        """Take a paragraph or a table."""
        if part.tag == qn("w:tbl"):
            self.tables += 1
            self._table(part)
        elif part.tag == qn("w:p"):
            self._paragraph(part)
        elif part.tag not in (qn("w:sectPr"), qn("w:bookmarkStart"), qn("w:bookmarkEnd")):
            text = "".join(_lines(part)).strip()
            if text:
                self.troubles.append(Trouble(self.title, f"“{text[:40]}”在内容控件里，没有带过来", "改成普通的表格"))

    def _paragraph(self, part: _Element) -> None:
        text = "".join(_lines(part)).strip()
        style = part.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = style.get(qn("w:val"), "") if style is not None else ""
        self._foreign(part, f"{self.title}“{text[:20]}”")
        if name in self.chapters and text:
            self.title = text
            self.sheets.append(FoundSheet(text, text, (), (), ()))
        elif (numbered := _NUMBERED.match(text)) is not None:
            self.label = numbered[1] or ""
        elif text and not text.startswith(FIELDS) and self.title not in ("", "说明"):
            self.troubles.append(Trouble(self.title, f"表格外的“{text[:40]}”没有带过来", "写进表格里"))

    def _table(self, table: _Element) -> None:
        here = f"{self.title} 表{self.tables}"
        self._foreign(table, here)
        rows = [[_words(cell) for cell in row.iterchildren(qn("w:tc"))] for row in table.iterchildren(qn("w:tr"))]
        if not rows:
            return
        head, lines = [name.strip() for name in rows[0]], list(enumerate(rows[1:], 2))
        if head == [KEY, ENTRY]:
            self._card(here, lines)
            return
        lines = [(number, cells) for number, cells in lines if any(text.strip() for text in cells)]
        for number, cells in lines:
            for i, text in enumerate(cells):
                if text.strip() and (i >= len(head) or not head[i]):
                    self.troubles.append(missing_name(f"{here} 第{number}行", text))
        found = tuple(
            {
                name: Cell(text, f"{here} 第{number}行（{name}）")
                for name, text in zip(head, cells, strict=False)
                if name
            }
            for number, cells in lines
        )
        places = tuple(f"{here} 第{number}行" for number, _ in lines)
        self.sheets.append(FoundSheet(self.title, here, tuple(name for name in head if name), found, places))

    def _card(self, here: str, lines: list[tuple[int, list[str]]]) -> None:
        named = [(cells[0], Cell(cells[1], f"{here} 第{n}行")) for n, cells in lines if len(cells) > 1]
        label, self.label = self.label, ""
        held = "\n".join(cell.text.replace(BETWEEN, " ") for _, cell in named)
        if any(part not in held for part in label.split(BETWEEN)):
            cause = f"小标题“{label}”和表里的内容对不上，以表里的为准"
            self.troubles.append(Trouble(here, cause, "改名请改表里的那一格；小标题只作参考"))
        entry = entry_of(named, self.troubles)
        if any(cell.text.strip() for cell in entry.values()):
            self.sheets.append(FoundSheet(self.title, here, tuple(entry), (entry,), (here,)))

    def _foreign(self, part: _Element, place: str) -> None:
        for tag, (cause, remedy) in _FOREIGN.items():
            if next(part.iter(qn(f"w:{tag}")), None) is not None:
                self.troubles.append(Trouble(place, cause, remedy))
        if part.tag == qn("w:tbl") and next(part.iterdescendants(qn("w:tbl")), None) is not None:
            self.troubles.append(Trouble(place, "表格里套着表格，里面的没有带过来", "改成普通文字"))


def _words(cell: _Element) -> str:
    return "\n".join("".join(_lines(part)) for part in cell.iterchildren(qn("w:p")))


def _lines(part: _Element) -> Iterator[str]:
    """Give the text of a paragraph piece by piece."""
    for piece in part.iter():
        if piece.tag == qn("w:t"):
            yield piece.text or ""
        elif piece.tag in (qn("w:br"), qn("w:cr")):
            yield "\n"
        elif piece.tag == qn("w:tab") and piece.getparent().tag == qn("w:r"):
            yield "\t"
        elif piece.tag == qn("w:noBreakHyphen"):
            yield "-"
