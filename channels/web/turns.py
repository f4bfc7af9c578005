"""A conversation as the page shows it: each answer with its numbers, its groups and what the person had said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.views import AnswerView, ChecklistView, CitationView, StatementView, UnderstoodView
from channels.present.numbering import Numbered, of_answer
from channels.wording import say

Link = Callable[[int, CitationView], str]
_UNTITLED = "lead"
_FIRST = frozenset({"lead", "condition", "calculation"})


@dataclass(frozen=True, slots=True)
class Group:
    """Statements that stand under one heading."""

    part: str
    title: str
    statements: tuple[StatementView, ...]


@dataclass(frozen=True, slots=True)
class TurnOnPage:
    """One exchange as drawn; only the last carries its question, its list and its buttons."""

    answer: AnswerView
    you: str
    numbers: Numbered
    link: Link
    first: tuple[Group, ...]
    """What answers the question: the direct answer, what it depends on, what was calculated."""
    rest: tuple[Group, ...]
    headline: str
    by_model: bool
    last: bool


def turns_on_page(answers: Sequence[AnswerView]) -> list[TurnOnPage]:
    """Give the exchanges in order."""
    before: tuple[UnderstoodView, ...] = ()
    turns: list[TurnOnPage] = []
    for at, answer in enumerate(answers):
        turns.append(_turn(answer, _said(answer, before), last=at == len(answers) - 1))
        before = answer.understood or before
    return turns


def headline(view: ChecklistView) -> str:
    """Say in one line how much is brought, how much is not handed in, and how much is still open."""
    bring = sum(item.block == "bring" for item in view.items)
    spare = sum(item.status == "exempt" for item in view.items)
    maybe = sum(item.block == "maybe" for item in view.items)
    if maybe:
        return say("list.headline_open" if bring else "list.headline_all_open", bring=bring, maybe=maybe)
    if not spare:
        return say("list.headline_plain" if bring else "list.headline_nothing", bring=bring)
    return say("list.headline" if bring else "list.headline_none", bring=bring, spare=spare)


def _turn(answer: AnswerView, you: str, *, last: bool) -> TurnOnPage:
    groups = _groups(answer.statements)
    return TurnOnPage(
        answer=answer,
        you=you,
        numbers=of_answer(answer),
        link=lambda n, _c: f"/t/{answer.answer_id}#c{n}",
        first=tuple(group for group in groups if group.part in _FIRST),
        rest=tuple(group for group in groups if group.part not in _FIRST),
        headline=headline(answer.checklist) if answer.checklist else "",
        by_model=any(statement.origin == "model" for statement in answer.statements),
        last=last,
    )


def _groups(statements: Sequence[StatementView]) -> tuple[Group, ...]:
    """Gather statements of the same part, keeping the order in which parts first appear."""
    parts = dict.fromkeys(statement.part for statement in statements)
    return tuple(
        Group(part, "" if part == _UNTITLED else say(f"parts.{part}"), tuple(s for s in statements if s.part == part))
        for part in parts
    )


def _said(answer: AnswerView, before: Sequence[UnderstoodView]) -> str:
    """Give what the person said: their words, or what they chose by button."""
    if answer.asked:
        return answer.asked
    known = {(one.fact, one.value) for one in before}
    chosen = [one.label for one in answer.understood if (one.fact, one.value) not in known and not one.assumed]
    return "，".join(chosen) or (answer.matter.title if answer.matter and not before else "")
