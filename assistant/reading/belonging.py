"""To which of several matters a text belongs: all its characters and pairs are evidence, telling ones weigh more.

Every matter is a collection of words, some of which say more (its names) than others (a remark in a question). A pair
that few matters use tells much, one that all use tells nothing. What no matter knows speaks against all of them.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_SINGLE = 0.25
"""Weight of a single character beside that of a pair."""
_ENOUGH = 8.0
"""Strength of a gram in a matter at which half of its evidence counts."""


@dataclass(frozen=True, slots=True)
class Belonging:
    """How much speaks for a matter (bits, roughly), and the share of the text that does, 0 to 1."""

    id: str
    evidence: float
    share: float


def grams(text: str) -> tuple[str, ...]:
    """Give the distinct characters and pairs of a text in order."""
    return tuple(dict.fromkeys((*text, *(text[i : i + 2] for i in range(len(text) - 1)))))


class Collections:
    """Knows which words each matter uses, and how telling each is."""

    def __init__(self, matters: Mapping[str, Sequence[tuple[str, float]]]) -> None:
        """Take each matter's texts with their weights, already folded."""
        strengths: dict[str, dict[str, float]] = {}
        for name, texts in matters.items():
            found: dict[str, float] = defaultdict(float)
            for text, weight in texts:
                for gram in grams(text):
                    found[gram] += weight
            strengths[name] = found
        self._of: dict[str, dict[str, float]] = defaultdict(dict)
        for name, found in strengths.items():
            for gram, strength in found.items():
                self._of[gram][name] = strength / (strength + _ENOUGH)
        count = len(matters)
        self._unknown = math.log2(1 + count)
        self._telling = {
            gram: math.log2((count + 1) / (sum(own.values()) + 0.5)) * (1 if len(gram) > 1 else _SINGLE)
            for gram, own in self._of.items()
        }
        self._matters = tuple(matters)

    def knows(self, gram: str) -> bool:
        """Tell whether any matter uses a character or pair."""
        return gram in self._of

    def belonging(self, text: str, also: str = "") -> tuple[Belonging, ...]:
        """Weigh a folded text against every matter, the best first; `also` are words that mean the same."""
        totals: dict[str, float] = dict.fromkeys(self._matters, 0.0)
        whole = 0.0
        said = grams(text)
        for gram in (*said, *(gram for gram in grams(also) if gram not in said)):
            own = self._of.get(gram)
            weight = self._telling.get(gram, self._unknown * (1 if len(gram) > 1 else _SINGLE))
            if gram in said:
                whole += max(weight, 0.0)
            if own is not None and weight > 0:
                for name, strength in own.items():
                    totals[name] += weight * strength
        found = (Belonging(name, total, total / whole if whole else 0.0) for name, total in totals.items())
        return tuple(sorted(found, key=lambda one: (-one.evidence, one.id)))
