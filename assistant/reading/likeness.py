"""How alike two short Chinese texts are: characters and pairs of characters in common, the rare ones weighing more."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

_SINGLE = 0.4
"""Weight of a single character beside that of a pair."""
_REMEMBERED = 20_000
"""Texts whose mass is kept; the known questions of a large library are some 5000."""


@lru_cache(maxsize=20_000)
def grams(text: str) -> frozenset[str]:
    """Give the characters and the pairs of neighbours of a text."""
    return frozenset(text) | frozenset(text[i : i + 2] for i in range(len(text) - 1))


class Likeness:
    """Knows how rare each character and pair is among some texts, and compares by that."""

    def __init__(self, texts: Iterable[str]) -> None:
        counts: Counter[str] = Counter()
        total = 0
        for text in texts:
            counts.update(grams(text))
            total += 1
        self._weights = {
            gram: math.log(1 + total / count) ** 2 * (1 if len(gram) > 1 else _SINGLE) for gram, count in counts.items()
        }
        self._unknown = math.log(1 + max(total, 1)) ** 2
        self._masses: dict[str, float] = {}

    def between(self, left: str, right: str) -> float:
        """Give the likeness of two texts, 0 to 1 (cosine of their weighted grams)."""
        shared = grams(left) & grams(right)
        return self._mass(shared) / math.sqrt(self._whole(left) * self._whole(right)) if shared else 0.0

    def covered(self, part: str, whole: str) -> float:
        """Give the share of `part` that stands in `whole`, 0 to 1."""
        mass = self._whole(part)
        return self._mass(grams(part) & grams(whole)) / mass if mass else 0.0

    def best(self, text: str, others: Sequence[str]) -> tuple[float, str]:
        """Give the likeness of the most alike other, and that other."""
        return max(((self.between(text, other), other) for other in others), default=(0.0, ""))

    def _mass(self, found: frozenset[str]) -> float:
        """Add up the weights of some grams; a pair says more than a single character."""
        weights, unknown = self._weights, self._unknown
        return sum(weights.get(gram, unknown * (1 if len(gram) > 1 else _SINGLE)) for gram in found)

    def _whole(self, text: str) -> float:
        """Give the mass of a text, remembered: the known questions are compared with every question asked."""
        mass = self._masses.get(text)
        if mass is None:
            mass = self._mass(grams(text))
            if len(self._masses) < _REMEMBERED:
                self._masses[text] = mass
        return mass
