"""A portal's guide: every value is accounted for, and every citation form opens at its entry."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.adapters.cutting import cut_long
from ingestion.adapters.portal_json import PortalJson
from ingestion.pipeline import import_portal_guide, open_citation
from ingestion.portal import leaves, read_portal
from ingestion.ports import DocumentInvalid, SourceUnavailable, Where
from ingestion.steps.locate import find_clause

RULES = {"id", "timestamp", "display_code", "duplicate"}
LEAVES = {
    "newborn": 681,
    "retirement": 660,
    "newborn_county": 741,
    "restaurant": 409,
    "deregistration": 439,
    "credit_repair": 297,
}


@pytest.fixture(scope="module", params=sorted(LEAVES))
def guide(request, shared_data: Path) -> tuple[str, str]:
    return request.param, (shared_data / "official_guides" / f"{request.param}.json").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def newborn(shared_data: Path) -> str:
    return (shared_data / "official_guides" / "newborn.json").read_text(encoding="utf-8")


def bring(content: str, archive, library, **more):
    return import_portal_guide(content.encode(), "guide.json", PortalJson(), archive, library, cut_long, **more)


def test_every_value_is_used_ignored_by_a_rule_or_named_as_unplaced(guide, archive, library) -> None:
    name, text = guide
    account = bring(text, archive, library)
    assert account.leaves == LEAVES[name]
    assert account.used + len(account.ignored) + len(account.unplaced) == account.leaves
    assert account.unplaced == ()
    assert {leaf.rule for leaf in account.ignored} <= RULES


def test_the_account_names_each_leaf_of_the_file_once(guide) -> None:
    _, text = guide
    reading = read_portal(text)
    named = [*reading.used, *(leaf.path for leaf in reading.ignored), *reading.unplaced]
    assert sorted(named) == sorted(leaves(json.loads(text)))


def test_nothing_that_was_ignored_says_anything_to_a_person(guide) -> None:
    """What is left out by a rule is a number, a code without a space, an address in a store, or said elsewhere."""
    _, text = guide
    whole = json.loads(text)
    reading = read_portal(text)
    shown = "".join("".join(block.text for block in reading.blocks).split())
    for leaf in reading.ignored:
        value = whole
        for part in leaf.path.split("/"):
            value = value[int(part)] if isinstance(value, list) else value[part]
        chinese = any("一" <= char <= "鿿" for char in str(value))
        if chinese and not leaf.path.endswith("fjlj") and leaf.path != "msg":
            assert "".join(str(value).split()) in shown, leaf


def test_every_entry_opens_at_its_own_locator(guide) -> None:
    _, text = guide
    for block in read_portal(text).blocks:
        assert find_clause(text, block.locator) == block.text


@pytest.mark.parametrize(
    ("locator", "holds"),
    [
        ("materialList/中华人民共和国结婚证", "新生儿父母的结婚证"),
        ("materialList/新生儿民族成份申请/tbxz", "父母双方是不同民族时提供。"),
        ("guideCondition/1", "六个月内"),
        ("guideCondition/4", "父母双方是同一民族"),
        ("questionInfo/《出生医学证明》是否可以邮寄？", "费用需自理"),
        ("approveList/预防接种证办理", "承诺时限（原文未注单位）：1"),
        ("guidePoint/长沙市各分娩机构", "全市各分娩机构"),
        ("basicInfo/zxdh", "0731-88665266"),
        ("basicInfo", "长沙市卫生健康委员会"),
        ("onethingCatalogStandServiceGuide/bllctsm", "母亲在线签名"),
        ("sxmc", "新生儿出生一件事"),
    ],
)
def test_the_forms_a_citation_takes_open(newborn: str, locator: str, holds: str) -> None:
    assert holds in (find_clause(newborn, locator) or "")


@pytest.mark.parametrize(
    "locator",
    ["materialList/没有的材料", "guideCondition/0", "guideCondition/5", "basicInfo/x", "x", "basicInfo/zxdh/1"],
)
def test_a_place_that_is_not_there_does_not_open(newborn: str, locator: str) -> None:
    assert find_clause(newborn, locator) is None


def test_codes_without_a_meaning_are_no_words(newborn: str) -> None:
    words = find_clause(newborn, "materialList/新生儿民族成份申请") or ""
    assert "DB0E0DC7128D4AA082852101E46DA86E" not in words
    assert "1721981701000" not in words


def test_its_passages_hold_only_in_its_own_area(newborn: str, shared_data: Path, archive, library) -> None:
    bring(newborn, archive, library)
    bring((shared_data / "official_guides" / "newborn_county.json").read_text(encoding="utf-8"), archive, library)
    found = library.search("新生儿出生一件事咨询电话", Where(("430100", "43", "")), 50)
    assert {hit.passage.region for hit in found} == {"430100"}
    assert {hit.passage.source for hit in found} == {"portal:43PCN0009225J0100"}


def test_a_citation_opens_in_the_archive(newborn: str, archive, library) -> None:
    bring(newborn, archive, library)
    opened = open_citation(library, archive, kind="portal_json", key="43PCN0009225J0100", locator="guideCondition/2")
    assert opened is not None
    assert "非集体户口" in opened.words
    assert archive.get(opened.digest).decode() == newborn
    assert open_citation(library, archive, kind="portal_json", key="43PCN0009225J9999", locator="sxmc") is None


def test_a_dry_run_only_accounts(newborn: str, archive, library) -> None:
    account = bring(newborn, archive, library, dry_run=True)
    assert account.used > 200
    assert library.held() == ()
    with pytest.raises(SourceUnavailable):
        archive.get(PortalJson().read_guide(newborn.encode(), "a.json")[0].digest)


def test_a_key_nobody_knows_is_named_as_unplaced(newborn: str, archive, library) -> None:
    whole = json.loads(newborn)
    whole["data"]["materialList"][0]["newKey"] = "新的说明"
    whole["data"]["newSection"] = {"a": ["b", "", None, {"c": 0}]}
    account = bring(json.dumps(whole), archive, library, dry_run=True)
    assert set(account.unplaced) == {"data/materialList/0/newKey", "data/newSection/a/0", "data/newSection/a/3/c"}
    assert account.used + len(account.ignored) + len(account.unplaced) == account.leaves == LEAVES["newborn"] + 3


def test_a_repeated_field_that_differs_is_shown_not_dropped(newborn: str) -> None:
    whole = json.loads(newborn)
    whole["data"]["questionInfo"][0]["da"] = "另一种回答"
    words = find_clause(json.dumps(whole), "questionInfo/《出生医学证明》是否可以邮寄？") or ""
    assert "另一种回答" in words
    assert "费用需自理" in words


PLAIN = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=10)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)),
    max_leaves=20,
)
SECTIONS = st.sampled_from(
    ["materialList", "basicInfo", "questionInfo", "guidePoint", "chargelist", "attachInfo", "other"]
)


@given(st.dictionaries(SECTIONS, PLAIN, max_size=5), st.dictionaries(st.sampled_from(["msg", "extra"]), PLAIN))
def test_any_json_with_a_title_is_accounted_for_leaf_by_leaf(data, around) -> None:
    text = json.dumps({**around, "data": {**data, "sxmc": "某事"}})
    reading = read_portal(text)
    named = [*reading.used, *(leaf.path for leaf in reading.ignored), *reading.unplaced]
    assert sorted(named) == sorted(leaves(json.loads(text)))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"data": 1}', '{"data": {"sxmc": 5}}', "{" * 9000])
def test_what_is_no_guide_is_refused(text: str) -> None:
    with pytest.raises(DocumentInvalid, match="not_a_guide"):
        read_portal(text)
