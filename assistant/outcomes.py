"""A draft turned into each of the four answers, with what every answer carries."""

from __future__ import annotations

from assistant.model import (
    Answered,
    AskBack,
    Asking,
    Contact,
    Declined,
    Draft,
    HandedOff,
    Matter,
    Reason,
    Statement,
)
from assistant.wording import Wording
from guides.model import Guide


def matter_of(guide: Guide | None) -> Matter | None:
    """Give the matter a guide is about."""
    return None if guide is None else Matter(guide.slug, guide.title, guide.region)


def answered(draft: Draft, statements: tuple[Statement, ...]) -> Answered:
    """Give the full answer."""
    return Answered(
        answer_id=draft.inquiry.answer_id,
        question=draft.text,
        on=draft.inquiry.on,
        region=draft.region,
        matter=matter_of(draft.guide),
        aspects=draft.aspects,
        understood=draft.understood,
        statements=statements,
        checklist=draft.checklist,
        notices=draft.notices,
    )


def asking(draft: Draft, ask: AskBack, statements: tuple[Statement, ...] = ()) -> Asking:
    """Give one question back, with what holds already."""
    return Asking(
        answer_id=draft.inquiry.answer_id,
        question=draft.text,
        on=draft.inquiry.on,
        region=draft.region,
        matter=matter_of(draft.guide),
        aspects=draft.aspects,
        understood=draft.understood,
        statements=statements,
        checklist=draft.checklist,
        notices=draft.notices,
        ask=ask,
    )


def declined(
    draft: Draft,
    reason: Reason,
    wording: Wording,
    *,
    nearest: tuple[Matter, ...] = (),
    contacts: tuple[Contact, ...] = (),
    place: str = "",
    home: str = "",
) -> Declined:
    """Give a declining answer; its sentences stand in wording.zh.yaml. `contacts` come before the general ones."""
    words = wording.outcomes[reason]
    title = draft.guide.title if draft.guide is not None else ""
    return Declined(
        answer_id=draft.inquiry.answer_id,
        question=draft.text,
        on=draft.inquiry.on,
        region=draft.region or draft.inquiry.region,
        matter=matter_of(draft.guide),
        aspects=draft.aspects,
        understood=draft.understood,
        notices=draft.notices,
        reason=reason,
        message=words.message.format(title=title, place=place, home=home),
        next_step=words.next_step.format(title=title, place=place, home=home),
        contacts=contacts + wording.contacts_of(reason),
        nearest=nearest,
    )


def handed_off(draft: Draft, reason: Reason, wording: Wording, summary: str = "") -> HandedOff:
    """Give the answer that hands over to a person; `summary` is shown before anything is passed on."""
    words = wording.outcomes[reason]
    return HandedOff(
        answer_id=draft.inquiry.answer_id,
        question=draft.text,
        on=draft.inquiry.on,
        region=draft.region or draft.inquiry.region,
        matter=matter_of(draft.guide),
        aspects=draft.aspects,
        understood=draft.understood,
        notices=draft.notices,
        reason=reason,
        message=words.message,
        next_step=words.next_step,
        summary=summary,
        contacts=wording.contacts_of(reason),
    )
