"""A person's situation: facts with where they come from. A missing fact is not a "no"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum


class Unsure(StrEnum):
    """The person was asked and does not know (不清楚); stays unknown, but is not asked again."""

    UNSURE = "unknown"


UNSURE = Unsure.UNSURE


@dataclass(frozen=True, slots=True)
class DateRange:
    """A date known only within bounds ("上周"), both included."""

    earliest: date
    latest: date

    def __post_init__(self) -> None:
        if self.earliest > self.latest:
            raise ValueError("earliest must not be after latest")

    @classmethod
    def month(cls, year: int, month: int) -> DateRange:
        """All days of one month."""
        first = date(year, month, 1)
        following = date(year + month // 12, month % 12 + 1, 1)
        return cls(first, following - timedelta(days=1))


FactValue = bool | str | float | date | DateRange | Unsure


class Origin(StrEnum):
    """Where a fact comes from."""

    STATED = "stated"
    """Said or chosen by the person."""
    ASSUMED = "assumed"
    """A default of the guide, shown as such."""
    READ_FROM = "read_from"
    """Read from an uploaded document and confirmed by the person."""
    CONFIRMED_BY_STAFF = "confirmed_by_staff"
    DERIVED = "derived"


@dataclass(frozen=True, slots=True)
class Fact:
    """A value with its origin and, where it was read from a sentence, the person's own words."""

    value: FactValue
    origin: Origin = Origin.STATED
    words: str = ""


@dataclass(frozen=True, slots=True)
class Situation:
    """Facts by name; immutable, `with_fact` gives a changed copy."""

    facts: Mapping[str, Fact] = field(default_factory=dict)

    def __iter__(self) -> Iterator[str]:
        return iter(self.facts)

    def value(self, name: str) -> FactValue | None:
        """Give the value, or None when the fact was never mentioned."""
        fact = self.facts.get(name)
        return None if fact is None else fact.value

    def with_fact(self, name: str, fact: Fact) -> Situation:
        """Give a copy in which `name` is `fact`."""
        return Situation({**self.facts, name: fact})

    def without(self, name: str) -> Situation:
        """Give a copy in which `name` was never mentioned."""
        return Situation({key: fact for key, fact in self.facts.items() if key != name})

    @classmethod
    def of(cls, **values: FactValue) -> Situation:
        """Build a situation of stated facts."""
        return cls({name: Fact(value) for name, value in values.items()})


_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})$")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})$")


def parse_day(text: str) -> DateRange | date:
    """Read "2026-11-15", "2026-11" (the whole month) or "2026-11-09/2026-11-15"; raises ValueError otherwise."""
    if "/" in text:
        first, last = (parse_day(part) for part in text.split("/", 1))
        return DateRange(_first(first), _last(last))
    if match := _DAY.match(text.strip()):
        return date(*(int(part) for part in match.groups()))
    if match := _MONTH.match(text.strip()):
        return DateRange.month(int(match[1]), int(match[2]))
    raise ValueError(f"日期请写成 2026-11-15 或 2026-11：{text}")


def _first(day: date | DateRange) -> date:
    return day.earliest if isinstance(day, DateRange) else day


def _last(day: date | DateRange) -> date:
    return day.latest if isinstance(day, DateRange) else day


def bounds(day: date | DateRange) -> tuple[date, date]:
    """Give the first and last possible day."""
    return _first(day), _last(day)


def plain(value: FactValue) -> bool | float | str:
    """Give the value as JSON carries it; `parse_day` reads dates back."""
    if isinstance(value, DateRange):
        return f"{value.earliest.isoformat()}/{value.latest.isoformat()}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Unsure):
        return value.value
    return value
