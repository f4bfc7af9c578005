"""Facts, cells and conditions in Chinese that a jurist can read aloud."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from guides.model import Derived, FactKind, Question
from guides.situation import DateRange, FactValue, Unsure


def say_value(asked: Question | Derived, value: FactValue) -> str:
    """Give a fact's value as people read it: 长沙家庭户, 是, 2025年5月, 12年."""
    if isinstance(value, Unsure):
        return "不清楚"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, str):
        options = asked.options if isinstance(asked, Question) else ()
        return next((option.label for option in options if option.value == value), value)
    if isinstance(value, DateRange):
        return (
            f"{_day(asked, value.earliest)}至{_day(asked, value.latest)}"
            if not _is_month(value)
            else (f"{value.earliest.year}年{value.earliest.month}月")
        )
    if isinstance(value, date):
        return _day(asked, value)
    return f"{value:g}{asked.unit}"


def _day(asked: Question | Derived, day: date) -> str:
    if asked.kind is FactKind.MONTH:
        return f"{day.year}年{day.month}月"
    return f"{day.year}年{day.month}月{day.day}日"


def _is_month(value: DateRange) -> bool:
    return value == DateRange.month(value.earliest.year, value.earliest.month)


def say_situation(asked: Mapping[str, Question | Derived], cells: Mapping[str, str]) -> str:
    """Give a situation as one sentence: 妈妈户口：外省；孩子出生多久：不超过6个月。"""
    parts = [f"{_name(asked[fact])}：{label}" for fact, label in cells.items()]
    return "；".join(parts) if parts else "任何情况"


def _name(asked: Question | Derived) -> str:
    if isinstance(asked, Derived):
        return asked.label
    return asked.short or asked.ask.rstrip("？?")
