"""Small values in words: dates, moments, places in a source, numbers."""

from __future__ import annotations

from datetime import date, datetime

_SECTIONS = {
    "materialList": "申请材料：{}",
    "guideCondition": "办理条件第 {} 条",
    "questionInfo": "常见问题：{}",
    "approveList": "联办事项：{}",
    "guidePoint": "办理地点：{}",
    "basicInfo": "基本信息：{}",
    "onethingCatalogStandServiceGuide": "标准指南：{}",
}


def day(value: date) -> str:
    """Say a date as people write it: 2026年11月21日."""
    return f"{value.year}年{value.month}月{value.day}日"


def moment(value: datetime) -> str:
    """Say a date and time as people write it: 2026年11月21日 14:05."""
    return f"{day(value)} {value:%H:%M}"


def place(locator: str) -> str:
    """Say where in a source: clauses as they are, entries of an official guide by the name of their section."""
    section, _, rest = locator.partition("/")
    return _SECTIONS[section].format(rest) if section in _SECTIONS and rest else locator


def number(value: float) -> str:
    """Say a number without a needless fraction."""
    return f"{value:g}"
