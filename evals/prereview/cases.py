"""The cases of the suite: from a seed, families with good bundles and bundles with one known fault each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from evals.prereview.bundles import Bundle, Page, good_bundle, simpler
from evals.prereview.faults import FAULTS, Expectation, NoPlace, Planted

FULL = (40, 3)
QUICK = (5, 5)
"""Families, and faults planted in each: every picture costs seconds of reading, so few pictures serve many bundles."""


@dataclass(frozen=True, slots=True)
class Case:
    """One bundle to review. Without a fault, everything about it is in order."""

    name: str
    bundle: Bundle
    fault: str = ""
    expect: Expectation | None = None


def cases(seed: int, on: date, *, quick: bool) -> tuple[Case, ...]:
    """The cases of that seed: the same for the same seed and day. All fault kinds occur in either length."""
    families, each = QUICK if quick else FULL
    rng = Random(f"prereview:{seed}")  # noqa: S311 - a seed for cases, not for secrets
    homes = tuple(good_bundle(seed * 1000 + index, on, index) for index in range(families))
    deal = _Deal(homes, rng)
    made: list[Case] = []
    for good in homes:
        home = good.family.seed
        made += [Case(f"{home}-good", good), Case(f"{home}-heap", simpler(good))]
        made += [deal.next(good) for _ in range(each)]
    return tuple(made)


def pages(every: Sequence[Case]) -> frozenset[Page]:
    """The distinct pictures the cases are composed of."""
    return frozenset(upload.page for case in every for upload in case.bundle.uploads)


class _Deal:
    """Deals the kinds out so that each comes up about equally often; those with few places go first."""

    def __init__(self, homes: Sequence[Bundle], rng: Random) -> None:
        self._rng = rng
        self._used = dict.fromkeys(FAULTS, 0)
        self._had: set[tuple[int, str]] = set()
        self._places = {kind: sum(_plant(kind, home, rng) is not None for home in homes) for kind in FAULTS}

    def next(self, good: Bundle) -> Case:
        home = good.family.seed
        order = sorted(FAULTS, key=lambda kind: (self._used[kind], self._places[kind], self._rng.random()))
        for kind in order:
            planted = None if (home, kind) in self._had else _plant(kind, good, self._rng)
            if planted is not None:
                self._used[kind] += 1
                self._had.add((home, kind))
                return Case(f"{home}-{kind}", planted.bundle, kind, planted.expect)
        raise LookupError("every bundle has a place for most faults")


def _plant(kind: str, good: Bundle, rng: Random) -> Planted | None:
    try:
        return FAULTS[kind](good, rng)
    except NoPlace:
        return None
