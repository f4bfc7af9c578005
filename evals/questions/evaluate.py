"""How many questions each bundle asks, on average and at worst, against the fewest possible and against asking all."""

from __future__ import annotations

import math
import random
import statistics
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from evals.questions.chances import Crowd
from evals.questions.idle import Judge
from evals.questions.optimum import Optimum, optimum
from evals.questions.states import States
from evals.questions.walks import Walked, Walker
from evals.report import SuiteReport, judge, read_bars
from guides.compiled import compiled
from guides.library import load_library
from guides.model import Guide, Source

BARS = Path(__file__).parent / "bar.toml"
ON = date(2026, 11, 22)
"""The day of the walks: the figures are the same whenever they are taken."""


@dataclass(frozen=True, slots=True)
class Effort:
    """People drawn by chance; situations up to which a bundle's optimum is worked out, and seconds of a core for it."""

    people: int
    exact: int
    seconds: float


FULL = Effort(people=500, exact=2**20, seconds=240.0)
QUICK = Effort(people=30, exact=2**16, seconds=60.0)


@dataclass(frozen=True, slots=True)
class Measured:
    """One bundle: all courses where they could be walked, the people drawn, the optimum where it was worked out."""

    name: str
    every: Walked | None
    some: Walked
    best: Optimum | None
    floor: float
    situations: int

    @property
    def walked(self) -> Walked:
        """The walks that count: all, else those of the people drawn."""
        return self.every or self.some

    @property
    def over_optimum(self) -> float | None:
        """How many times the optimum is asked on average, where both are exact."""
        if self.every is None or self.best is None or not self.best.expected:
            return None
        return self.every.expected / self.best.expected


def evaluate(seed: int = 0, *, quick: bool = False) -> SuiteReport:
    """Measure every guide of the library."""
    began = time.perf_counter()
    library = load_library()
    effort = QUICK if quick else FULL
    several = Counter(guide.slug for guide in library.guides)
    names = [f"{one.slug}.{one.region}" if several[one.slug] > 1 else one.slug for one in library.guides]
    measured = [
        _measure(name, guide, library.sources, effort, seed) for name, guide in zip(names, library.guides, strict=True)
    ]
    figures: dict[str, tuple[float, int]] = _totals(measured, effort)
    for one in measured:
        figures.update(_of_one(one))
    return judge(
        "questions",
        seed,
        figures,
        read_bars(BARS),
        config={"bundles": len(measured), "on": ON.isoformat(), "quick": quick, "exact_up_to": effort.exact},
        cases=sum(one.walked.ends for one in measured),
        seconds=time.perf_counter() - began,
        misses=[
            {"wrong": wrong, "where": why}
            for one in measured
            for walked in (one.every, one.some)
            if walked is not None
            for wrong, found in (("idle", walked.idle), ("undecided", walked.undecided))
            for why in found
        ],
    )


def _measure(name: str, guide: Guide, sources: Mapping[str, Source], effort: Effort, seed: int) -> Measured:
    form = compiled(guide, ON)
    crowd, states = Crowd(form, ON), States(form)
    walker = Walker(guide, states, crowd, Judge(guide, crowd, sources, ON), ON)
    situations = form.store.count(form.possible, lambda value: value is True)
    calculates = bool(guide.derived)
    every = None if calculates else walker.every()
    chance = random.Random(f"{seed}:{name}")  # noqa: S311 — repeatable people, not secrets
    some = walker.some(effort.people, chance)
    exact = situations <= effort.exact and not calculates
    best = optimum(states, crowd, states.start(ON), effort.seconds) if exact else None
    widest = max(len(answers) for answers in crowd.answers.values())
    return Measured(name, every, some, best, some.entropy / math.log2(max(widest, 2)), situations)


def _of_one(one: Measured) -> dict[str, tuple[float, int]]:
    found, people = one.walked, one.some.ends
    figures = {
        f"asked.{one.name}": (found.expected, found.ends),
        f"worst.{one.name}": (float(max(found.worst, one.some.worst)), found.ends),
        f"fixed_order.{one.name}": (found.fixed, found.ends),
        f"floor.{one.name}": (one.floor, people),
    }
    if one.best is not None:
        figures[f"optimum.{one.name}"] = (one.best.expected, one.best.states)
    return figures


def _totals(measured: list[Measured], effort: Effort) -> dict[str, tuple[float, int]]:
    ratios = [ratio for one in measured if (ratio := one.over_optimum) is not None]
    small = [one for one in measured if one.situations <= effort.exact]
    walks = [walked for one in measured for walked in (one.every, one.some) if walked is not None]
    times = sorted(ms for walked in walks for ms in walked.ms)
    ends = sum(walked.ends for walked in walks)
    return {
        "over_optimum_worst": (max(ratios, default=0.0), len(ratios)),
        "over_optimum_mean": (statistics.fmean(ratios) if ratios else 0.0, len(ratios)),
        "bundles_with_optimum": (float(sum(one.best is not None for one in measured)), len(measured)),
        "small_without_optimum": (float(sum(one.best is None for one in small)), len(small)),
        "over_fixed_order": (float(sum(_over_fixed(one) for one in measured)), ends),
        "idle_questions": (float(sum(len(walked.idle) for walked in walks)), len(times)),
        "undecided_at_end": (float(sum(len(walked.undecided) for walked in walks)), ends),
        "next_question_ms_median": (statistics.median(times), len(times)),
        "next_question_ms_99_in_100": (times[int(0.99 * (len(times) - 1))], len(times)),
    }


def _over_fixed(one: Measured) -> int:
    """Count the people asked more than in the fixed order, and the bundle itself where its average is more."""
    return one.some.more_than_fixed + (one.walked.expected > one.walked.fixed + 1e-9)
