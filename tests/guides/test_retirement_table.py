"""The retirement month of every month of birth from 1960-01 to 1990-12, against the published tables.

Source: 全国人民代表大会常务委员会关于实施渐进式延迟法定退休年龄的决定 (2024-09-13), annexes 1 to 3 (男职工;
原法定退休年龄五十五周岁的女职工; 原法定退休年龄五十周岁的女职工), https://www.gov.cn/yaowen/liebiao/202409/content_6974294.htm.
The annexes list every month; here each group of months that share an age is one entry, written out by hand: first
month of birth, age in years and months. Single lines (month of birth, month of retirement), among them the first and
last of each annex as reprinted by others, are checked besides.
"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides.derive import derive
from guides.library import load_library
from guides.model import Derived
from guides.situation import DateRange

MEN = """
1965-01 60-1  1965-05 60-2  1965-09 60-3
1966-01 60-4  1966-05 60-5  1966-09 60-6
1967-01 60-7  1967-05 60-8  1967-09 60-9
1968-01 60-10 1968-05 60-11 1968-09 61-0
1969-01 61-1  1969-05 61-2  1969-09 61-3
1970-01 61-4  1970-05 61-5  1970-09 61-6
1971-01 61-7  1971-05 61-8  1971-09 61-9
1972-01 61-10 1972-05 61-11 1972-09 62-0
1973-01 62-1  1973-05 62-2  1973-09 62-3
1974-01 62-4  1974-05 62-5  1974-09 62-6
1975-01 62-7  1975-05 62-8  1975-09 62-9
1976-01 62-10 1976-05 62-11 1976-09 63-0
"""

WOMEN_55 = """
1970-01 55-1  1970-05 55-2  1970-09 55-3
1971-01 55-4  1971-05 55-5  1971-09 55-6
1972-01 55-7  1972-05 55-8  1972-09 55-9
1973-01 55-10 1973-05 55-11 1973-09 56-0
1974-01 56-1  1974-05 56-2  1974-09 56-3
1975-01 56-4  1975-05 56-5  1975-09 56-6
1976-01 56-7  1976-05 56-8  1976-09 56-9
1977-01 56-10 1977-05 56-11 1977-09 57-0
1978-01 57-1  1978-05 57-2  1978-09 57-3
1979-01 57-4  1979-05 57-5  1979-09 57-6
1980-01 57-7  1980-05 57-8  1980-09 57-9
1981-01 57-10 1981-05 57-11 1981-09 58-0
"""

WOMEN_50 = """
1975-01 50-1  1975-03 50-2  1975-05 50-3  1975-07 50-4  1975-09 50-5  1975-11 50-6
1976-01 50-7  1976-03 50-8  1976-05 50-9  1976-07 50-10 1976-09 50-11 1976-11 51-0
1977-01 51-1  1977-03 51-2  1977-05 51-3  1977-07 51-4  1977-09 51-5  1977-11 51-6
1978-01 51-7  1978-03 51-8  1978-05 51-9  1978-07 51-10 1978-09 51-11 1978-11 52-0
1979-01 52-1  1979-03 52-2  1979-05 52-3  1979-07 52-4  1979-09 52-5  1979-11 52-6
1980-01 52-7  1980-03 52-8  1980-05 52-9  1980-07 52-10 1980-09 52-11 1980-11 53-0
1981-01 53-1  1981-03 53-2  1981-05 53-3  1981-07 53-4  1981-09 53-5  1981-11 53-6
1982-01 53-7  1982-03 53-8  1982-05 53-9  1982-07 53-10 1982-09 53-11 1982-11 54-0
1983-01 54-1  1983-03 54-2  1983-05 54-3  1983-07 54-4  1983-09 54-5  1983-11 54-6
1984-01 54-7  1984-03 54-8  1984-05 54-9  1984-07 54-10 1984-09 54-11 1984-11 55-0
"""

TABLES = {"male": MEN, "female_55": WOMEN_55, "female_50": WOMEN_50}
ORIGINAL = {"male": 60, "female_55": 55, "female_50": 50}

LINES = [
    ("male", "1960-11", "2020-11"), ("male", "1963-09", "2023-09"), ("male", "1964-12", "2024-12"),
    ("male", "1965-01", "2025-02"), ("male", "1965-02", "2025-03"), ("male", "1965-03", "2025-04"),
    ("male", "1965-04", "2025-05"), ("male", "1965-05", "2025-07"), ("male", "1965-06", "2025-08"),
    ("male", "1965-08", "2025-10"), ("male", "1965-09", "2025-12"), ("male", "1965-11", "2026-02"),
    ("male", "1965-12", "2026-03"), ("male", "1966-01", "2026-05"), ("male", "1967-05", "2028-01"),
    ("male", "1968-09", "2029-09"), ("male", "1972-09", "2034-09"), ("male", "1976-08", "2039-07"),
    ("male", "1976-09", "2039-09"), ("male", "1976-12", "2039-12"), ("male", "1980-05", "2043-05"),
    ("female_55", "1969-12", "2024-12"), ("female_55", "1970-01", "2025-02"), ("female_55", "1970-05", "2025-07"),
    ("female_55", "1971-04", "2026-08"), ("female_55", "1981-08", "2039-07"), ("female_55", "1981-09", "2039-09"),
    ("female_55", "1981-12", "2039-12"), ("female_55", "1990-06", "2048-06"),
    ("female_50", "1974-12", "2024-12"), ("female_50", "1975-01", "2025-02"), ("female_50", "1975-02", "2025-03"),
    ("female_50", "1975-03", "2025-05"), ("female_50", "1975-11", "2026-05"), ("female_50", "1984-10", "2039-09"),
    ("female_50", "1984-11", "2039-11"), ("female_50", "1984-12", "2039-12"), ("female_50", "1990-12", "2045-12"),
]  # fmt: skip

CALCULATOR = [
    ("male", "1965-01", "2025-02"), ("male", "1966-01", "2026-05"), ("male", "1975-06", "2038-02"),
    ("male", "1988-09", "2051-09"),
    ("female_55", "1970-01", "2025-02"), ("female_55", "1970-06", "2025-08"), ("female_55", "1970-09", "2025-12"),
    ("female_55", "1971-06", "2026-11"), ("female_55", "1988-09", "2046-09"),
    ("female_50", "1975-01", "2025-02"), ("female_50", "1975-06", "2025-09"), ("female_50", "1976-06", "2027-03"),
    ("female_50", "1977-01", "2028-02"), ("female_50", "1984-11", "2039-11"), ("female_50", "1988-09", "2043-09"),
]  # fmt: skip
"""Answers of the 电子社保卡 calculator, as written down at https://blog.csdn.net/qq_22385935/article/details/142263821."""

