"""What would change, and why: both said with the rule and the clause."""

from __future__ import annotations

import pytest

from guides.compare import explain, what_if
from guides.rules import Verdict
from guides.situation import Fact, Situation
from tests.guides.small import ON, SOURCES, small

GUIDE = small()
FULL = Situation.of(born=ON, place="clinic", married=True, children=1.0, channel="window")


def test_what_if_names_exactly_the_lines_that_change() -> None:
    changed = what_if(GUIDE, FULL, {"children": Fact(2.0)}, on=ON, sources=SOURCES)
    assert [line.requirement for line in changed.lines] == ["list"]
    assert not changed.route_changed


def test_what_if_nothing_changes_says_so() -> None:
    assert what_if(GUIDE, FULL, {"children": Fact(1.0)}, on=ON, sources=SOURCES).lines == ()


def test_an_explanation_begins_with_the_rule_that_holds() -> None:
    explained = explain(GUIDE, FULL, "list", on=ON)
    first = explained.reasons[0]
    assert first.verdict is Verdict.YES
    assert first.condition == "走“分开办”，或者几个孩子不满2个"
    assert first.parts == (("走“分开办”", Verdict.NO), ("几个孩子不满2个", Verdict.YES))
    assert first.rule.citation.locator == "第七条"


def test_an_explanation_says_what_is_still_unknown() -> None:
    explained = explain(GUIDE, Situation.of(place="clinic"), "certificate", on=ON)
    assert {reason.verdict for reason in explained.reasons} == {Verdict.UNKNOWN}


def test_an_unknown_line_cannot_be_explained() -> None:
    with pytest.raises(KeyError):
        explain(GUIDE, FULL, "nothing", on=ON)
