"""A guide leaves as a workbook or a document and comes back the same; what cannot come back is told with its place."""

from __future__ import annotations

import io
import random

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guides.library import Entry, load_library
from guides.sheets.differences import differences
from guides.sheets.model import Column, Sheet
from guides.sheets.reading import ReadGuide, read_sheets
from guides.sheets.writing import sheets_of
from ingestion.adapters.docx_book import DocxBook
from ingestion.adapters.xlsx_book import XlsxBook
from ingestion.ports import DocumentInvalid, SheetBook

LIBRARY = load_library()
ENTRIES = (*LIBRARY.entries, *LIBRARY.layers)
BOOKS: dict[str, SheetBook] = {"xlsx": XlsxBook(), "docx": DocxBook()}
NEWBORN = next(entry for entry in ENTRIES if entry.guide.slug == "newborn")


def laid_out(entry: Entry) -> tuple[Sheet, ...]:
    return sheets_of(entry.guide, entry.examples, entry.notes, LIBRARY.sources)


def back(book: SheetBook, content: bytes) -> ReadGuide:
    return read_sheets(book.read(content), LIBRARY.sources)


@pytest.mark.parametrize("kind", BOOKS)
@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry.guide.slug}@{entry.guide.region}")
def test_a_guide_comes_back_exactly(entry: Entry, kind: str) -> None:
    book = BOOKS[kind]
    read = back(book, book.write(entry.guide.title, laid_out(entry)))
    assert read.troubles == ()
    assert read.guide == entry.guide
    assert read.examples == entry.examples
    assert read.notes == entry.notes


@pytest.mark.parametrize("kind", BOOKS)
@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.lists(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc", "Cn")) | st.just("\n"), max_size=30),
                 min_size=2, max_size=2),
        min_size=1, max_size=4,
    )
)  # fmt: skip
def test_any_text_comes_back_as_it_was(kind: str, cells: list[list[str]]) -> None:
    rows = tuple((f"k{i}", *row) for i, row in enumerate(cells))
    sheet = Sheet("问题", (Column("代号"), Column("怎么问"), Column("提示")), rows)
    found = BOOKS[kind].read(BOOKS[kind].write("t", [sheet]))
    assert found.troubles == ()
    (read,) = [one for one in found.sheets if one.rows]
    assert [tuple(row[name].text for name in ("代号", "怎么问", "提示")) for row in read.rows] == list(rows)


@pytest.mark.parametrize("kind", BOOKS)
def test_what_is_no_such_file_is_refused_with_a_remedy(kind: str) -> None:
    for content in (b"", b"PK\x03\x04 broken", b"<html>"):
        with pytest.raises(DocumentInvalid, match="打不开"):
            BOOKS[kind].read(content)


@pytest.mark.parametrize("kind", BOOKS)
def test_a_control_character_is_refused_rather_than_lost(kind: str) -> None:
    sheet = Sheet("问题", (Column("代号"), Column("怎么问")), (("a", "x\x07y"),))
    with pytest.raises(DocumentInvalid, match="控制字符"):
        BOOKS[kind].write("t", [sheet])


WORKBOOK = BOOKS["xlsx"].write("新生儿", laid_out(NEWBORN))


@pytest.mark.parametrize("kind", BOOKS)
def test_a_harmed_file_is_refused_or_read_and_never_breaks_the_house(kind: str) -> None:
    small = next(entry for entry in ENTRIES if entry.guide.slug == "social-security-card")
    whole = BOOKS[kind].write("t", laid_out(small))
    dice = random.Random(7)  # noqa: S311 - which bytes are harmed
    refused = 0
    for _ in range(24):
        harmed = bytearray(whole)
        for _ in range(dice.randint(1, 6)):
            harmed[dice.randrange(len(harmed))] = dice.randrange(256)
        try:
            back(BOOKS[kind], bytes(harmed))
        except DocumentInvalid:
            refused += 1
    assert refused


class Desk:
    """A workbook on an editor's desk."""

    def __init__(self) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(WORKBOOK))

    def cell(self, sheet: str, row: int, heading: str) -> openpyxl.cell.Cell:
        page = self.book[sheet]
        column = [cell.value for cell in page[1]].index(heading) + 1
        return page.cell(row=row, column=column)

    def read(self) -> ReadGuide:
        out = io.BytesIO()
        self.book.save(out)
        return back(BOOKS["xlsx"], out.getvalue())

    def told(self) -> list[str]:
        return [str(one) for one in self.read().troubles]


def test_a_spreadsheet_may_change_types_without_harm() -> None:
    desk = Desk()
    desk.cell("材料", 2, "原件几份").value = 1.0
    desk.cell("材料", 3, "原件几份").value = 0
    read = desk.read()
    assert read.troubles == ()
    assert read.guide is not None
    assert read.guide.materials[0].originals == 1


