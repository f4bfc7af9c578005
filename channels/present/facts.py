"""Facts and questions as people read them, from a guide and a situation."""

from __future__ import annotations

from assistant.chips import chip
from assistant.views import ChoiceView, QuestionView, UnderstoodView
from channels.wording import say
from guides.model import FactKind, Guide, Question
from guides.situation import UNSURE, Origin, Situation, plain
from guides.words import name_of


def understood(guide: Guide, situation: Situation) -> tuple[UnderstoodView, ...]:
    """Give the chips of 我理解您…: what was said, in the guide's order, and nothing that was not."""
    return tuple(
        UnderstoodView(
            fact=question.fact,
            value=plain(fact.value),
            words=fact.words,
            assumed=fact.origin is Origin.ASSUMED,
            label=chip(question, fact.value, fact.words),
        )
        for question in guide.questions
        if (fact := situation.facts.get(question.fact)) is not None
    )


def labels(guide: Guide) -> dict[str, str]:
    """Give the short name of every fact of a guide."""
    return {question.fact: name_of(question) for question in guide.questions}


def question_view(question: Question, remaining: int) -> QuestionView:
    """Give a question with its choices, 不清楚 last."""
    unsure = ChoiceView(value=UNSURE.value, label=say("question.unsure"))
    choices = [ChoiceView(value=o.value, label=o.label, hint=o.hint) for o in question.options]
    if question.kind is FactKind.YES_NO:
        choices = [ChoiceView(value=True, label="是"), ChoiceView(value=False, label="否")]
    return QuestionView(
        fact=question.fact,
        ask=question.ask,
        why=question.why,
        kind=question.kind.value,
        unit=question.unit,
        hint=question.hint,
        remaining=remaining,
        options=(*choices, unsure),
    )


def form_value(situation: Situation, fact: str) -> str:
    """Give what a form shows as chosen: "true", an option, a date; "" where nothing was said."""
    value = situation.value(fact)
    if value is None:
        return ""
    given = plain(value)
    if isinstance(given, bool):
        return "true" if given else "false"
    return f"{given:g}" if isinstance(given, float) else given
