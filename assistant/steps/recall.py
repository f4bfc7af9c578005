"""Recall: what this conversation said before, and what we asked last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from assistant.model import Answer, Draft, Reason
from assistant.outcomes import handed_off
from assistant.ports import Conversations
from assistant.wording import Listening, Wording

_KEPT_TURNS = 20
"""Turns looked back at; a longer talk about one matter has long said its facts."""


def recall(conversations: Conversations, wording: Wording, listening: Listening) -> Callable[[Draft], Draft | Answer]:
    """Make the step. Who wants a person, or wants to complain, is handed over with the talk so far."""

    def step(draft: Draft) -> Draft | Answer:
        name = draft.inquiry.conversation
        turns = conversations.turns(name)[-_KEPT_TURNS:] if name else ()
        draft = replace(draft, turns=turns, asked=turns[-1].asked if turns else "")
        for reason in (Reason.HUMAN_WANTED, Reason.COMPLAINT):
            if listening.screen[reason].heard(draft.text):
                pattern = wording.summary.complaint if reason is Reason.COMPLAINT else wording.summary.line
                return handed_off(draft, reason, wording, _summary(draft, pattern, wording.summary.none))
        return draft

    return step


def _summary(draft: Draft, pattern: str, none: str) -> str:
    """Put the talk so far in one line, all of it masked; facts in the person's own words."""
    said = [fact.words for turn in draft.turns for fact in turn.facts.values() if fact.words]
    questions = [turn.question for turn in draft.turns if turn.question] + [draft.text]
    return pattern.format(
        matter=next((turn.matter for turn in reversed(draft.turns) if turn.matter), none),
        region=draft.inquiry.region,
        facts="、".join(dict.fromkeys(said)) or none,
        question=" / ".join(questions[-5:]).strip("。！!？? "),
    )
