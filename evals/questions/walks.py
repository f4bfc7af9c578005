"""Walks through the questions as a person takes them: asked by the product, answered as people may, counted to the end.

Where the guide calculates nothing, every course a talk can take is walked and weighed, courses that leave the same to
be settled being walked once. Where it calculates, people are drawn by chance instead, with the priors as their odds.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from evals.questions.chances import Crowd
from evals.questions.idle import Judge, Told
from evals.questions.states import Known, State, States
from guides.model import Guide, Question
from guides.rules import Verdict, contradictions, evaluate, next_question
from guides.situation import Fact, Situation


@dataclass(slots=True)
class Walked:
    """What was met on the way; `ends` counts the states of knowledge gone through, or the people who were drawn."""

    expected: float = 0.0
    worst: int = 0
    fixed: float = 0.0
    fixed_worst: int = 0
    ends: int = 0
    more_than_fixed: int = 0
    entropy: float = 0.0
    """Bits by which the lists of all people differ."""
    idle: list[str] = field(default_factory=list)
    undecided: list[str] = field(default_factory=list)
    ms: list[float] = field(default_factory=list)


class Walker:
    """Walks one guide on one day."""

    def __init__(self, guide: Guide, states: States, crowd: Crowd, judge: Judge, on: date) -> None:
        self._guide, self._states, self._crowd, self._judge, self._on = guide, states, crowd, judge, on
        self._fixed = [question for question in guide.questions if question.default is None]
        self._walked: dict[tuple[State, str], tuple[float, int]] = {}

    # --- every course -------------------------------------------------------------------------------------------------

    def every(self) -> Walked:
        """Walk every course that a talk can take."""
        found = Walked()
        start = self._states.start(self._on)
        found.expected, found.worst = self._from(Situation(), start, found)
        whole = self._crowd.weight(start)
        for question in self._fixed:
            found.fixed += self._crowd.weight(start, self._states.form.applies[question.fact]) / whole
        found.ends = len(self._walked)
        return found

    def _from(self, situation: Situation, known: Known, found: Walked) -> tuple[float, int]:
        """Give the questions asked from here on, on average and at worst."""
        question = self._next(situation, found)
        key = (self._states.key(self._states.open(known), known), question.fact if question else "")
        if key in self._walked:
            return self._walked[key]
        if question is None:
            self._look_at(situation, found)
            self._walked[key] = (0.0, 0)
            return 0.0, 0
        self._look_at_question(situation, question, found)
        mass = self._crowd.weight(known)
        expected, worst = 1.0, 0
        for answer in self._crowd.answers[question.fact]:
            then = self._states.told(known, answer.cells)
            share = self._crowd.weight(then) / mass if then is not None else 0.0
            if then is not None and share > 0:
                told = situation.with_fact(question.fact, Fact(answer.value))
                mean, most = self._from(told, then, found)
                expected, worst = expected + share * mean, max(worst, most)
        self._walked[key] = (expected, worst + 1)
        return self._walked[key]

    # --- some people --------------------------------------------------------------------------------------------------

    def some(self, count: int, chance: random.Random) -> Walked:
        """Let `count` people drawn by chance walk."""
        found = Walked(ends=count)
        lists: dict[Told, int] = {}
        looked_at: set[str] = set()
        for person in people(self._guide, self._crowd, self._on, count, chance):
            applying = sum(one.fact in person.facts for one in self._fixed)
            asked, situation = 0, Situation()
            while (question := self._next(situation, found)) is not None:
                if question.fact not in looked_at:
                    looked_at.add(question.fact)
                    self._look_at_question(situation, question, found)
                situation = situation.with_fact(question.fact, person.facts[question.fact])
                asked += 1
            self._look_at(situation, found)
            reached = self._judge.told(situation)
            lists[reached] = lists.get(reached, 0) + 1
            found.expected += asked / count
            found.worst = max(found.worst, asked)
            found.fixed += applying / count
            found.fixed_worst = max(found.fixed_worst, applying)
            found.more_than_fixed += asked > applying
        found.entropy = -sum(n / count * math.log2(n / count) for n in lists.values())
        return found

    # --- both ---------------------------------------------------------------------------------------------------------

    def _next(self, situation: Situation, found: Walked) -> Question | None:
        began = time.process_time()
        upcoming = next_question(self._guide, situation, on=self._on)
        found.ms.append((time.process_time() - began) * 1000)
        return upcoming.question if upcoming else None

    def _look_at_question(self, situation: Situation, question: Question, found: Walked) -> None:
        if (why := self._judge.idle(situation, question)) is not None:
            found.idle.append(why)

    def _look_at(self, situation: Situation, found: Walked) -> None:
        if self._judge.undecided(situation):
            said = "、".join(f"{name}={fact.value}" for name, fact in situation.facts.items())
            found.undecided.append(f"{self._guide.slug}: {said}")


def people(guide: Guide, crowd: Crowd, on: date, count: int, chance: random.Random) -> Iterator[Situation]:
    """Draw people by chance, each with an answer to every question that applies; defaults are true but not said."""
    said = {question.fact for question in guide.questions if question.default is None}
    drawn = 0
    while drawn < count:
        person = Situation()
        for question in guide.questions:
            if question.default is not None:
                person = person.with_fact(question.fact, Fact(question.default))
            elif evaluate(guide, question.when, person, on=on) is Verdict.YES:
                offered = crowd.answers[question.fact]
                answer = chance.choices(offered, [one.weight for one in offered])[0]
                person = person.with_fact(question.fact, Fact(answer.value))
        if not contradictions(guide, person, on=on):
            drawn += 1
            yield Situation({name: fact for name, fact in person.facts.items() if name in said})
