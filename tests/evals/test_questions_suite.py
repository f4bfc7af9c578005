"""The judge of questions: its optimum against trying every order by hand, and its eye for idle questions."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest

from evals.questions.chances import Crowd
from evals.questions.idle import Judge
from evals.questions.optimum import optimum
from evals.questions.states import States
from evals.questions.walks import Walker
from guides.compiled import compiled
from guides.library import load_library
from guides.rules import Verdict, checklist, contradictions, evaluate, next_question
from guides.situation import Fact, FactValue, Situation
from tests.guides.small import ON, SOURCES, small

GUIDE = small()
FORM = compiled(GUIDE, ON)
CROWD = Crowd(FORM, ON)
STATES = States(FORM)
JUDGE = Judge(GUIDE, CROWD, SOURCES, ON)


def everybody() -> list[tuple[dict[str, FactValue], float]]:
    """Every person who may come to the small guide, with their weight; what is taken for granted they do not say."""
    people: list[tuple[dict[str, FactValue], float]] = [({}, 1.0)]
    for question in GUIDE.questions:
        grown: list[tuple[dict[str, FactValue], float]] = []
        for person, weight in people:
            applies = evaluate(GUIDE, question.when, Situation.of(**person), on=ON) is Verdict.YES
            if question.default is not None:
                grown.append(({**person, question.fact: question.default}, weight))
                continue
            if not applies:
                grown.append((person, weight))
                continue
            grown += [({**person, question.fact: a.value}, weight * a.weight) for a in CROWD.answers[question.fact]]
        people = grown
    real = [(p, w) for p, w in people if not contradictions(GUIDE, Situation.of(**p), on=ON)]
    total = sum(weight for _, weight in real)
    assumed = {question.fact for question in GUIDE.questions if question.default is not None}
    return [({k: v for k, v in person.items() if k not in assumed}, weight / total) for person, weight in real]


def fewest(people: list[tuple[dict[str, FactValue], float]], known: dict[str, FactValue]) -> float:
    """Try every order of questions on the people themselves."""
    if len({JUDGE.told(Situation.of(**person)) for person, _ in people}) == 1:
        return 0.0
    best = float("inf")
    for question in GUIDE.questions:
        applies = evaluate(GUIDE, question.when, Situation.of(**known), on=ON) is Verdict.YES
        if question.fact in known or question.default is not None or not applies:
            continue
        total = sum(weight for _, weight in people)
        cost = 1.0
        for answer in CROWD.answers[question.fact]:
            those = [(person, weight) for person, weight in people if person.get(question.fact) == answer.value]
            if those:
                share = sum(weight for _, weight in those) / total
                cost += share * fewest(those, {**known, question.fact: answer.value})
        best = min(best, cost)
    return best


def test_the_optimum_is_what_trying_every_order_on_everybody_gives() -> None:
    found = optimum(STATES, CROWD, STATES.start(ON), seconds=60)
    assert found is not None
    assert found.expected == pytest.approx(fewest(everybody(), {}))


def test_the_walk_counts_what_the_product_asks_of_everybody() -> None:
    walked = Walker(GUIDE, STATES, CROWD, JUDGE, ON).every()
    total = 0.0
    for person, weight in everybody():
        situation, asked = Situation(), 0
        while (upcoming := next_question(GUIDE, situation, on=ON)) is not None:
            situation = situation.with_fact(upcoming.question.fact, Fact(person[upcoming.question.fact]))
            asked += 1
        total += weight * asked
    assert walked.expected == pytest.approx(total)
    assert not walked.idle
    assert not walked.undecided


def test_the_weights_are_those_of_the_people() -> None:
    people = everybody()
    married = sum(weight for person, weight in people if person.get("married") is True)
    index = next(v.index for v in FORM.variables if v.fact == "married")
    start = STATES.start(ON)
    yes = next(a for a in CROWD.answers["married"] if a.value is True)
    assert CROWD.weight({**start, index: frozenset({yes.cells[index]})}) / CROWD.weight(start) == pytest.approx(married)


def test_a_question_that_can_change_nothing_any_more_is_called_idle() -> None:
    by_fact = {question.fact: question for question in GUIDE.questions}
    settled = Situation.of(place="clinic", married=True, children=1.0, born=ON - timedelta(days=3), channel="window")
    assert checklist(GUIDE, settled, on=ON, sources=SOURCES).decided
    without = settled.without("married")
    assert JUDGE.idle(without, by_fact["married"]) is None
    fixed = {name: fact for name, fact in settled.facts.items() if name != "born"}
    grown = Situation(fixed).with_fact("born", Fact(date(2000, 1, 1)))
    for name in ("married", "children", "place"):
        bare = grown.without(name)
        lists = {JUDGE.told(bare.with_fact(name, Fact(a.value))) for a in CROWD.answers[name]}
        assert (JUDGE.idle(bare, by_fact[name]) is None) == (len(lists) > 1), name


def test_an_idle_question_of_a_real_guide_is_seen() -> None:
    library = load_library()
    seen = 0
    for guide in library.guides:
        if guide.derived:
            continue
        form = compiled(guide, ON)
        crowd = Crowd(form, ON)
        judge = Judge(guide, crowd, library.sources, ON)
        situation = Situation()
        for question in guide.questions[:2]:
            situation = situation.with_fact(question.fact, Fact(crowd.answers[question.fact][-1].value))
        open_now = set(checklist(guide, situation, on=ON, sources=library.sources).open_facts)
        closed = [q for q in guide.questions if q.fact not in open_now and situation.value(q.fact) is None]
        for question in itertools.islice((q for q in closed if q.default is None), 1):
            if evaluate(guide, question.when, situation, on=ON) is Verdict.YES:
                seen += judge.idle(situation, question) is not None
    assert seen
