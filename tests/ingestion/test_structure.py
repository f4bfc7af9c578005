"""Laws and notices are cut at their own structure, nothing is lost, and every place can be opened again."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.adapters.cutting import CUT_CHARACTERS, cut_long
from ingestion.model import Block, Box, Document, LineOrigin, Page, TextLine
from ingestion.steps.clauses import parse_law
from ingestion.steps.locate import find_clause, find_in_document, names_law
from ingestion.steps.numerals import to_number, to_words
from ingestion.steps.split import PASSAGE_CHARACTERS, About, split, split_law

LAW = """# 甲条例

（二〇二〇年一月一日公布）

## 第一章 总则

第一条 为了办事，制定本条例。

第二条 下列材料应当提交：

（一）身份证；

（二）户口簿。

材料应当真实。

第二条之一 新增的一条。

## 第二章 附则

第三条 第一条规定的事项，按照国家规定。

本条例自2021年1月1日起施行。
"""

NOTICE = """关于某事的通知
一、总体要求
做好工作。
（一）原则
便民。
（二）目标
1.半年完成
2.一年见效
二、工作任务
（一）减材料
三、附则
"""

WORDS = st.text(
    st.characters(whitelist_categories=("Lo", "Nd", "Po", "Lu"), blacklist_characters="第#（("), min_size=1, max_size=60
)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


# --- numerals --------------------------------------------------------------------------------------------------------


@given(st.integers(1, 9999))
def test_every_article_number_can_be_written_and_read_back(number: int) -> None:
    assert to_number(to_words(number)) == number
    assert to_number(str(number)) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("十", 10),
        ("十四", 14),
        ("二十", 20),
        ("一百零五", 105),
        ("一百一十", 110),
        ("一千二百六十", 1260),
        ("二〇", 20),
        ("两", 2),
    ],
)
def test_numbers_are_read_as_laws_write_them(words: str, number: int) -> None:
    assert to_number(words) == number


@pytest.mark.parametrize("words", ["", "甲", "一条", "１２"])
def test_what_is_no_number_is_none(words: str) -> None:
    assert to_number(words) is None


# --- opening a place -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("locator", "expected"),
    [
        ("第一条", "第一条 为了办事，制定本条例。"),
        ("第1条", "第一条 为了办事，制定本条例。"),
        ("第二条", "第二条 下列材料应当提交：\n（一）身份证；\n（二）户口簿。\n材料应当真实。"),
        ("第二条第一款", "第二条 下列材料应当提交：\n（一）身份证；\n（二）户口簿。"),
        ("第二条第二款", "材料应当真实。"),
        ("第二条第（二）项", "（二）户口簿。"),
        ("第二条第二项", "（二）户口簿。"),
        ("第二条（二）", "（二）户口簿。"),
        ("第二条第一款第（一）项", "（一）身份证；"),
        ("第二条之一", "第二条之一 新增的一条。"),
        ("第三条", "第三条 第一条规定的事项，按照国家规定。\n本条例自2021年1月1日起施行。"),
        ("第一条、第二条之一", "第一条 为了办事，制定本条例。\n第二条之一 新增的一条。"),
        ("第二章", "## 第二章 附则\n第三条 第一条规定的事项，按照国家规定。\n本条例自2021年1月1日起施行。"),
        ("段落1", "（二〇二〇年一月一日公布）"),
        ("第四条", None),
        ("第二条第三款", None),
        ("第二条第（三）项", None),
        ("第二条之二", None),
        ("第一条、第九条", None),
        ("第三章", None),
        ("附件", None),
        ("随便写的", None),
    ],
)
def test_a_law_opens_at_the_clause_a_citation_names(locator: str, expected: str | None) -> None:
    assert find_clause(LAW, locator) == expected


def test_a_range_of_articles_opens_with_what_was_inserted_between() -> None:
    words = find_clause(LAW, "第一条至第三条")
    assert words is not None
    assert "第二条之一" in words
    assert find_clause(LAW, "第三条至第九条") is None


@pytest.mark.parametrize(
    ("locator", "expected"),
    [
        ("三", "三、附则"),
        ("二、", "二、工作任务\n（一）减材料"),
        ("二、（一）", "（一）减材料"),
        ("一（二）", "（二）目标\n1.半年完成\n2.一年见效"),
        ("一、（二）2.", "2.一年见效"),
        ("（二）", "（二）目标\n1.半年完成\n2.一年见效"),
        ("四", None),
        ("二、（二）", None),
    ],
)
def test_a_notice_opens_at_its_numbered_points(locator: str, expected: str | None) -> None:
    assert find_clause(NOTICE, locator) == expected


def test_a_line_that_only_mentions_an_article_does_not_begin_one() -> None:
    text = "第一条 甲\n第二条 乙\n第一条、第二条规定的情形除外。\n第五条的规定不适用。\n第三条丙"
    assert [article.number for article in parse_law(text).articles] == [1, 2, 3]


def test_a_part_of_the_civil_code_is_the_civil_code() -> None:
    assert names_law("《中华人民共和国民法典》", "中华人民共和国民法典 婚姻家庭编")
    assert names_law("户口登记条例", "中华人民共和国户口登记条例")
    assert not names_law("民法", "中华人民共和国民法典 总则")
    assert not names_law("中华人民共和国社会保险法", "中华人民共和国社会保险法实施细则")


# --- splitting -------------------------------------------------------------------------------------------------------


@st.composite
def laws(draw) -> str:
    lines = ["# " + draw(WORDS)]
    for number in range(1, draw(st.integers(4, 13))):
        if draw(st.booleans()) and draw(st.booleans()):
            lines.append(f"## 第{to_words(draw(st.integers(1, 9)))}章 {draw(WORDS)}")
        lines.append(f"第{to_words(number)}条 {draw(WORDS)}")
        lines.extend(draw(st.lists(st.one_of(WORDS, WORDS.map(lambda words: f"（三）{words}")), max_size=3)))
    return "\n\n".join(lines)


@given(laws())
def test_every_article_of_any_law_can_be_opened_and_holds_its_passages(text: str) -> None:
    law = parse_law(text)
    passages = split_law(text, About("law:x", "某法"), cut_long)
    for article in law.articles:
        assert find_clause(text, article.locator) == article.text
    for passage in passages:
        if passage.locator != "序言":
            assert squeezed(passage.text) in squeezed(find_clause(text, passage.locator) or "")


@given(laws())
def test_no_word_of_a_law_is_lost(text: str) -> None:
    passages = split_law(text, About("law:x", "某法"), cut_long)
    kept = squeezed("".join(passage.text for passage in passages))
    for line in text.splitlines()[1:]:
        if not line.startswith("#"):
            assert squeezed(line) in kept
    assert len({passage.id for passage in passages}) == len(passages)
    assert all(passage.title == "某法" for passage in passages)


@given(st.text(max_size=3000))
def test_cutting_loses_nothing_and_keeps_the_size(text: str) -> None:
    pieces = cut_long(text)
    assert "".join(pieces) == text
    assert all(len(piece) <= CUT_CHARACTERS for piece in pieces)


@given(st.lists(st.tuples(st.sampled_from(["", "甲", "乙"]), WORDS), max_size=40))
def test_paragraphs_are_joined_under_their_heading_and_none_is_lost(paragraphs: list[tuple[str, str]]) -> None:
    blocks = tuple(Block(f"段落{n}", words, heading) for n, (heading, words) in enumerate(paragraphs, 1))
    document = Document("0" * 64, "text/plain", "a.txt", (), "标题", blocks=blocks)
    passages = split(document, About("file:a", "标题"), cut_long)
    assert squeezed("".join(p.text for p in passages)) == squeezed("".join(words for _, words in paragraphs))
    assert all(len(passage.text) <= 2 * PASSAGE_CHARACTERS for passage in passages)


def test_a_table_is_kept_row_by_row() -> None:
    cells = [Block(f"表1/行{row}/列{column}", f"{row}{column}") for row in (1, 2) for column in (1, 2)]
    document = Document("0" * 64, "x", "a.docx", (), blocks=tuple(cells))
    passages = split(document, About("file:a", "表"), cut_long)
    assert [(passage.locator, passage.text) for passage in passages] == [("表1/行1", "11 | 12"), ("表1/行2", "21 | 22")]


def test_pages_give_passages_with_page_and_box() -> None:
    lines = tuple(
        TextLine("字" * 100, Box(0.1, n / 10, 0.9, n / 10 + 0.05), 1.0, LineOrigin.TEXT_LAYER) for n in range(8)
    )
    document = Document("0" * 64, "application/pdf", "a.pdf", (Page(1, 100, 100, lines),))
    first, second = split(document, About("file:a", "标题"), cut_long)
    assert (first.locator, first.page) == ("第1页", 1)
    assert first.box == Box(0.1, 0.0, 0.9, lines[3].box.y1)
    assert second.box == Box(0.1, lines[4].box.y0, 0.9, lines[7].box.y1)
    assert find_in_document(document, "第1页") == "\n".join(line.text for line in lines)


def test_the_same_words_at_the_same_place_keep_their_id() -> None:
    about = About("law:x", "某法")
    before = {passage.locator: passage.id for passage in split_law(LAW, about, cut_long)}
    after = {passage.locator: passage.id for passage in split_law(LAW.replace("户口簿", "户口本"), about, cut_long)}
    assert {locator for locator in before if before[locator] != after[locator]} == {"第二条"}
