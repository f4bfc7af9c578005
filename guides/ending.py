"""What changes with the calendar: what ends soon, what has ended already, and what a new day brings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from guides.audit import epochs
from guides.citations import citations_of
from guides.model import Guide, Source

SOON = 60
"""Days ahead that an editor and a reader should know of."""


class Kind(StrEnum):
    """What ends."""

    GUIDE = "guide"
    RULE = "rule"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Ending:
    """Something that holds until a day and no longer; `cited` counts the statements that rest on it."""

    kind: Kind
    name: str
    until: date
    cited: int = 0

    def over(self, on: date) -> bool:
        """Tell whether it has ended before a day."""
        return self.until < on


def endings(guide: Guide, sources: Mapping[str, Source], on: date, within: int = SOON) -> tuple[Ending, ...]:
    """Give what ends within some days or has ended: the guide, its rules, the sources it rests on; the soonest first.

    A rule that has ended is history and not told: another rule holds in its place, which the proof makes sure of.
    """
    last = on + timedelta(days=within)
    found = [*_guide(guide), *(rule for rule in _rules(guide) if not rule.over(on)), *_sources(guide, sources)]
    return tuple(sorted((one for one in found if one.until <= last), key=lambda one: (one.until, one.kind, one.name)))


def _guide(guide: Guide) -> Iterator[Ending]:
    if guide.valid_to is not None:
        yield Ending(Kind.GUIDE, guide.title, guide.valid_to)


def _rules(guide: Guide) -> Iterator[Ending]:
    for material in guide.materials:
        for rule in material.rules:
            if rule.valid_to is not None:
                yield Ending(Kind.RULE, f"{material.name}：{rule.why}", rule.valid_to)


def _sources(guide: Guide, sources: Mapping[str, Source]) -> Iterator[Ending]:
    cited = [citation.source for citation in citations_of(guide)]
    for name in guide.sources:
        source = sources.get(name)
        if source is not None and source.effective_to is not None:
            yield Ending(Kind.SOURCE, source.title, source.effective_to, cited.count(name))


@dataclass(frozen=True, slots=True)
class Turn:
    """A day on which dated rules begin or end, with a sentence for each."""

    on: date
    changes: tuple[str, ...]


def turns(guide: Guide) -> tuple[Turn, ...]:
    """Give every day after the first on which the rules of a guide change, in order."""
    found = (Turn(day, tuple(_changes(guide, day))) for day in epochs(guide) if day > guide.valid_from)
    return tuple(turn for turn in found if turn.changes)


def _changes(guide: Guide, day: date) -> Iterator[str]:
    before = day - timedelta(days=1)
    for material in guide.materials:
        begun = [rule.why for rule in material.rules if rule.valid_from == day]
        ended = [rule.why for rule in material.rules if rule.valid_to == before]
        if begun and ended:
            yield f"{material.name}：{'；'.join(begun)}（以前：{'；'.join(ended)}）"
        elif begun or ended:
            yield f"{material.name}：{'；'.join(begun or ['不再适用：', *ended])}"
