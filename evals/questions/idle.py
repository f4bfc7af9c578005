"""Whether a question was worth asking, judged from the lists alone: do its answers ever give different ones?"""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date

from evals.questions.chances import Crowd
from guides.checklist import Checklist
from guides.model import Guide, Question, Source, Status
from guides.rules import Verdict, checklist, contradictions, evaluate
from guides.situation import Fact, Situation

Told = tuple[object, ...]

_COMPLETIONS = 40
"""Ways to complete a situation that are tried before a question counts as idle."""


class Judge:
    """Compares the lists of one guide on one day."""

    def __init__(self, guide: Guide, crowd: Crowd, sources: Mapping[str, Source], on: date) -> None:
        self._guide, self._crowd, self._sources, self._on = guide, crowd, sources, on

    def told(self, situation: Situation) -> Told:
        """Give what the list of a situation tells a person to do, reasons and clauses left out."""
        return _told(self._list(situation))

    def undecided(self, situation: Situation) -> bool:
        """Tell whether a list still holds an open line or an open route."""
        made = self._list(situation)
        return not made.route.id or any(item.status is Status.UNDECIDED for item in made.items)

    def idle(self, situation: Situation, question: Question) -> str | None:
        """Say so when no answer to the question can change the list; None when one can.

        The lists right after each answer are compared first; where they agree the situation is completed in many
        ways, the same but for this answer, and the lists of those are compared.
        """
        answers = [
            told
            for told in (
                situation.with_fact(question.fact, Fact(answer.value)) for answer in self._crowd.answers[question.fact]
            )
            if not contradictions(self._guide, told, on=self._on)
        ]
        if len({self.told(told) for told in answers}) > 1:
            return None
        chance = random.Random(0)  # noqa: S311 — repeatable completions, not secrets
        for _ in range(_COMPLETIONS):
            whole = [self._completed(told, chance.getrandbits(32)) for told in answers]
            if len({self.told(told) for told in whole}) > 1:
                return None
        said = "、".join(f"{name}={fact.value}" for name, fact in situation.facts.items())
        return f"{self._guide.slug}: {question.fact}（已知 {said or '无'}）"

    def _completed(self, situation: Situation, seed: int) -> Situation:
        """Answer everything else; the same seed gives the same answers wherever the same questions apply."""
        for question in self._guide.questions:
            if situation.value(question.fact) is not None or question.default is not None:
                continue
            if evaluate(self._guide, question.when, situation, on=self._on) is not Verdict.YES:
                continue
            offered = list(self._crowd.answers[question.fact])
            random.Random(f"{seed}:{question.fact}").shuffle(offered)  # noqa: S311 — the same
            for answer in offered:
                told = situation.with_fact(question.fact, Fact(answer.value))
                if not contradictions(self._guide, told, on=self._on):
                    situation = told
                    break
        return situation

    def _list(self, situation: Situation) -> Checklist:
        return checklist(self._guide, situation, on=self._on, sources=self._sources)


def _told(made: Checklist) -> Told:
    return (
        made.route.id,
        made.route.candidates,
        tuple(
            (item.status, item.handling, item.ground, item.still, item.may_be, item.documents) for item in made.items
        ),
        tuple(service.id for service in made.services),
        tuple(one.id for one in (*made.prerequisites, *made.may_precede)),
        tuple(one.id for one in made.prerequisites),
        tuple(one.id for one in (*made.presence, *made.may_attend)),
        tuple(one.id for one in made.presence),
    )
