"""Cards: everything a card names is read from it, and found, noted or missed as it should be."""

from __future__ import annotations

from pathlib import Path

import pytest

from guides.cards import Kind, Named, coverage, kinds_of, pairs, read_card
from guides.library import load_library
from guides.model import Guide, Note
from tests.guides.small import small

LIBRARY = load_library()
WHOLE = [entry.guide.slug for entry in LIBRARY.entries if not entry.base]
CARD = """# 样例（slug: small）
## 来源
- A 某处：不算
## 联办事项（长沙；工作日）
登记（5）；邮政寄递 3。总 10；免费。
## 情形
| 问题 | 选项 |
|---|---|
| 在哪出生？ | 医院 / 在家 |
| 是否养了宠物 | 是 / 否 |
## 材料
| 材料 | 何时 |
|---|---|
| 申请表、结婚证 | 都要 |
| 宇航员执照 | 从不 |
## 常见补正
1. 结婚证上的名字不对；2. 飞船没有年检。
## 群众常问
“孩子哪天出生算数”“火星户口怎么上”
"""


def card(tmp_path: Path, text: str = CARD) -> Path:
    file = tmp_path / "small.md"
    file.write_text(text, encoding="utf-8")
    return file


def test_everything_a_card_names_is_read_from_it() -> None:
    assert read_card(CARD) == (
        Named(Kind.SERVICE, "邮政寄递"),
        Named(Kind.QUESTION, "在哪出生？"),
        Named(Kind.QUESTION, "养了宠物"),
        Named(Kind.MATERIAL, "申请表"),
        Named(Kind.MATERIAL, "结婚证"),
        Named(Kind.MATERIAL, "宇航员执照"),
        Named(Kind.CORRECTION, "结婚证上的名字不对"),
        Named(Kind.CORRECTION, "飞船没有年检"),
        Named(Kind.ASK, "孩子哪天出生算数"),
        Named(Kind.ASK, "火星户口怎么上"),
    )


@pytest.mark.parametrize(
    ("head", "kinds"),
    [
        ("联办事项（长沙 14 项）", (Kind.SERVICE,)),
        ("适用条件（决策因素）", (Kind.QUESTION,)),
        ("情形与材料", (Kind.QUESTION, Kind.MATERIAL)),
        ("情形与补正", (Kind.QUESTION, Kind.CORRECTION)),
        ("湖南联办与材料", (Kind.SERVICE,)),
        ("群众/HR 问", (Kind.ASK,)),
        ("情形问题", (Kind.QUESTION,)),
        ("来源", ()),
        ("依据", ()),
    ],
)
def test_a_section_is_known_by_its_heading(head: str, kinds: tuple[Kind, ...]) -> None:
    assert kinds_of(head) == kinds


def a_guide() -> Guide:
    return small()


def test_what_is_neither_in_the_guide_nor_noted_is_missing(tmp_path: Path) -> None:
    notes = [Note(about="card/材料", text="宇航员执照：地面上的事用不到，不写。")]
    found = coverage(card(tmp_path), a_guide(), notes)
    wanted = {"邮政寄递", "养了宠物", "结婚证上的名字不对", "飞船没有年检", "火星户口怎么上"}
    assert {named.text for named in found.missing} == wanted
    assert [named.text for named in found.noted] == ["宇航员执照"]
    assert Named(Kind.MATERIAL, "结婚证") in found.found


def test_pairs_leave_out_blanks_and_signs() -> None:
    assert pairs("户口 簿（A4）") == {"户口", "口簿", "簿a", "a4"}


@pytest.mark.parametrize("slug", WHOLE)
def test_everything_on_a_card_is_in_the_guide_or_noted(slug: str) -> None:
    file = Path(__file__).parents[3] / "shared" / "domain" / "guides" / f"{slug}.md"
    if not file.is_file():
        pytest.fail("../shared/domain/guides is missing: lay the domain folder beside the project", pytrace=False)
    entry = LIBRARY.entry(slug, "430100")
    assert entry is not None
    assert [f"{named.kind.value} {named.text}" for named in coverage(file, entry.guide, entry.notes).missing] == []
