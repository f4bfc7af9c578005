"""Days as people name them, counted from the day they plan to go."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reading.dates import find_dates
from assistant.reading.numbers import find_numbers, to_number

ON = date(2026, 11, 22)


def spans(text: str, on: date = ON) -> list[str]:
    return [f"{found.days.earliest}/{found.days.latest}" for found in find_dates(text, on)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我家宝宝上周在长沙出生", "2026-11-09/2026-11-15"),
        ("上上周三生的", "2026-11-04/2026-11-04"),
        ("三天前生的", "2026-11-19/2026-11-19"),
        ("前天出生", "2026-11-20/2026-11-20"),
        ("娃三天大", "2026-11-19/2026-11-20"),
        ("孩子8月15号生的", "2026-08-15/2026-08-15"),
        ("12月3号生的", "2025-12-03/2025-12-03"),
        ("去年八月十五号出生", "2025-08-15/2025-08-15"),
        ("2026年11月3日出生", "2026-11-03/2026-11-03"),
        ("我75年3月的女工人啥时候能退", "1975-03-01/1975-03-31"),
        ("一九七五年三月", "1975-03-01/1975-03-31"),
        ("1976.9出生", "1976-09-01/1976-09-30"),
        ("19841105", "1984-11-05/1984-11-05"),
        ("孩子五个月大了", "2026-05-23/2026-06-22"),
        ("快满半岁", "2026-05-23/2026-07-22"),
        ("超过六个月", "2008-11-22/2026-05-21"),
        ("半岁以内", "2026-05-23/2026-11-22"),
        ("刚满月", "2026-09-23/2026-10-22"),
        ("我今年50岁", "1975-11-23/1976-11-22"),
        ("上个月15号", "2026-10-15/2026-10-15"),
        ("15号生的", "2026-11-15/2026-11-15"),
    ],
)
def test_days_in_words(text: str, expected: str) -> None:
    assert expected in spans(text)


@pytest.mark.parametrize("text", ["差两年不够15年", "二十平的小店", "坐2号线去", "2月30号", "1975年13月", "打12345"])
def test_what_is_no_day(text: str) -> None:
    assert spans(text) == []


@given(st.dates(date(1940, 1, 1), ON))
def test_a_full_date_reads_back(day: date) -> None:
    for text in (f"{day.year}年{day.month}月{day.day}日生", f"生日是{day.isoformat()}。", f"{day:%Y.%m.%d}出生"):
        assert spans(text) == [f"{day}/{day}"]


@given(st.integers(1, 300), st.dates(date(2024, 1, 1), date(2030, 12, 31)))
def test_days_ago_are_exact(days: int, on: date) -> None:
    expected = on - timedelta(days=days)
    assert spans(f"{days}天前出生的", on) == [f"{expected}/{expected}"]


@given(st.text(max_size=60), st.dates(date(2024, 1, 1), date(2030, 12, 31)))
def test_any_text_can_be_read(text: str, on: date) -> None:
    for found in find_dates(text, on):
        assert found.words in text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("二十", 20),
        ("四十", 40),
        ("两", 2),
        ("一百二", 120),
        ("一百零二", 102),
        ("1.5万", 15000),
        ("半", 0.5),
        ("十五", 15),
    ],
)
def test_numerals(text: str, value: float) -> None:
    assert to_number(text) == value


def test_a_number_keeps_its_unit_and_words() -> None:
    found = find_numbers("二十平的小店，6张桌子")
    assert [(number.value, number.unit, number.words) for number in found] == [(20, "平", "二十平"), (6, "张", "6张")]


@given(st.integers(1, 99_999))
def test_figures_read_back(number: int) -> None:
    assert to_number(str(number)) == number
