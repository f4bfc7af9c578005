"""Small values in words: dates, moments, places in a source, numbers."""

from __future__ import annotations

from datetime import date, datetime

from ingestion.items import LABELS
from ingestion.portal_fields import SECTIONS


def day(value: date) -> str:
    """Say a date as people write it: 2026年11月21日."""
    return f"{value.year}年{value.month}月{value.day}日"


def moment(value: datetime) -> str:
    """Say a date and time as people write it: 2026年11月21日 14:05."""
    return f"{day(value)} {value:%H:%M}"


def place(locator: str) -> str:
    """Say where in a source: clauses as they are, entries of an official guide by the names of its sections."""
    name, _, rest = locator.partition("/")
    if name in LABELS:
        return f"{LABELS[name]}第 {rest} 项" if rest else LABELS[name]
    section = SECTIONS.get(name)
    if section is None or not rest:
        return locator
    if name == "guideCondition":
        return f"{section.label}第 {rest} 条"
    return f"{section.label}：{section.used.get(rest, rest)}"


def number(value: float) -> str:
    """Say a number without a needless fraction."""
    return f"{value:g}"


def grouped_digits(value: int) -> str:
    """Say a large count so that it can be read: 14,883,266."""
    return f"{value:,}"
