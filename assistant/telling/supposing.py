"""Where the route is still open: on what it depends, and how it goes on the most useful supposition, said as one.

A supposition is never a fact: it enters no situation, no list and no memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.model import Part, Statement
from assistant.telling.materials import around, the_list
from assistant.telling.teller import Teller
from guides.condition import OnRoute
from guides.model import FactKind, Guide, Question, Route, RouteKind
from guides.rules import Verdict, checklist, evaluate, next_question
from guides.situation import Fact, FactValue, Origin, Situation
from guides.words import say_value

_MOST = 6
"""Facts supposed at most; what needs more is not worth a sentence."""
_NAMED = 3
"""Open facts named at most where no supposition helps."""


@dataclass(frozen=True, slots=True)
class Supposition:
    """The facts that would lead onto a route, in words, and the situation with them."""

    route: Route
    facts: tuple[str, ...]
    labels: tuple[str, ...]
    situation: Situation


def open_route(teller: Teller) -> Iterator[Statement]:
    """Tell what the route depends on, then the joint route on the supposition that leads there."""
    routes = {route.id: route for route in teller.guide.routes}
    possible = [routes[name] for name in teller.checklist.route.candidates if name in routes]
    found = suppose(teller)
    facts = found.facts if found else teller.checklist.open_facts[:_NAMED]
    citations = tuple(dict.fromkeys(citation for route in possible for citation in route.citations[:2]))
    if facts and citations:
        text = teller.wording.answer.depends.format(facts=teller.names_of(facts))
        yield teller.say(text, citations, Part.LEAD)
    if found is None:
        return
    say = found.route.say.removeprefix("按您说的情况，")
    text = teller.wording.answer.suppose.format(labels="、".join(found.labels), say=say)
    yield teller.say(text, found.route.citations, Part.CONDITION)
    supposed = replace(
        teller,
        situation=found.situation,
        checklist=checklist(teller.guide, found.situation, on=teller.on, sources=teller.sources),
    )
    yield from the_list(supposed, prefix=teller.wording.answer.then)
    yield from around(supposed)


def suppose(teller: Teller) -> Supposition | None:
    """Find the fewest answers, in the guide's order of questions, under which the joint route holds."""
    target = next(
        (
            route
            for route in teller.guide.routes
            if route.kind is RouteKind.BUNDLE and route.id in teller.checklist.route.candidates
        ),
        None,
    )
    if target is None:
        return None
    situation = teller.situation
    facts: list[str] = []
    labels: list[str] = []
    for _ in range(_MOST):
        asked = next_question(teller.guide, situation, on=teller.on)
        if asked is None:
            return None
        choice, verdict = _towards(teller, asked.question, situation, target.id)
        if choice is None:
            return None
        facts.append(asked.question.fact)
        labels.append(say_value(asked.question, choice) if isinstance(choice, str) else _yes_no(asked.question, choice))
        situation = situation.with_fact(asked.question.fact, Fact(choice, Origin.ASSUMED))
        if verdict is Verdict.YES:
            return Supposition(target, tuple(facts), tuple(labels), situation)
    return None


def _towards(teller: Teller, question: Question, situation: Situation, route: str) -> tuple[FactValue | None, Verdict]:
    """Give the answer that decides for the route, else the first that keeps it possible."""
    kept: FactValue | None = None
    for value in _answers(question):
        verdict = _leads(teller.guide, situation.with_fact(question.fact, Fact(value)), route, teller)
        if verdict is Verdict.YES:
            return value, verdict
        if verdict is Verdict.UNKNOWN and kept is None:
            kept = value
    return kept, Verdict.UNKNOWN


def _leads(guide: Guide, situation: Situation, route: str, teller: Teller) -> Verdict:
    return evaluate(guide, OnRoute(route=route), situation, on=teller.on)


def _answers(question: Question) -> tuple[FactValue, ...]:
    if question.kind is FactKind.YES_NO:
        return (True, False)
    return tuple(option.value for option in question.options)


def _yes_no(question: Question, value: FactValue) -> str:
    return f"{question.short or question.ask.rstrip('？?')}：{say_value(question, value)}"
