"""A guide to begin from is whole and says what is missing; usual mistakes are told with line and remedy."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from guides.audit import Yardstick, audit
from guides.library import ROOT, LibraryInvalid, load_library
from guides.skeleton import skeleton

ON = date(2026, 11, 22)
GUIDE = "library/430100/first-shop/guide.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a library that holds nothing but a new guide."""
    (tmp_path / "library").mkdir()
    shutil.copy(ROOT / "library" / "regions.yaml", tmp_path / "library")
    for path, text in skeleton("first-shop", "开第一家店一件事", "430100", "长沙市").items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_new_guide_is_whole_and_proved_and_makes_no_list_yet(root: Path) -> None:
    library = load_library(root)
    (entry,) = library.entries
    found = audit(entry, ON, library.sources, Yardstick(checks={"manual"}))
    assert found.proof.problems == ()
    assert found.proof.situations == 2
    assert entry.guide.valid_from > date(2090, 1, 1)


def test_the_check_says_in_plain_sentences_what_is_missing(root: Path) -> None:
    library = load_library(root)
    told = audit(library.entries[0], ON, library.sources, Yardstick()).problems
    text = "\n".join(told)
    for words in (
        "guide.yaml 的“牵头部门”还没写",
        "examples.yaml 的“一句话”还没写",
        "notes.yaml 的“说明”还没写",
        "sources 的“文件名称”还没写",
        "还没有“费用”",
        "情形例子只有 1 个，至少要 12 个",
        "版本还是 0",
    ):
        assert words in text
    assert all(re.search("[一-龥]", one) for one in told)


def test_a_finished_guide_is_not_asked_for_more() -> None:
    library = load_library()
    entry = next(one for one in library.entries if one.guide.slug == "social-security-card")
    assert not [one for one in audit(entry, ON, library.sources, Yardstick(walks=1)).problems if "还没写" in one]


def swapped(file: Path, old: str, new: str) -> str:
    """Write something else where `old` stands first; give the new text."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    changed = text.replace(old, new, 1)
    file.write_text(changed, encoding="utf-8")
    return changed


Mistake = tuple[str, str, str, str, str]
"""What is written, what somebody writes instead, a text on the line told, words of the cause, words of the remedy."""

MISTAKES: dict[str, Mistake] = {
    "wrong indent": ("    why: 待写：为什么问", "   why: 待写：为什么问", "why:", "缩进", "左边对齐"),
    "a tab": ("    why: 待写：为什么问", "\twhy: 待写", "\twhy:", "制表符", "空格"),
    "an unknown key": ("    why: 待写：为什么问", "    whi: 待写", "whi:", "不认识的键“whi”", "拼写"),
    "a missing why": ("    why: 待写：为什么问\n", "", "- fact: eligible", "缺少“why”", "补上 why"),
    "an unknown fact": (
        "{fact: eligible, is: true}",
        "{fact: eligable, is: true}",
        "eligable",
        "“eligable”没有定义",
        "拼写",
    ),
    "a source nobody registered": (
        "citation: {source: first_shop_basis",
        "citation: {source: shop_law",
        "shop_law",
        "没有登记的依据“shop_law”",
        "登记",
    ),
    "an id twice": ("  - id: single\n", "  - id: joint\n", "", "“joint”写了两次", "换一个 id"),
    "a bad date": (
        "valid_from: 2099-01-01",
        "valid_from: 2099-02-30",
        "2099-02-30",
        "没有“2099-02-30”这一天",
        "2026-11-22",
    ),
    "a date in words": ("valid_from: 2099-01-01", "valid_from: 明年", "明年", "不是日期", "2026-11-22"),
    "an unquoted yes": ("title: 联办", "title: yes", "title: yes", "不加引号就成了是和否", "引号"),
    "an unquoted number": ('version: "0"', "version: 0", "version:", "要写文字", "加引号"),
    "an unknown region": ('region: "430100"', 'region: "439999"', "", "地区 439999 没有登记", "regions.yaml"),
    "a status that is none": ("status: required", "status: needed", "status: needed", "不能写“needed”", "required"),
    "no handling": (
        "        handling: inspect",
        "        # handling: inspect",
        "- when: {route: joint}",
        "必须写 handling",
        "照提示",
    ),
    "an option that does not exist": (
        "{fact: eligible, is: true}",
        "{fact: eligible, is: maybe}",
        "is: maybe",
        "没有选项“maybe”",
        "可以写",
    ),
    "a route that does not exist": ("{route: single}", "{route: alone}", "alone", "没有名叫“alone”的路线", "routes"),
    "a text where a list belongs": ("aliases: [开第一家店一件事]", "aliases: 开店", "aliases:", "要写列表", "[甲, 乙]"),
    "a key twice": (
        "    kind: yes_no",
        "    kind: yes_no\n    kind: date",
        "    kind: date",
        "“kind”写了两次",
        "只留一处",
    ),
    "an open bracket": ("services: [main]", "services: [main", "", "没有配对", "补上"),
    "a condition of no kind": ("{route: joint}", "{rout: joint}", "{rout: joint}", "看不懂这个条件", "README"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_with_file_line_cause_and_remedy(root: Path, name: str) -> None:
    old, new, at, cause, remedy = MISTAKES[name]
    file = root / GUIDE
    text = swapped(file, old, new)
    with pytest.raises(LibraryInvalid) as told:
        load_library(root)
    fits = next((one for one in told.value.problems if cause in one.cause and remedy in one.remedy), None)
    assert fits is not None, told.value.problems
    assert fits.file == file
    assert not re.search("Input should|String should|mapping|expected", str(fits)), "English of a machine"
    if at:
        line = text[: text.index(at)].count("\n") + 1
        assert abs(fits.line - line) <= 1, (fits.line, line)


def test_a_check_that_does_not_exist_is_told(root: Path) -> None:
    file = root / GUIDE
    cited = "{source: first_shop_basis, locator: 一}"
    swapped(file, "    rules:", f"    corrections: [{{text: 看不清, check: legibel, citation: {cited}}}]\n    rules:")
    library = load_library(root)
    told = audit(library.entries[0], ON, library.sources, Yardstick(checks={"manual", "legible"})).problems
    assert any("“legibel”不存在" in one for one in told)
