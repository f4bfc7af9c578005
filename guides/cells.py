"""Facts cut into cells: the finitely many ranges of a fact between which a guide distinguishes.

A yes-no fact has two cells, a one-of fact one per option; numbers, dates and ages are cut at the bounds that the
guide's conditions name. A fact asked only in some situations has one more cell, "does not apply".
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from guides.condition import Age, Compare, Condition, DateCompare, Duration, Is, OneOf
from guides.model import Derived, FactKind, Question
from guides.situation import DateRange, FactValue, Unsure, bounds


class Measure(StrEnum):
    """What of the fact is compared."""

    CHOICE = "choice"
    NUMBER = "number"
    DAY = "day"
    AGE = "age"


@dataclass(frozen=True, slots=True, order=True)
class Cut:
    """A bound between two cells: at or above it (`strict` false) or above it (`strict` true).

    `at` is a number, an ordinal day, or for ages (months, days) packed as months * 1000 + days, which orders them as
    long as guides do not mix thirty-day months with calendar months.
    """

    at: float
    strict: bool

    def passed_by_number(self, value: float) -> bool:
        return value > self.at if self.strict else value >= self.at

    def passed_by_age(self, day: date, on: date) -> bool:
        reached = shift(day, _duration(self.at))
        return on > reached if self.strict else on >= reached


@dataclass(frozen=True, slots=True)
class Variable:
    """One fact under one measure, with its cells in order and their names in words."""

    index: int
    fact: str
    measure: Measure
    choices: tuple[str | bool, ...]
    cuts: tuple[Cut, ...]
    labels: tuple[str, ...]
    conditional: bool
    """Has a last cell "does not apply"."""

    @property
    def real_cells(self) -> int:
        return len(self.choices) if self.measure is Measure.CHOICE else len(self.cuts) + 1

    @property
    def size(self) -> int:
        return self.real_cells + self.conditional

    @property
    def not_applicable(self) -> int:
        """Index of the last cell of a conditional variable."""
        return self.real_cells

    def cells_of(self, value: FactValue, on: date) -> frozenset[int]:
        """Give the cells the value may lie in; all real cells when it says nothing.

        Raises ValueError when the value is of another kind than the fact.
        """
        if isinstance(value, Unsure):
            return frozenset(range(self.real_cells))
        if self.measure is Measure.CHOICE:
            if isinstance(value, (bool, str)) and value in self.choices:
                return frozenset({self.choices.index(value)})
            raise ValueError(f"{self.fact}：没有这个选项 {value}")
        low, high = self._cell_bounds(value, on)
        return frozenset(range(min(low, high), max(low, high) + 1))

    def _cell_bounds(self, value: FactValue, on: date) -> tuple[int, int]:
        if self.measure is Measure.NUMBER:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                raise ValueError(f"{self.fact}：请填数字")
            cell = sum(cut.passed_by_number(value) for cut in self.cuts)
            return cell, cell
        if not isinstance(value, (date, DateRange)):
            raise ValueError(f"{self.fact}：请填日期")  # noqa: TRY004 — a wrong answer, not a wrong call
        first, last = bounds(value)
        if self.measure is Measure.DAY:
            return self._day_cell(first), self._day_cell(last)
        return self._age_cell(first, on), self._age_cell(last, on)

    def _day_cell(self, day: date) -> int:
        return sum(cut.passed_by_number(day.toordinal()) for cut in self.cuts)

    def _age_cell(self, day: date, on: date) -> int:
        return sum(cut.passed_by_age(day, on) for cut in self.cuts)


def shift(day: date, by: Duration) -> date:
    """Add a duration by the calendar; the last day of a shorter month stands in for a missing one."""
    if by.days is not None:
        return day + timedelta(days=by.days)
    months = by.months if by.months is not None else 12 * (by.years or 0)
    month = day.year * 12 + day.month - 1 + months
    year, index = divmod(month, 12)
    return date(year, index + 1, min(day.day, calendar.monthrange(year, index + 1)[1]))


def cut_of(condition: Compare | DateCompare | Age) -> tuple[Cut, bool]:
    """Give the cut of a comparison and whether the condition holds above it."""
    match condition:
        case Compare(at_least=float() as at):
            return Cut(at, strict=False), True
        case Compare(more_than=float() as at):
            return Cut(at, strict=True), True
        case Compare(at_most=float() as at):
            return Cut(at, strict=True), False
        case Compare(less_than=float() as at):
            return Cut(at, strict=False), False
        case DateCompare():
            return _day_cut(condition)
        case Age():
            return _age_cut(condition)
    raise AssertionError("a comparison has exactly one bound")


def _day_cut(condition: DateCompare) -> tuple[Cut, bool]:
    if condition.on_or_after is not None:
        return Cut(condition.on_or_after.toordinal(), strict=False), True
    if condition.after is not None:
        return Cut(condition.after.toordinal(), strict=True), True
    if condition.on_or_before is not None:
        return Cut(condition.on_or_before.toordinal(), strict=True), False
    if condition.before is not None:
        return Cut(condition.before.toordinal(), strict=False), False
    raise AssertionError("a comparison has exactly one bound")


def _age_cut(condition: Age) -> tuple[Cut, bool]:
    if condition.at_least is not None:
        return Cut(_packed(condition.at_least), strict=False), True
    if condition.more_than is not None:
        return Cut(_packed(condition.more_than), strict=True), True
    if condition.at_most is not None:
        return Cut(_packed(condition.at_most), strict=True), False
    if condition.less_than is not None:
        return Cut(_packed(condition.less_than), strict=False), False
    raise AssertionError("a comparison has exactly one bound")


_MONTH = 30.4375


def _packed(by: Duration) -> float:
    """Order durations of all units on one scale; whole months stay recognisable."""
    if by.days is not None:
        return by.days + 0.25
    return (by.months if by.months is not None else 12 * (by.years or 0)) * _MONTH


def _duration(packed: float) -> Duration:
    months = packed / _MONTH
    if abs(months - round(months)) < 1e-6:
        return Duration(months=round(months))
    return Duration(days=round(packed - 0.25))


def measure_of(condition: Condition) -> tuple[str, Measure] | None:
    """Give the fact and the measure an atomic condition looks at; None for composed ones."""
    match condition:
        case Is() | OneOf():
            return condition.fact, Measure.CHOICE
        case Compare():
            return condition.fact, Measure.NUMBER
        case DateCompare():
            return condition.fact, Measure.DAY
        case Age():
            return condition.age_of, Measure.AGE
        case _:
            return None


def labels_of(asked: Question | Derived, measure: Measure, cuts: tuple[Cut, ...]) -> tuple[str, ...]:
    """Name the cells of a fact in words a jurist can read."""
    if measure is Measure.CHOICE:
        if isinstance(asked, Question) and asked.kind is FactKind.ONE_OF:
            return tuple(option.label for option in asked.options)
        return ("是", "否")
    if not cuts:
        return ("任意",)
    upper, lower = zip(*(_sides(cut, measure, asked.unit) for cut in cuts), strict=True)
    middle = [f"{lower[i]}、{upper[i + 1]}" for i in range(len(cuts) - 1)]
    return (upper[0], *middle, lower[-1])


def _sides(cut: Cut, measure: Measure, unit: str) -> tuple[str, str]:
    """Name what lies below the cut and what lies above it."""
    if measure is Measure.AGE:
        return _age_sides(cut)
    if measure is Measure.DAY:
        day = date.fromordinal(int(cut.at))
        name = f"{day.year}年{day.month}月{day.day}日"
        return (f"不晚于{name}", f"晚于{name}") if cut.strict else (f"早于{name}", f"不早于{name}")
    name = f"{cut.at:g}{unit}"
    return (f"不超过{name}", f"超过{name}") if cut.strict else (f"不满{name}", f"满{name}")


def _age_sides(cut: Cut) -> tuple[str, str]:
    by = _duration(cut.at)
    length = abs(by.days if by.days is not None else by.months or 0)
    unit = "天" if by.days is not None else "个月"
    if by.months is not None and length and length % 12 == 0:
        length, unit = length // 12, "年"
    if not length:
        return ("没到那天或正好那天", "已过那天") if cut.strict else ("还没到", "已到")
    if cut.at < 0:
        return (f"还有{length}{unit}以上", f"不到{length}{unit}就到，或已到")
    name = f"{length}{unit}"
    return (f"不超过{name}", f"超过{name}") if cut.strict else (f"不满{name}", f"满{name}")
