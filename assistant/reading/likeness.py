"""How alike two short Chinese texts are: characters and pairs of characters in common, the rare ones weighing more."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache


@lru_cache(maxsize=8192)
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
        self._weights = {gram: math.log(1 + total / count) for gram, count in counts.items()}
        self._unknown = math.log(1 + max(total, 1))

    def between(self, left: str, right: str) -> float:
        """Give the likeness of two texts, 0 to 1 (cosine of their weighted grams)."""
        one, other = grams(left), grams(right)
        shared = self._mass(one & other)
        return shared / math.sqrt(self._mass(one) * self._mass(other)) if shared else 0.0

    def covered(self, part: str, whole: str) -> float:
        """Give the share of `part` that stands in `whole`, 0 to 1."""
        mass = self._mass(grams(part))
        return self._mass(grams(part) & grams(whole)) / mass if mass else 0.0

    def best(self, text: str, others: Sequence[str]) -> tuple[float, str]:
        """Give the likeness of the most alike other, and that other."""
        return max(((self.between(text, other), other) for other in others), default=(0.0, ""))

    def _mass(self, found: frozenset[str]) -> float:
        return sum((self._weights.get(gram, self._unknown) ** 2) * (1 if len(gram) > 1 else 0.4) for gram in found)
