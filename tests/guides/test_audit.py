"""Every look at a guide: each planted kind of mistake is found in real guides, and what is right stays quiet."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import cast

import pytest

from guides.audit import Yardstick, audit, epochs
from guides.held import HeldInvalid, held_problems, read_held, read_one
from guides.held_laws import as_cited, cited_laws, law_problems, read_laws
from guides.library import Entry, load_library
from guides.model import Example, Guide
from guides.planted import KINDS, Found, try_all
from guides.walks import overturned
from prereview.model import Check
from tests.guides.small import ON, SOURCES, Tree, part, rule, small, tree

LIBRARY = load_library()
CHECKS = frozenset({"manual", *(check.value for check in Check)})


@pytest.fixture(scope="module")
def planted() -> dict[str, Found]:
    guides = ("newborn@430100", "newborn@431022")
    return {one.kind: one for one in try_all(LIBRARY, guides, ON, Yardstick(checks=CHECKS))}


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
def test_a_planted_mistake_is_found_with_a_sentence(planted: dict[str, Found], kind: str) -> None:
    assert planted[kind].sentence, planted[kind]


def test_there_are_many_kinds_of_planted_mistakes() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS) >= 15


@pytest.mark.parametrize("name", ["newborn@430100", "newborn@431022"])
def test_the_unharmed_guide_is_clean(name: str, shared_data: Path) -> None:
    entry = next(e for e in LIBRARY.entries if f"{e.guide.slug}@{e.guide.region}" == name)
    held = read_held(shared_data / "official_guides")
    yardstick = Yardstick(checks=CHECKS, held=held, walks=1)
    assert audit(entry, ON, LIBRARY.sources, yardstick).problems == ()


def an_entry(guide: Guide, *examples: Example) -> Entry:
    return Entry(guide, examples, (), Path())


def test_a_gap_that_opens_on_a_later_day_is_told_with_that_day() -> None:
    raw: Tree = tree()
    rule(raw, 1, 0)["valid_to"] = date(2027, 5, 31)
    guide = Guide.model_validate(raw)
    assert date(2027, 6, 1) in epochs(guide)
    problems = audit(an_entry(guide), ON, SOURCES, Yardstick()).problems
    assert [problem[:26] for problem in problems if "没有规则" in problem] == [
        "从2027年6月1日起：材料“结婚证”：没有规则管到"
    ]


def test_a_gap_before_the_guide_itself_holds_is_no_problem() -> None:
    raw: Tree = tree()
    rule(raw, 1, 0)["valid_from"] = date(2024, 1, 1)
    guide = Guide.model_validate(raw)
    assert epochs(guide) == (guide.valid_from,)
    assert audit(an_entry(guide), ON, SOURCES, Yardstick()).problems == ()


def test_walks_find_nothing_where_knowing_more_only_adds() -> None:
    assert list(overturned(small(), ON, SOURCES, walks=10)) == []


def test_a_telephone_a_day_and_an_agency_that_the_official_guide_does_not_have_are_found(shared_data: Path) -> None:
    held = read_held(shared_data / "official_guides")
    guide = LIBRARY.find("newborn", "430100")
    assert guide is not None
    assert list(held_problems(guide, LIBRARY.sources, held)) == []
    raw = cast("Tree", guide.model_dump(mode="json", by_alias=True))
    part(raw, "phones", 0)["number"] = "0731-00000000"
    part(raw, "limits", 0)["days"] = 6
    cast("Tree", part(raw, "services", 2)["limit"])["days"] = 11
    raw["lead_agency"] = "别的部门"
    found = "\n".join(held_problems(Guide.model_validate(raw), LIBRARY.sources, held))
    for words in ("0731-00000000", "时限写 6，", "时限写 11，", "牵头部门写“别的部门”"):
        assert words in found


def test_every_article_cited_in_the_library_stands_in_its_law(shared_data: Path) -> None:
    laws = read_laws(shared_data / "laws" / "laws.jsonl.xz", cited_laws(LIBRARY.sources))
    found = [problem for guide in LIBRARY.guides for problem in law_problems(guide, LIBRARY.sources, laws)]
    assert found == []
    assert sum(len(as_cited(guide, LIBRARY.sources)) for guide in LIBRARY.guides) > 50


def test_a_file_that_is_no_law_is_refused(tmp_path: Path) -> None:
    (tmp_path / "laws.jsonl").write_text('{"title": 1}\n', encoding="utf-8")
    with pytest.raises(HeldInvalid, match=r"laws\.jsonl"):
        read_laws(tmp_path / "laws.jsonl", ())


def test_a_file_that_is_no_official_guide_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("[]", encoding="utf-8")
    with pytest.raises(HeldInvalid, match=r"x\.json"):
        read_one(tmp_path / "x.json")
