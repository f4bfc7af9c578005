"""Values as people read them."""

from __future__ import annotations

from datetime import date

from guides.model import FactKind, Question
from guides.situation import DateRange, FactValue
from prereview.model import Report
from prereview.wording import Wording


def chinese_day(day: date) -> str:
    """Give 2026年11月21日."""
    return f"{day.year}年{day.month}月{day.day}日"


def readiness_words(report: Report, wording: Wording) -> str:
    """Give the one sentence on top of a report: ready, or the gravest thing that is open."""
    return wording.readiness[report.open_things[0] if report.open_things else "ready"]


def masked(number: str) -> str:
    """Give a personal number with its middle hidden: 9901**********7266."""
    return number if len(number) < 9 else number[:4] + "*" * (len(number) - 8) + number[-4:]


def fact_words(question: Question, value: FactValue) -> str:
    """Give the value of a fact in the words of its question."""
    if isinstance(value, DateRange):
        return f"{chinese_day(value.earliest)}至{chinese_day(value.latest)}"
    if isinstance(value, date):
        return chinese_day(value)
    if question.kind is FactKind.ONE_OF:
        return next((option.label for option in question.options if option.value == value), str(value))
    if isinstance(value, bool):
        return "是" if value else "不是"
    return f"{value}{question.unit}"
