"""Compose: the direct answer first, then conditions, then the next step; every sentence with the clauses behind it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from assistant.model import Answer, AskBack, Aspect, Draft, Part, Statement
from assistant.steps.gather import ask_back
from assistant.telling.calculation import calculations
from assistant.telling.faq import answers
from assistant.telling.fields import FIELDS
from assistant.telling.materials import (
    around,
    asks_details,
    asks_where_to_get,
    details,
    fallback,
    named,
    next_step,
    one,
    the_list,
    where_to_get,
)
from assistant.telling.supposing import open_route, supposed_line
from assistant.telling.teller import Teller
from assistant.wording import Wording
from guides.checklist import ChecklistItem
from guides.library import Library

_ASKS_FOR_ALL = re.compile(r"(?:什么|啥|哪些|哪几|那些|么子)")
_ORDER = tuple(Part)


def compose(library: Library, wording: Wording) -> Callable[[Draft], Draft | Answer]:
    """Make the step."""

    def step(draft: Draft) -> Draft | Answer:
        teller = _teller(draft, library, wording)
        told = [*draft.statements, *_particular(draft, teller)]
        if tells_list(draft, already=bool(told)):
            told += _list(teller)
        else:
            # A question that was answered outright is not answered with a question.
            draft = replace(draft, ask=_asked_back(draft, wording))
        return replace(draft, statements=_once(told))

    return step


def _teller(draft: Draft, library: Library, wording: Wording) -> Teller:
    if draft.guide is None or draft.checklist is None:
        raise ValueError("gather comes before compose")
    return Teller(draft.guide, draft.situation, draft.checklist, library.sources, wording, draft.inquiry.on, draft.text)


def _particular(draft: Draft, teller: Teller) -> Iterator[Statement]:
    """Tell what was asked for in particular: a computed date, a known question, a paper by name, a field."""
    if Aspect.CALCULATION in draft.aspects and (teller.checklist.derived or not draft.faq):
        yield from calculations(teller)
    elif draft.faq:
        yield from answers(teller, draft.faq)
    if not draft.faq:
        for item in asked_items(draft):
            yield from _paper(draft, teller, item)
    if not draft.faq_sure:
        for aspect in draft.aspects:
            if aspect in FIELDS:
                yield from FIELDS[aspect](teller)


def _paper(draft: Draft, teller: Teller, item: ChecklistItem) -> Iterator[Statement]:
    """Tell of one paper what is asked: where it is got, how it has to be, or whether it is needed and why."""
    if asks_where_to_get(draft.text) and (place := where_to_get(teller, item)) is not None:
        yield place
        return
    if asks_details(draft.text) and (how := details(teller, item)) is not None:
        yield how
    yield one(teller, item)
    yield from supposed_line(teller, item)
    if (spare := fallback(teller, item)) is not None:
        yield spare


def tells_list(draft: Draft, *, already: bool) -> bool:
    """Tell whether the whole list is the answer: asked for, or nothing more particular was."""
    if Aspect.MATERIALS in draft.aspects and _ASKS_FOR_ALL.search(draft.text) and not draft.faq_sure:
        return True
    return not already


def _asked_back(draft: Draft, wording: Wording) -> AskBack | None:
    """Give the question that what was asked in particular still waits for; None where it was answered outright."""
    if draft.guide is None or draft.checklist is None:
        return None
    if Aspect.CALCULATION in draft.aspects and not draft.checklist.derived:
        return draft.ask
    if draft.faq or asks_where_to_get(draft.text):
        return None
    waited_for = {fact for item in asked_items(draft) for fact in item.depends_on}
    fact = next((fact for fact in draft.checklist.open_facts if fact in waited_for), None)
    question = next((question for question in draft.guide.questions if question.fact == fact), None)
    return None if question is None else ask_back(question, len(draft.checklist.open_facts), wording)


def asked_items(draft: Draft) -> tuple[ChecklistItem, ...]:
    """Give the lines of the list that the question asks about by name."""
    if draft.guide is None or draft.checklist is None or _ASKS_FOR_ALL.search(draft.text):
        return ()
    ids = {material.id for material in named(draft.text, draft.guide.materials)}
    return tuple(item for item in draft.checklist.items if item.requirement in ids)


def _list(teller: Teller) -> Iterator[Statement]:
    route = teller.checklist.route
    if not route.id:
        yield from open_route(teller)
        return
    yield teller.say(route.say, route.citations, Part.LEAD)
    yield from the_list(teller)
    yield from around(teller)
    yield from next_step(teller)


def _once(told: list[Statement]) -> tuple[Statement, ...]:
    """Say nothing twice, in reading order."""
    seen: dict[str, Statement] = {}
    for statement in told:
        seen.setdefault(statement.text, statement)
    ordered = sorted(seen.values(), key=lambda statement: _ORDER.index(statement.part))
    if ordered and ordered[0].part is Part.DETAIL:
        ordered[0] = replace(ordered[0], part=Part.LEAD)
    return tuple(ordered)
