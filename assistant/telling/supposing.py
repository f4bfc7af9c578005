"""Where the route is still open: on what it depends, and how it goes on the most useful supposition, said as one.

A supposition is never a fact: it enters no situation, no list and no memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from assistant.chips import chip
from assistant.model import Part, Statement
from assistant.telling.materials import around, maybe, one, the_list
from assistant.telling.teller import Teller
from guides.checklist import Checklist, ChecklistItem
from guides.condition import Age, OnRoute
from guides.model import FactKind, Question, Route, RouteKind, Status
from guides.rules import Verdict, checklist, evaluate, next_question
from guides.situation import Fact, FactValue, Origin, Situation, Unsure

_MOST = 8
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
    checklist: Checklist


def open_route(teller: Teller) -> Iterator[Statement]:
    """Tell what the route depends on, then the joint route on the supposition that leads there."""
    routes = {route.id: route for route in teller.guide.routes}
    possible = [routes[name] for name in teller.checklist.route.candidates if name in routes]
    found = suppose(teller)
    yield from _ruled_out(teller)
    facts = found.facts if found else teller.checklist.open_facts[:_NAMED] or _unsure(teller.situation)
    citations = tuple(dict.fromkeys(citation for route in possible for citation in route.citations[:2]))
    if facts and citations:
        text = teller.wording.answer.depends.format(facts=teller.names_of(facts))
        yield teller.say(text, teller.firm(citations), Part.LEAD)
    if found is None:
        yield from the_list(teller)
        if not teller.checklist.open_facts:
            yield from maybe(teller)
        return
    say = found.route.say.removeprefix("按您说的情况，")
    text = teller.wording.answer.suppose.format(labels="；".join(found.labels), say=say)
    yield teller.say(text, found.route.citations, Part.CONDITION)
    supposed = replace(teller, situation=found.situation, checklist=found.checklist)
    yield from the_list(supposed, prefix=teller.wording.answer.then)
    yield from around(supposed)


def _ruled_out(teller: Teller) -> Iterator[Statement]:
    """Say first that what was stated leaves no joint route, before what is still open is asked."""
    joint = [route for route in teller.guide.routes if route.kind is RouteKind.BUNDLE]
    if not joint or any(route.id in teller.checklist.route.candidates for route in joint):
        return
    labels = tuple(dict.fromkeys(label for route in joint for label in _against(teller, route)))
    if labels:
        words = teller.wording.answer
        title = joint[0].title if len(joint) == 1 else words.joint
        text = words.not_joint.format(labels="；".join(labels), title=title)
        yield teller.say(text, teller.firm(c for route in joint for c in route.citations), Part.LEAD)


def _against(teller: Teller, route: Route) -> Iterator[str]:
    """Give the stated facts each of which alone leads off a route, in words."""
    for question in teller.guide.questions:
        fact = teller.situation.facts.get(question.fact)
        if fact is None or fact.origin is Origin.ASSUMED:
            continue
        alone = Situation({question.fact: fact})
        if evaluate(teller.guide, OnRoute(route=(route.id,)), alone, on=teller.on) is Verdict.NO:
            yield chip(question, fact.value, fact.words)


def supposed_line(teller: Teller, item: ChecklistItem) -> Iterator[Statement]:
    """Tell one open line of the list on the supposition that leads to the joint route."""
    if item.status is not Status.UNDECIDED:
        return
    found = suppose(teller)
    if found is None:
        return
    supposed = replace(teller, situation=found.situation, checklist=found.checklist)
    line = next(one for one in found.checklist.items if one.requirement == item.requirement)
    if line.status is not Status.UNDECIDED:
        say = found.route.say.removeprefix("按您说的情况，")
        text = teller.wording.answer.suppose.format(labels="；".join(found.labels), say=say)
        yield teller.say(text, found.route.citations, Part.CONDITION)
        yield one(supposed, line, teller.wording.answer.then)


def _unsure(situation: Situation) -> tuple[str, ...]:
    """Give the facts the person does not know."""
    return tuple(name for name in situation if isinstance(situation.value(name), Unsure))


def suppose(teller: Teller) -> Supposition | None:
    """Find answers under which a joint route holds: of each question the first that keeps one possible.

    Guides list the commonest answer first, so this is the commonest way to the joint route from what is known.
    """
    joint = {route.id: route for route in teller.guide.routes if route.kind is RouteKind.BUNDLE}
    wanted = tuple(name for name in teller.checklist.route.candidates if name in joint)
    if not wanted:
        return None
    target = OnRoute(route=wanted)
    situation = teller.situation
    facts: list[str] = []
    labels: list[str] = []
    for _ in range(_MOST):
        asked = next_question(teller.guide, situation, on=teller.on)
        if asked is None:
            return None
        choice, verdict = _towards(teller, asked.question, situation, target)
        if choice is None:
            return None
        situation = situation.with_fact(asked.question.fact, Fact(choice, Origin.ASSUMED))
        label = _label(teller, asked.question, choice, situation)
        if not label:
            return None
        facts.append(asked.question.fact)
        labels.append(label)
        if verdict is Verdict.YES:
            taken = checklist(teller.guide, situation, on=teller.on, sources=teller.sources)
            if taken.route.id in joint:
                return Supposition(joint[taken.route.id], tuple(facts), tuple(labels), situation, taken)
    return None


def _towards(
    teller: Teller, question: Question, situation: Situation, target: OnRoute
) -> tuple[FactValue | None, Verdict]:
    """Give the first answer that keeps the target possible, and whether it then holds."""
    for value in _answers(question, teller.on):
        supposed = situation.with_fact(question.fact, Fact(value))
        verdict = evaluate(teller.guide, target, supposed, on=teller.on)
        if verdict is not Verdict.NO:
            return value, verdict
    return None, Verdict.NO


def _answers(question: Question, on: date) -> tuple[FactValue, ...]:
    if question.kind is FactKind.YES_NO:
        return (True, False)
    if question.kind is FactKind.DATE:
        return (on,)
    return tuple(option.value for option in question.options)


def _label(teller: Teller, question: Question, value: FactValue, situation: Situation) -> str:
    """Give a supposed answer in words; of a date the guide's own condition on its age, "" where it has none."""
    if isinstance(value, date):
        for named in teller.guide.conditions:
            about = isinstance(named.when, Age) and named.when.age_of == question.fact
            if about and evaluate(teller.guide, named.when, situation, on=teller.on) is Verdict.YES:
                return named.say
        return ""
    return chip(question, value)
