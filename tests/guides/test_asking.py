"""The next question: one that matters, that applies, and after which few remain."""

from __future__ import annotations

import itertools
import random
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guides.asking import asking
from guides.asking_odds import odds, priors
from guides.compiled import compiled
from guides.library import load_library
from guides.model import FactKind, Guide, Question
from guides.rules import Verdict, checklist, evaluate, next_question
from guides.situation import UNSURE, Fact, FactValue, Situation
from guides.view import view_of
from tests.guides.small import ON, small

GUIDE = small()
LIBRARY = load_library()
SLUGS = [guide.slug for guide in LIBRARY.guides]


def answer_to(question: Question, chance: random.Random) -> FactValue:
    match question.kind:
        case FactKind.YES_NO:
            return chance.random() < 0.5
        case FactKind.ONE_OF:
            return chance.choice(question.options).value
        case FactKind.NUMBER:
            return float(chance.choice([0, 1, 2, 3, 10, 20, 30]))
        case FactKind.DATE | FactKind.MONTH:
            return date(2026, 11, 1) - timedelta(days=chance.choice([-40, 3, 60, 250, 400, 900, 3000, 22000]))


def walked(guide: Guide, seed: int, unsure: float) -> tuple[Situation, list[str]]:
    chance, situation, asked = random.Random(seed), Situation(), list[str]()  # noqa: S311
    while (upcoming := next_question(guide, situation, on=ON)) is not None:
        fact = upcoming.question.fact
        assert evaluate(guide, upcoming.question.when, situation, on=ON) is Verdict.YES, fact
        asked.append(fact)
        value = UNSURE if chance.random() < unsure else answer_to(upcoming.question, chance)
        situation = situation.with_fact(fact, Fact(value))
    return situation, asked


@pytest.mark.parametrize("guide", LIBRARY.guides, ids=SLUGS)
def test_whoever_answers_is_asked_each_thing_once_and_gets_a_decided_list(guide: Guide) -> None:
    for seed in range(12):
        situation, asked = walked(guide, seed, unsure=0.0)
        assert len(asked) == len(set(asked))
        made = checklist(guide, situation, on=ON, sources=LIBRARY.sources)
        assert made.decided
        assert made.route.id


@pytest.mark.parametrize("guide", LIBRARY.guides, ids=SLUGS)
def test_not_knowing_never_makes_the_questions_go_round(guide: Guide) -> None:
    for seed in range(6):
        situation, asked = walked(guide, seed, unsure=0.4)
        assert len(asked) == len(set(asked))
        assert checklist(guide, situation, on=ON, sources=LIBRARY.sources).decided


@pytest.mark.parametrize("guide", LIBRARY.guides, ids=SLUGS)
def test_a_default_is_never_asked_for(guide: Guide) -> None:
    _, asked = walked(guide, 1, unsure=0.0)
    assert not {question.fact for question in guide.questions if question.default is not None} & set(asked)


def test_the_same_is_asked_whatever_was_asked_for_in_between() -> None:
    one, two = LIBRARY.find("newborn", "430100"), load_library().find("newborn", "430100")
    assert one is not None
    assert two is not None
    for seed in (3, 1, 2):
        walked(two, seed, unsure=0.2)
    for seed in (1, 2, 3):
        assert walked(one, seed, unsure=0.2) == walked(two, seed, unsure=0.2)


def test_one_question_left_is_said_only_of_the_last() -> None:
    for guide in LIBRARY.guides:
        chance, situation = random.Random(7), Situation()  # noqa: S311
        while (upcoming := next_question(guide, situation, on=ON)) is not None:
            value = answer_to(upcoming.question, chance)
            situation = situation.with_fact(upcoming.question.fact, Fact(value))
            if upcoming.remaining == 1:
                assert next_question(guide, situation, on=ON) is None, (guide.slug, upcoming.question.fact)


@given(st.dictionaries(st.sampled_from(["place", "married", "children"]), st.booleans(), max_size=2))
@settings(max_examples=20, deadline=None)
def test_chances_add_up_and_keep_to_what_can_occur(told: dict[str, bool]) -> None:
    values: dict[str, tuple[FactValue, FactValue]] = {
        "place": ("home", "clinic"),
        "married": (True, False),
        "children": (1.0, 2.0),
    }
    situation = Situation.of(**{name: values[name][first] for name, first in told.items()})
    form = compiled(GUIDE, ON)
    view = view_of(GUIDE, situation, ON)
    found = odds(form, priors(form), view.known)
    for variable, row in zip(form.variables, found, strict=True):
        assert sum(row) == pytest.approx(1.0)
        if variable.index in view.known:
            assert all(share == 0 for cell, share in enumerate(row) if cell not in view.known[variable.index])


def test_chances_agree_with_counting() -> None:
    """Against every situation of the small guide, weighed by hand."""
    form = compiled(GUIDE, ON)
    weights = priors(form)
    mass = [dict.fromkeys(range(variable.size), 0.0) for variable in form.variables]
    for cells in itertools.product(*(range(variable.size) for variable in form.variables)):
        known = {index: frozenset({cell}) for index, cell in enumerate(cells)}
        if form.store.results(form.store.restrict(form.possible, known)) == {True}:
            weight = 1.0
            for index, cell in enumerate(cells):
                weight *= weights[index][cell]
            for index, cell in enumerate(cells):
                mass[index][cell] += weight
    total = sum(mass[0].values())
    for index, row in enumerate(odds(form, weights, {})):
        for cell, share in enumerate(row):
            assert share == pytest.approx(mass[index][cell] / total)


def test_a_gate_is_asked_where_only_what_lies_behind_it_matters() -> None:
    """What is open behind a question's own condition is reached by asking what settles the condition."""
    form = compiled(GUIDE, ON)
    view = view_of(GUIDE, Situation.of(born=ON, children=1.0, channel="window"), ON)
    open_now = asking(form).open_facts(view)
    assert "permit" not in open_now
    assert {"place", "married"} <= set(open_now)


def test_priors_move_the_order_and_nothing_else() -> None:
    guide = LIBRARY.find("flexible-employment", "430100")
    assert guide is not None
    turned = guide.model_copy(
        update={
            "questions": tuple(
                one.model_copy(update={"prior_yes": 0.01}) if one.kind is FactKind.YES_NO else one
                for one in guide.questions
            )
        }
    )
    situation, _ = walked(guide, 5, unsure=0.0)
    before = checklist(guide, situation, on=ON, sources=LIBRARY.sources)
    after = checklist(turned, situation, on=ON, sources=LIBRARY.sources)
    assert before.items == after.items
    assert before.route == after.route
