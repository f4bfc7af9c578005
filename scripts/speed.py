"""How fast lists are made, on one core: whole and half-known situations, and the bare tables below them."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from evals.questions.chances import Crowd
from evals.questions.walks import people
from guides.compiled import compiled
from guides.library import load_library
from guides.lookup import Lookup
from guides.model import Guide, Source
from guides.rules import checklist
from guides.situation import Situation
from guides.view import view_of

PEOPLE = 200
"""Situations drawn per bundle, with the priors as their odds; the same ones every time."""

_HALF = 0.5
"""Chance that an answer is known already, in a half-known situation."""

_SPIN_S = 0.3
"""Seconds for which the tables are walked, so that a clock's grain does not count."""


@dataclass(frozen=True, slots=True)
class Speed:
    """One bundle: milliseconds of one core per list seen for the first time, and lists per second."""

    slug: str
    whole_ms: tuple[float, ...]
    partial_ms: tuple[float, ...]
    lists_per_s: float
    tables_per_s: float


def speeds(on: date) -> list[Speed]:
    """Measure every guide of the library."""
    library = load_library()
    return [_speed(guide, library.sources, on) for guide in library.guides]


def _speed(guide: Guide, sources: Mapping[str, Source], on: date) -> Speed:
    form = compiled(guide, on)
    chance = random.Random(guide.slug)  # noqa: S311 — the same people every time
    whole = list(people(guide, Crowd(form, on), on, PEOPLE, chance))
    partial = [
        Situation({name: fact for name, fact in person.facts.items() if chance.random() < _HALF}) for person in whole
    ]
    whole_ms = tuple(_timed(guide, person, sources, on) for person in whole)
    partial_ms = tuple(_timed(guide, person, sources, on) for person in partial)
    again = sum(_timed(guide, person, sources, on) for person in whole) / 1000
    return Speed(guide.slug, whole_ms, partial_ms, len(whole) / again, _tables_per_s(guide, whole, on))


def _timed(guide: Guide, situation: Situation, sources: Mapping[str, Source], on: date) -> float:
    began = time.process_time()
    checklist(guide, situation, on=on, sources=sources)
    return (time.process_time() - began) * 1000


def _tables_per_s(guide: Guide, whole: Sequence[Situation], on: date) -> float:
    """Walk the tables alone: from the cells of a situation to the rule of every line."""
    form = compiled(guide, on)
    tables = Lookup(form)
    known = [view_of(guide, person, on).known for person in whole]
    rows = [[min(cells.get(index, (0,))) for index in range(len(form.variables))] for cells in known]
    began, done = time.process_time(), 0
    while time.process_time() - began < _SPIN_S:
        for row in rows:
            tables.rules(row)
        done += len(rows)
    return done / (time.process_time() - began)


def printed(found: Sequence[Speed]) -> list[str]:
    """Give the lines that `make bench` prints."""
    lines = ["lists, one core        whole ms  partial ms   lists/s   tables/s"]
    for one in found:
        whole, partial = statistics.median(one.whole_ms), statistics.median(one.partial_ms)
        lines.append(f"  {one.slug:<22}{whole:7.2f}{partial:12.2f}{one.lists_per_s:10.0f}{one.tables_per_s:11.0f}")
    whole = statistics.median(ms for one in found for ms in one.whole_ms)
    partial = statistics.median(ms for one in found for ms in one.partial_ms)
    lists = statistics.median(one.lists_per_s for one in found)
    tables = statistics.median(one.tables_per_s for one in found)
    lines.append(f"  {'median':<22}{whole:7.2f}{partial:12.2f}{lists:10.0f}{tables:11.0f}")
    return lines