def test_fixed_words_and_sources_are_offered_to_choose_from() -> None:
    page = Desk().book["规则"]
    offered = [one.formula1 for one in page.data_validations.dataValidation]
    assert any("免交" in one and "告知承诺" in one for one in offered)
    assert any("依据文件一览" in one for one in offered)


def test_an_edit_is_taken_over_and_told_as_a_sentence() -> None:
    desk = Desk()
    desk.cell("规则", 2, "为什么").value = "改过的一句话"
    desk.cell("规则", 2, "什么情况").value = "非（满足“joint”） 或 “生孩子时登记结婚了吗”为是"
    desk.cell("规则", 2, "什么情况").value = "任何情况"
    read = desk.read()
    assert read.troubles == ()
    assert read.guide is not None
    new = sheets_of(read.guide, read.examples, read.notes, LIBRARY.sources)
    said = list(differences(laid_out(NEWBORN), new))
    assert len(said) == 2
    assert any("规则" in one and "“改过的一句话”" in one for one in said)
    assert list(differences(laid_out(NEWBORN), laid_out(NEWBORN))) == []


@pytest.mark.parametrize(
    ("sheet", "row", "heading", "text", "place", "cause"),
    [
        ("规则", 4, "什么情况", "“妈妈”是“外省", "规则 B4", "看不懂"),
        ("规则", 4, "什么情况", "“没有的情况”为是", "规则 B4", "没有叫“没有的情况”的情况"),
        ("规则", 4, "怎样", "随便", "规则 C4", "不能写“随便”"),
        ("规则", 4, "依据文件", "no_such_source", "规则 第4行", "没有登记的依据"),
        ("规则", 4, "所属材料", "没有的材料", "规则 A4", "这一行没有带过来"),
        ("规则", 4, "为什么", None, "规则 D4", "缺少“why”"),
        ("材料", 3, "原件几份", "两份", "材料 F3", "不是数字"),
        ("基本情况", 8, "内容", "明天", "基本情况 B8", "不是日期"),
        ("路线", 2, "依据", "只有名字", "路线 G2", "不是一处依据"),
        ("情形例子", 2, "情况", "没有等号", "情形例子 D2", "不是一对"),
        ("依据文件一览", 2, "文件名称", "改了名", "依据文件一览 B2", "没有带过来"),
        ("问题", 2, "代号", "有 空格", "问题 A2", "fact"),
    ],
)
def test_a_cell_that_makes_no_sense_is_told_by_its_place(
    sheet: str, row: int, heading: str, text: str | None, place: str, cause: str
) -> None:
    desk = Desk()
    desk.cell(sheet, row, heading).value = text
    assert any(place in one and cause in one and "→" in one for one in desk.told()), desk.told()[:5]


def test_what_a_sheet_cannot_carry_is_told() -> None:
    desk = Desk()
    desk.cell("规则", 3, "为什么").comment = openpyxl.comments.Comment("再想想", "甲")
    desk.cell("规则", 4, "为什么").value = "=1+1"
    desk.book["规则"]["Z9"] = "写在外面"
    desk.book["费用"].merge_cells("A1:B1")
    desk.book.create_sheet("我的笔记")["A1"] = "记一笔"
    desk.book["材料"].insert_cols(2)
    desk.book["材料"]["B1"], desk.book["材料"]["B2"] = "我的栏", "x"
    del desk.book["电话"]
    told = "\n".join(desk.told())
    for words in ("批注没有带过来", "公式不算数", "上面没有栏目名", "合并的格子", "不认识“我的笔记”这一页",
                  "不认识“我的栏”这一栏", "“电话”：少了这一页"):  # fmt: skip
        assert words in told


def test_columns_and_rows_may_be_moved_about() -> None:
    desk = Desk()
    page = desk.book["费用"]
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    page.delete_rows(1, page.max_row)
    for row in rows:
        page.append(list(reversed(row)))
    read = desk.read()
    assert read.troubles == ()
    assert read.guide == NEWBORN.guide


def test_a_document_tells_what_it_cannot_carry() -> None:
    content = BOOKS["docx"].write("新生儿", laid_out(NEWBORN))
    opened = docx.Document(io.BytesIO(content))
    opened.add_paragraph("写在表格外面的一句话")
    heading = next(part for part in opened.paragraphs if part.text.startswith("第2条"))
    heading.runs[0].text = "第2条 · 改了小标题"
    card = next(table for table in opened.tables if table.cell(0, 0).text == "栏目" and len(table.rows) > 3)
    card.cell(2, 1).text = ""
    card.cell(2, 1).paragraphs[0]._p.append(docx.oxml.parse_xml(
        '<w:ins xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:r><w:t>新词</w:t></w:r></w:ins>'
    ))  # fmt: skip
    out = io.BytesIO()
    opened.save(out)
    told = "\n".join(str(one) for one in back(BOOKS["docx"], out.getvalue()).troubles)
    assert "写在表格外面的一句话" in told
    assert "没接受的修订" in told
    assert "小标题“改了小标题”和表里的内容对不上" in told
