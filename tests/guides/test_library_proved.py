"""The guides that ship: proved over all situations, and never overturned by knowing more."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from guides.cells import Measure, shift
from guides.checklist import Checklist
from guides.compiled import compiled
from guides.condition import Duration
from guides.library import load_library
from guides.model import FactKind, Guide, Question, Status
from guides.proof import prove
from guides.rules import checklist, contradictions
from guides.situation import FactValue, Situation

LIBRARY = load_library()
ON = date(2026, 11, 22)
by_guide = pytest.mark.parametrize("guide", LIBRARY.guides, ids=lambda guide: f"{guide.slug}@{guide.region}")


@by_guide
@pytest.mark.parametrize("on", [ON, date(2027, 6, 30)])
def test_every_situation_is_decided_once(guide: Guide, on: date) -> None:
    proof = prove(guide, on)
    assert proof.problems == ()
    assert proof.situations == sum(count for _, count in proof.by_route)


def values(question: Question) -> st.SearchStrategy[FactValue]:
    match question.kind:
        case FactKind.YES_NO:
            return st.booleans()
        case FactKind.ONE_OF:
            return st.sampled_from([option.value for option in question.options])
        case FactKind.NUMBER:
            return st.integers(0, 400).map(float)
        case FactKind.DATE:
            return st.integers(-60, 400).map(lambda days: shift(ON, Duration(days=-days)))
        case FactKind.MONTH:
            return st.builds(date, st.integers(1955, 1990), st.integers(1, 12), st.just(1))


def facts(guide: Guide) -> st.SearchStrategy[dict[str, FactValue]]:
    return st.fixed_dictionaries({question.fact: values(question) for question in guide.questions})


def possible_facts(guide: Guide, data: st.DataObject) -> dict[str, FactValue]:
    drawn = data.draw(facts(guide))
    assume(not contradictions(guide, Situation.of(**drawn), on=ON))
    return drawn


def the_list(guide: Guide, known: dict[str, FactValue]) -> Checklist:
    return checklist(guide, Situation.of(**known), on=ON, sources=LIBRARY.sources)


@by_guide
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_knowing_more_never_overturns_a_line(guide: Guide, data: st.DataObject) -> None:
    full = possible_facts(guide, data)
    hidden = data.draw(st.sets(st.sampled_from(sorted(full))))
    whole = the_list(guide, full)
    defaulted = {q.fact for q in guide.questions if q.default is not None}
    part = the_list(guide, {name: value for name, value in full.items() if name not in hidden - defaulted})
    for before, after in zip(part.items, whole.items, strict=True):
        if before.status is not Status.UNDECIDED:
            assert before.status is after.status, before.requirement
        else:
            assert after.status in before.may_be, before.requirement
    assert whole.route.id in part.route.candidates


@by_guide
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_a_full_situation_leaves_nothing_open_and_every_line_has_its_clause(guide: Guide, data: st.DataObject) -> None:
    made = the_list(guide, possible_facts(guide, data))
    assert made.decided
    assert made.route.id
    for item in made.items:
        assert item.status is not Status.UNDECIDED, item.requirement
        assert item.citations, item.requirement
        assert item.reason.strip("。"), item.requirement


def test_measures_in_use_are_all_exercised() -> None:
    used = {variable.measure for guide in LIBRARY.guides for variable in compiled(guide, ON).variables}
    assert {Measure.CHOICE, Measure.AGE} <= used
