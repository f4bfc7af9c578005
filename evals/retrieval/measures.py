"""nDCG and recall at 10, as everybody computes them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

DEPTH = 10


def ndcg(found: Sequence[str], relevant: Mapping[str, int]) -> float:
    """Give nDCG@10 of one question: gains by their marks, discounted by the logarithm of the place."""
    gained = sum(relevant.get(one, 0) / math.log2(place + 2) for place, one in enumerate(found[:DEPTH]))
    best = sorted(relevant.values(), reverse=True)[:DEPTH]
    ideal = sum(mark / math.log2(place + 2) for place, mark in enumerate(best))
    return gained / ideal if ideal else 0.0


def recall(found: Sequence[str], relevant: Mapping[str, int]) -> float:
    """Give the share of the relevant passages among the first ten."""
    wanted = [one for one, mark in relevant.items() if mark > 0]
    return sum(one in found[:DEPTH] for one in wanted) / len(wanted) if wanted else 0.0


def mean(values: Sequence[float]) -> float:
    """Give the mean, 0 for none."""
    return sum(values) / len(values) if values else 0.0