MINIMUM_YEARS = {
    2025: 15, 2026: 15, 2029: 15, 2030: 15.5, 2031: 16, 2032: 16.5, 2033: 17, 2034: 17.5, 2035: 18, 2036: 18.5,
    2037: 19, 2038: 19.5, 2039: 20, 2040: 20, 2048: 20,
}  # fmt: skip


def _derived(fact: str) -> Derived:
    guide = load_library().find("retirement", "430100")
    assert guide is not None
    return next(derived for derived in guide.derived if derived.fact == fact)


LEGAL = _derived("legal_month")
MINIMUM = _derived("minimum_years")


def _month(text: str) -> date:
    year, month = text.split("-")
    return date(int(year), int(month), 1)


def _rows(category: str) -> list[tuple[date, int, int]]:
    words = TABLES[category].split()
    ages = [age.split("-") for age in words[1::2]]
    return [(_month(born), int(a), int(b)) for born, (a, b) in zip(words[::2], ages, strict=True)]


def _published(category: str, born: date) -> date:
    """Look the month up: the last row that has begun, or the original age before the first row."""
    years, months = ORIGINAL[category], 0
    for first, row_years, row_months in _rows(category):
        if first <= born:
            years, months = row_years, row_months
    carry, month = divmod(born.month - 1 + months, 12)
    return date(born.year + years + carry, month + 1, 1)


def _computed(category: str, born: date) -> date:
    value = derive(LEGAL, {"birth_month": born, "worker_kind": category}).value
    assert isinstance(value, date)
    return value


MONTHS = [date(year, month, 1) for year in range(1960, 1991) for month in range(1, 13)]


@pytest.mark.parametrize(("category", "rows"), [("male", 36), ("female_55", 36), ("female_50", 60)])
def test_tables_are_written_out_whole(category, rows):
    assert len(_rows(category)) == rows


@pytest.mark.parametrize("category", list(TABLES))
def test_every_month_of_birth_agrees_with_the_table(category):
    both = {born: (_computed(category, born), _published(category, born)) for born in MONTHS}
    wrong = {born: pair for born, pair in both.items() if pair[0] != pair[1]}
    assert len(MONTHS) == 372
    assert wrong == {}


@pytest.mark.parametrize(("category", "born", "retires"), LINES)
def test_single_lines_of_the_published_tables(category, born, retires):
    assert _computed(category, _month(born)) == _month(retires)
    assert _published(category, _month(born)) == _month(retires)


@pytest.mark.parametrize(("category", "born", "retires"), CALCULATOR)
def test_answers_of_the_official_calculator(category, born, retires):
    assert _computed(category, _month(born)) == _month(retires)


@pytest.mark.parametrize(("year", "years"), MINIMUM_YEARS.items())
def test_minimum_years_of_contribution(year, years):
    assert derive(MINIMUM, {"legal_month": date(year, 6, 1)}).value == years


births = st.builds(date, st.integers(1950, 2000), st.integers(1, 12), st.integers(1, 28))
categories = st.sampled_from(sorted(TABLES))


@given(categories, births, births)
def test_who_is_born_later_never_retires_earlier(category, one, other):
    first, last = sorted((one.replace(day=1), other.replace(day=1)))
    assert _computed(category, first) <= _computed(category, last)


@given(categories, births)
def test_delay_is_never_below_nothing_nor_above_the_cap(category, born):
    caps = {"male": 63, "female_55": 58, "female_50": 55}
    retires = _computed(category, born)
    months = (retires.year - born.year) * 12 + retires.month - born.month
    assert 12 * ORIGINAL[category] <= months <= 12 * caps[category]


@given(categories, births)
def test_the_day_within_the_month_does_not_matter(category, born):
    whole = DateRange.month(born.year, born.month)
    assert derive(LEGAL, {"birth_month": whole, "worker_kind": category}).value == _computed(category, born)
