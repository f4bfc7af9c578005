"""Calculations a guide may name for a derived fact, each told step by step as 测算，以核定为准.

Every number of the law comes from the guide's own parameters (`Derived.parameters`), none is written here. Months are
given as their first day. What cannot be computed from the inputs is None, with the reason in words; a broken guide
(a parameter missing or of the wrong kind) raises FormulaInvalid.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from guides.model import Derived, Formula
from guides.situation import DateRange, FactValue, bounds


class FormulaInvalid(ValueError):
    """A derived fact of a guide lacks a parameter of its formula, or carries one of the wrong kind: mend the guide."""


@dataclass(frozen=True, slots=True)
class DerivedResult:
    """A computed fact, or None where the inputs do not settle it, and the steps as people read them."""

    value: FactValue | None
    steps: tuple[str, ...]


def derive(derived: Derived, inputs: Mapping[str, FactValue]) -> DerivedResult:
    """Compute a derived fact from its known inputs (by fact name); dates may be ranges, months are any day in them."""
    if any(name not in inputs for name in derived.inputs):
        return DerivedResult(None, ())
    return _FORMULAS[derived.by](derived, [inputs[name] for name in derived.inputs])


# --- 渐进式延迟法定退休年龄 ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DelayRule:
    """The rule of delay for one category, in months; `start` counts months since year 0."""

    original: int
    step: int
    cap: int
    start: int

    def delay(self, birth: int) -> int:
        """Give the months of delay for a month of birth: one per begun step from the start, up to the cap."""
        late = birth + self.original - self.start
        return min(late // self.step + 1, self.cap - self.original) if late >= 0 else 0


@dataclass(frozen=True, slots=True)
class RetirementMonths:
    """The months (since year 0) that follow from a month of birth."""

    original: int
    statutory: int
    earliest: int
    latest: int

    def named(self, name: str) -> int:
        """Give one of them; raises FormulaInvalid for an unknown name."""
        match name:
            case "statutory":
                return self.statutory
            case "earliest":
                return self.earliest
            case "latest":
                return self.latest
        raise FormulaInvalid(f"参数 gives 只能写 statutory、earliest 或 latest，写的是 {name}")


def _delayed_retirement(derived: Derived, values: list[FactValue]) -> DerivedResult:
    born, category = values
    if not isinstance(category, str) or not isinstance(born, (date, DateRange)):
        return DerivedResult(None, ("需要先知道出生年月和人员类别",))
    rule = _delay_rule(derived, category)
    flexible = round(12 * _number(derived, "flexible_years")) if _has(derived, "flexible_years") else 0
    wanted = _text(derived, "gives") if _has(derived, "gives") else "statutory"
    first, last = (_month_of(day) for day in bounds(born))
    low, high = (_retirement_months(rule, month, flexible).named(wanted) for month in (first, last))
    value: FactValue = _first_day(low) if low == high else DateRange(_first_day(low), _first_day(high))
    steps = _delay_steps(rule, first, flexible, wanted)
    if first != last:
        steps = (f"出生年月只知道在{_say_month(first)}到{_say_month(last)}之间，下面按最早的一个月算", *steps)
    return DerivedResult(value, steps)


def _delay_rule(derived: Derived, category: str) -> DelayRule:
    year, month = (int(part) for part in _text(derived, "start_month").split("-"))
    return DelayRule(
        original=round(12 * _entry(derived, "original_age_years", category)),
        step=round(_entry(derived, "step_months", category)),
        cap=round(12 * _entry(derived, "cap_age_years", category)),
        start=year * 12 + month - 1,
    )


def _retirement_months(rule: DelayRule, birth: int, flexible: int) -> RetirementMonths:
    original = birth + rule.original
    statutory = original + rule.delay(birth)
    return RetirementMonths(original, statutory, max(original, statutory - flexible), statutory + flexible)


def _delay_steps(rule: DelayRule, birth: int, flexible: int, wanted: str) -> tuple[str, ...]:
    months = _retirement_months(rule, birth, flexible)
    original_age = _say_age(rule.original)
    steps = [f"{_say_month(birth)}出生，到{_say_month(months.original)}满原法定退休年龄{original_age}"]
    delay = months.statutory - months.original
    if delay == 0:
        steps.append(f"{_say_month(rule.start)}以前已满原法定退休年龄，不延迟")
    else:
        capped = "，已到上限" if rule.original + delay == rule.cap else ""
        steps.append(f"从{_say_month(rule.start)}起每{rule.step}个月延迟1个月，您这个月份延迟{delay}个月{capped}")
        steps.append(f"法定退休年龄{_say_age(rule.original + delay)}，在{_say_month(months.statutory)}")
    if wanted == "earliest":
        steps.append(f"弹性提前最多{flexible // 12}年，且不早于原法定退休年龄：最早{_say_month(months.earliest)}")
    if wanted == "latest":
        steps.append(f"弹性延迟最多{flexible // 12}年：最晚{_say_month(months.latest)}")
    return tuple(steps)


# --- 按年份查表 ------------------------------------------------------------


def _by_year(derived: Derived, values: list[FactValue]) -> DerivedResult:
    (when,) = values
    if not isinstance(when, (date, DateRange)):
        return DerivedResult(None, ("需要先知道是哪一年",))
    table = {int(year): float(amount) for year, amount in _table(derived, "by_year").items()}
    first, last = bounds(when)
    low, high = _in_table(table, first.year), _in_table(table, last.year)
    if low != high:
        return DerivedResult(None, (f"{first.year}年是{low:g}{derived.unit}，{last.year}年是{high:g}{derived.unit}",))
    return DerivedResult(low, (f"{first.year}年，{derived.label}为{low:g}{derived.unit}",))


def _in_table(table: Mapping[int, float], year: int) -> float:
    """Give the amount of the year: before the first year its amount, after that the one last set."""
    years = sorted(table)
    for begun, following in pairwise(years):
        if year < following:
            return table[begun]
    return table[years[-1]]


# --- 够不够 ------------------------------------------------------------


def _at_least(derived: Derived, values: list[FactValue]) -> DerivedResult:
    value, needed = values
    if isinstance(value, (date, DateRange)) and isinstance(needed, (date, DateRange)):
        return _month_at_least(value, needed)
    if not _is_number(value) or not _is_number(needed):
        return DerivedResult(None, ("这两项不能比较",))
    have, need = float(str(value)), float(str(needed))
    return DerivedResult(have >= need, (f"您有{have:g}{derived.unit}，要满{need:g}{derived.unit}",))


def _month_at_least(value: date | DateRange, needed: date | DateRange) -> DerivedResult:
    low, high = (_month_of(day) for day in bounds(value))
    need_low, need_high = (_month_of(day) for day in bounds(needed))
    step = f"您说的是{_say_month(low)}，要不早于{_say_month(need_low)}"
    if low >= need_high:
        return DerivedResult(True, (step,))
    if high < need_low:
        return DerivedResult(False, (step,))
    return DerivedResult(None, ("月份还不够具体，比不出先后",))


_FORMULAS: Mapping[Formula, Callable[[Derived, list[FactValue]], DerivedResult]] = {
    Formula.DELAYED_RETIREMENT: _delayed_retirement,
    Formula.BY_YEAR: _by_year,
    Formula.AT_LEAST: _at_least,
}


# --- parameters and words ------------------------------------------------------------


def _has(derived: Derived, name: str) -> bool:
    return any(parameter.name == name for parameter in derived.parameters)


def _parameter(derived: Derived, name: str) -> float | str | dict[str, float] | dict[str, int]:
    for parameter in derived.parameters:
        if parameter.name == name:
            return parameter.value
    raise FormulaInvalid(f"{derived.fact}：缺少参数 {name}")


def _number(derived: Derived, name: str) -> float:
    value = _parameter(derived, name)
    if not isinstance(value, (int, float)):
        raise FormulaInvalid(f"{derived.fact}：参数 {name} 要写数字")
    return float(value)


def _text(derived: Derived, name: str) -> str:
    value = _parameter(derived, name)
    if not isinstance(value, str):
        raise FormulaInvalid(f"{derived.fact}：参数 {name} 要写文字")
    return value


def _table(derived: Derived, name: str) -> Mapping[str, float]:
    value = _parameter(derived, name)
    if not isinstance(value, dict) or not value:
        raise FormulaInvalid(f"{derived.fact}：参数 {name} 要写成表")
    return {key: float(amount) for key, amount in value.items()}


def _entry(derived: Derived, name: str, key: str) -> float:
    table = _table(derived, name)
    if key not in table:
        raise FormulaInvalid(f"{derived.fact}：参数 {name} 没有 {key} 这一项")
    return table[key]


def _is_number(value: FactValue) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _month_of(day: date) -> int:
    return day.year * 12 + day.month - 1


def _first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _say_month(month: int) -> str:
    return f"{month // 12}年{month % 12 + 1}月"


def _say_age(months: int) -> str:
    years, rest = divmod(months, 12)
    return f"{years}周岁{rest}个月" if rest else f"{years}周岁"
