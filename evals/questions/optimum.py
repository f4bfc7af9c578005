"""The fewest questions there can be, by dynamic programming over what the diagrams have left.

Every open question is tried in every state of knowledge. Only one on which a line hangs alone, and which nothing else
can tell, is taken at once: it cannot be spared.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from evals.questions.chances import Crowd
from evals.questions.states import Known, State, States
from guides.diagram import Branch


class _TooLong(Exception):
    """The states are too many for the time given."""


@dataclass(frozen=True, slots=True)
class Optimum:
    """Questions expected under the best order there is, and how many states were looked at."""

    expected: float
    states: int


def optimum(states: States, crowd: Crowd, start: Known, seconds: float) -> Optimum | None:
    """Give the optimum for a guide without calculations, or None when it takes longer than `seconds` of one core."""
    search = _Search(states, crowd, time.process_time() + seconds)
    try:
        return Optimum(search.fewest(start), len(search.memo))
    except _TooLong:
        return None


class _Search:
    def __init__(self, states: States, crowd: Crowd, until: float) -> None:
        self._states, self._form, self._crowd, self._until = states, states.form, crowd, until
        self._facts = {v.index: v.fact for v in self._form.variables}
        impossible = [self._form.node(one.when) for one in self._form.guide.impossible]
        self._tied = {index for node in impossible for index in self._form.store.support(node)}
        self.memo: dict[State, float] = {}

    def fewest(self, known: Known) -> float:
        """Give the questions expected from here on, when this was said, under the best order."""
        lefts = self._states.open(known)
        if not lefts:
            return 0.0
        key = self._states.key(lefts, known)
        if key in self.memo:
            return self.memo[key]
        if time.process_time() > self._until:
            raise _TooLong
        mass = self._crowd.weight(known)
        best = float("inf")
        for fact in self._worth_trying(lefts, known):
            best = min(best, self._asking(fact, known, mass, best))
        self.memo[key] = best
        return best

    def _asking(self, fact: str, known: Known, mass: float, beat: float) -> float:
        total = 1.0
        for answer in self._crowd.answers[fact]:
            then = self._states.told(known, answer.cells)
            share = self._crowd.weight(then) / mass if then is not None else 0.0
            if then is not None and share > 0:
                total += share * self.fewest(then)
            if total >= beat:
                return float("inf")
        return total

    def _worth_trying(self, lefts: Sequence[Branch], known: Known) -> list[str]:
        """Give the questions that may be asked now and bear on what is open, or on whether such a one applies."""
        store = self._form.store
        waiting = [self._facts[index] for left in lefts for index in store.support(left)]
        seen: set[str] = set()
        found: list[str] = []
        while waiting:
            fact = waiting.pop()
            if fact in seen:
                continue
            seen.add(fact)
            applies = self._states.left(self._form.applies[fact], known)
            if applies is not store.true:
                waiting.extend(self._facts[index] for index in store.support(applies))
            elif any(len(known.get(v.index, (0, 1))) > 1 for v in self._form.by_fact[fact]):
                found.append(fact)
        for left in lefts:
            support = store.support(left)
            if len(support) == 1 and not support & self._tied:
                (index,) = support
                if self._facts[index] in found:
                    return [self._facts[index]]
        return sorted(found)
