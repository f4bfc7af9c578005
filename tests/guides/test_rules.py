"""The engine against brute force: what it calls certain holds in every completion, what it calls open does not."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guides.checklist import Block, Checklist
from guides.model import Status
from guides.rules import FactInvalid, Verdict, checklist, evaluate, next_question, read_facts
from guides.situation import UNSURE, DateRange, FactValue, Situation
from tests.guides.small import ON, SOURCES, small

GUIDE = small()
VALUES: dict[str, tuple[FactValue, ...]] = {
    "born": (ON - timedelta(days=7), ON - timedelta(days=400)),
    "place": ("home", "clinic"),
    "married": (True, False),
    "permit": (True, False),
    "children": (1.0, 2.0),
    "channel": ("online", "window"),
}


def the_list(situation: Situation) -> Checklist:
    return checklist(GUIDE, situation, on=ON, sources=SOURCES)


def outcome(result: Checklist) -> tuple[object, ...]:
    return (
        result.route.id,
        tuple((i.requirement, i.status) for i in result.items),
        tuple(p.id for p in result.presence),
    )


def completions(known: dict[str, FactValue]) -> list[Situation]:
    """Give every possible full situation that agrees with what is known."""
    free = [name for name in VALUES if name not in known]
    whole = [
        {**known, **dict(zip(free, combination, strict=True))}
        for combination in itertools.product(*(VALUES[name] for name in free))
    ]
    return [Situation.of(**facts) for facts in whole if not (facts["place"] == "home" and facts["channel"] == "online")]


some_facts = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in VALUES.items()})


@given(some_facts)
@settings(max_examples=150, deadline=None)
def test_certain_lines_hold_in_every_completion_and_open_lines_differ_in_some(known: dict[str, FactValue]) -> None:
    known.setdefault("channel", "window")  # a default would otherwise count as known
    full = completions(known)
    if not full:
        return
    result = the_list(Situation.of(**known))
    all_lists = [the_list(situation) for situation in full]
    for position, item in enumerate(result.items):
        statuses = {one.items[position].status for one in all_lists}
        if item.status is Status.UNDECIDED:
            assert statuses == set(item.may_be), item.requirement
        else:
            assert statuses == {item.status}, item.requirement
    assert set(result.route.candidates) == {one.route.id for one in all_lists}


@given(some_facts)
@settings(max_examples=150, deadline=None)
def test_a_question_is_open_exactly_when_some_answer_changes_the_outcome(known: dict[str, FactValue]) -> None:
    known.setdefault("channel", "window")
    if not completions(known):
        return
    open_facts = set(the_list(Situation.of(**known)).open_facts)
    for name, values in VALUES.items():
        if name in known:
            assert name not in open_facts
            continue
        rest = [other for other in VALUES if other not in known and other != name]
        changes = False
        for combination in itertools.product(*(VALUES[other] for other in rest)):
            base = {**known, **dict(zip(rest, combination, strict=True))}
            answers = [{**base, name: value} for value in values]
            possible = [a for a in answers if not (a["place"] == "home" and a["channel"] == "online")]
            changes |= len({outcome(the_list(Situation.of(**answer))) for answer in possible}) > 1
        if name == "permit" and not {"place", "married"} <= known.keys():
            continue  # waits until it is known whether the question applies
        assert (name in open_facts) == changes, name


def test_asking_ends_and_then_nothing_is_open() -> None:
    situation = Situation.of(channel="window")
    asked: list[str] = []
    while (question := next_question(GUIDE, situation, on=ON)) is not None:
        name = question.question.fact
        asked.append(name)
        situation = situation.with_fact(name, Situation.of(**{name: VALUES[name][1]}).facts[name])
    assert len(asked) == len(set(asked))
    assert the_list(situation).decided
    assert all(item.status is not Status.UNDECIDED for item in the_list(situation).items)


def test_not_knowing_leaves_the_line_open_and_is_not_asked_again() -> None:
    result = the_list(Situation.of(born=ON, place="clinic", married=UNSURE, children=1.0, channel="window"))
    certificate = next(item for item in result.items if item.requirement == "certificate")
    assert certificate.status is Status.UNDECIDED
    assert certificate.block is Block.MAYBE
    assert certificate.depends_on == ("married",)
    assert "married" not in result.open_facts


def test_a_default_is_used_and_said() -> None:
    result = the_list(Situation())
    assert result.assumed == ("channel",)
    form = next(item for item in result.items if item.requirement == "form")
    assert (form.status, form.block) == (Status.EXEMPT, Block.NOT_NEEDED)


def test_six_months_end_on_the_same_day_of_the_month() -> None:
    limit = date(2026, 5, 22)
    assert the_list(Situation.of(born=limit, place="clinic")).route.id == "joint"
    assert the_list(Situation.of(born=limit - timedelta(days=1), place="clinic")).route.id == "single"


def test_a_vague_date_decides_only_when_every_day_of_it_agrees() -> None:
    certain = DateRange(ON - timedelta(days=13), ON - timedelta(days=7))
    torn = DateRange(date(2026, 5, 1), date(2026, 5, 31))
    assert the_list(Situation.of(born=certain, place="clinic")).route.id == "joint"
    open_route = the_list(Situation.of(born=torn, place="clinic")).route
    assert open_route.candidates == ("joint", "single")
    assert "born" in the_list(Situation.of(born=torn, place="clinic")).open_facts


def test_a_question_that_does_not_apply_counts_as_not_said() -> None:
    married = the_list(Situation.of(place="clinic", married=True, permit=True))
    permit = next(item for item in married.items if item.requirement == "permit_copy")
    assert permit.status is Status.NOT_REQUIRED


def test_a_line_on_unread_sources_is_marked() -> None:
    result = the_list(Situation.of(place="clinic", married=False, permit=True))
    assert result.unverified == ("permit_copy",)


def test_contradictory_facts_still_give_a_list() -> None:
    result = the_list(Situation.of(place="home", channel="online", born=ON, married=True, children=1.0))
    assert result.route.id
    assert all(item.citations for item in result.items)


def test_conditions_are_three_valued() -> None:
    young = GUIDE.conditions[0].when
    assert evaluate(GUIDE, young, Situation.of(born=ON), on=ON) is Verdict.YES
    assert evaluate(GUIDE, young, Situation.of(born=date(2020, 1, 1)), on=ON) is Verdict.NO
    assert evaluate(GUIDE, young, Situation(), on=ON) is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("raw", "remedy"),
    [
        ({"plase": "home"}, "没有这个情况项"),
        ({"place": "ship"}, "可以选"),
        ({"married": "maybe"}, "是、否或不清楚"),
        ({"children": "many"}, "请填数字"),
        ({"children": float("nan")}, "请填数字"),
        ({"born": "last week"}, "请填日期"),
    ],
)
def test_a_wrong_fact_says_how_to_write_it(raw: dict[str, str], remedy: str) -> None:
    with pytest.raises(FactInvalid) as refused:
        read_facts(GUIDE, raw)
    assert remedy in refused.value.remedy


def test_facts_are_read_as_people_and_files_write_them() -> None:
    raw = {"place": "医院", "married": "是", "children": "2", "born": "2026-11", "permit": "不清楚"}
    situation = read_facts(GUIDE, raw)
    assert situation.value("place") == "clinic"
    assert situation.value("married") is True
    assert situation.value("born") == DateRange(date(2026, 11, 1), date(2026, 11, 30))
    assert situation.value("permit") is UNSURE
