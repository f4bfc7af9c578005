"""Facts, cells and conditions in Chinese that a jurist can read aloud."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from guides.cells import cut_of, labels_of, measure_of
from guides.condition import (
    Age,
    All,
    Always,
    AnyOf,
    Compare,
    Condition,
    DateCompare,
    Holds,
    Is,
    Not,
    OneOf,
    OnRoute,
)
from guides.model import Derived, FactKind, Guide, Question
from guides.situation import DateRange, FactValue, Unsure


def say_value(asked: Question | Derived, value: FactValue, *, brief: bool = False) -> str:
    """Give a fact's value as people read it: 长沙家庭户, 是, 2025年5月, 12年; `brief` where there is little room."""
    if isinstance(value, Unsure):
        return "不清楚"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, str):
        options = asked.options if isinstance(asked, Question) else ()
        chosen = next((option for option in options if option.value == value), None)
        if chosen is None:
            return value
        return (chosen.short or chosen.label) if brief else chosen.label
    if isinstance(value, DateRange):
        return _span(asked, value)
    if isinstance(value, date):
        return _day(asked, value)
    return f"{value:g}{asked.unit}"


def _span(asked: Question | Derived, value: DateRange) -> str:
    first, last = value.earliest, value.latest
    if _is_month(value):
        return f"{first.year}年{first.month}月"
    if (first.year, first.month) == (last.year, last.month):
        return f"{_day(asked, first)}至{last.day}日"
    return f"{_day(asked, first)}至{_day(asked, last)}"


def _day(asked: Question | Derived, day: date) -> str:
    if asked.kind is FactKind.MONTH:
        return f"{day.year}年{day.month}月"
    return f"{day.year}年{day.month}月{day.day}日"


def _is_month(value: DateRange) -> bool:
    return value == DateRange.month(value.earliest.year, value.earliest.month)


def say_situation(asked: Mapping[str, Question | Derived], cells: Mapping[str, str]) -> str:
    """Give a situation as one sentence: 妈妈户口：外省；孩子出生多久：不超过6个月。"""
    parts = [f"{name_of(asked[fact])}：{label}" for fact, label in cells.items()]
    return "；".join(parts) if parts else "任何情况"


def name_of(asked: Question | Derived) -> str:
    """Name a fact in a few characters."""
    if isinstance(asked, Derived):
        return asked.label
    return asked.short or asked.ask.rstrip("？?")


def say_condition(guide: Guide, condition: Condition) -> str:
    """Give a condition as a jurist would say it; names of conditions and routes are said, not unfolded."""
    asked: dict[str, Question | Derived] = {q.fact: q for q in guide.questions} | {d.fact: d for d in guide.derived}
    match condition:
        case Always(always=always):
            return "任何情况" if always else "从不"
        case All(all=parts):
            return "，并且".join(_inner(guide, part) for part in parts)
        case AnyOf(any=parts):
            return "，或者".join(_inner(guide, part) for part in parts)
        case Not(not_=part):
            return f"不属于（{say_condition(guide, part)}）"
        case Holds(holds=name):
            return next(c.say for c in guide.conditions if c.name == name)
        case OnRoute(route=route):
            wanted = (route,) if isinstance(route, str) else route
            return "走" + "或".join(f"“{r.title}”" for r in guide.routes if r.id in wanted)
        case Is(fact=fact, is_=value):
            return f"{name_of(asked[fact])}：{say_value(asked[fact], value)}"
        case OneOf(fact=fact, one_of=values):
            return f"{name_of(asked[fact])}：{'或'.join(say_value(asked[fact], value) for value in values)}"
        case Compare(fact=fact) | DateCompare(fact=fact) | Age(age_of=fact):
            return f"{name_of(asked[fact])}{_bound(asked[fact], condition)}"


def _inner(guide: Guide, part: Condition) -> str:
    said = say_condition(guide, part)
    return f"（{said}）" if isinstance(part, All | AnyOf) else said


def _bound(asked: Question | Derived, condition: Condition) -> str:
    """Say the side of the bound on which the condition holds, in the words of the cells."""
    found = measure_of(condition)
    if found is None or not isinstance(condition, Compare | DateCompare | Age):
        raise AssertionError("only comparisons have a bound")
    cut, above = cut_of(condition)
    below_name, above_name = labels_of(asked, found[1], (cut,))
    return above_name if above else below_name
