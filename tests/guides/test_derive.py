"""Calculated facts: each formula gives its value with the steps in words, and None where nothing is settled."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides.derive import FormulaInvalid, derive
from guides.model import Citation, Derived, FactKind, Formula, Parameter
from guides.situation import DateRange

HERE = Citation(source="a_law", locator="第一条")


def _parameter(name: str, value: float | str | dict[str, float]) -> Parameter:
    return Parameter(name=name, value=value, citation=HERE)


DELAY = (
    _parameter("original_age_years", {"a": 60, "b": 50}),
    _parameter("cap_age_years", {"a": 63, "b": 55}),
    _parameter("step_months", {"a": 4, "b": 2}),
    _parameter("start_month", "2025-01"),
    _parameter("flexible_years", 3),
)


def _derived(by: Formula, *inputs: str, parameters: tuple[Parameter, ...] = (), unit: str = "") -> Derived:
    return Derived(
        fact="it",
        label="它",
        kind=FactKind.MONTH,
        by=by,
        inputs=inputs,
        parameters=parameters,
        unit=unit,
        citation=HERE,
    )


def _month(gives: str) -> Derived:
    return _derived(Formula.DELAYED_RETIREMENT, "born", "kind", parameters=(*DELAY, _parameter("gives", gives)))


def test_statutory_month_is_told_step_by_step():
    result = derive(_month("statutory"), {"born": date(1965, 6, 20), "kind": "a"})
    assert result.value == date(2025, 8, 1)
    assert result.steps == (
        "1965年6月出生，到2025年6月满原法定退休年龄60周岁",
        "从2025年1月起每4个月延迟1个月，您这个月份延迟2个月",
        "法定退休年龄60周岁2个月，在2025年8月",
    )


def test_nothing_is_delayed_when_the_original_age_came_before_the_start():
    result = derive(_month("statutory"), {"born": date(1964, 12, 31), "kind": "a"})
    assert result.value == date(2024, 12, 1)
    assert result.steps[-1] == "2025年1月以前已满原法定退休年龄，不延迟"


def test_the_cap_is_said_aloud():
    result = derive(_month("statutory"), {"born": date(1984, 11, 1), "kind": "b"})
    assert result.value == date(2039, 11, 1)
    assert "已到上限" in result.steps[1]


@pytest.mark.parametrize(
    ("kind", "born", "earliest", "latest"),
    [
        ("a", date(1965, 1, 1), date(2025, 1, 1), date(2028, 2, 1)),
        ("a", date(1976, 9, 1), date(2036, 9, 1), date(2042, 9, 1)),
        ("b", date(1984, 11, 1), date(2036, 11, 1), date(2042, 11, 1)),
        ("b", date(1976, 11, 1), date(2026, 11, 1), date(2030, 11, 1)),
    ],
)
def test_flexible_bounds_keep_three_years_and_the_original_age(kind, born, earliest, latest):
    assert derive(_month("earliest"), {"born": born, "kind": kind}).value == earliest
    assert derive(_month("latest"), {"born": born, "kind": kind}).value == latest


@given(st.dates(date(1950, 1, 1), date(2000, 12, 31)), st.sampled_from(["a", "b"]))
def test_earliest_statutory_and_latest_stand_in_order(born, kind):
    facts = {"born": born, "kind": kind}
    months = [derive(_month(gives), facts).value for gives in ("earliest", "statutory", "latest")]
    assert all(isinstance(month, date) for month in months)
    assert months == sorted(months, key=str)


def test_a_birth_known_only_within_months_gives_a_range():
    result = derive(_month("statutory"), {"born": DateRange(date(1965, 3, 2), date(1965, 6, 1)), "kind": "a"})
    assert result.value == DateRange(date(2025, 4, 1), date(2025, 8, 1))
    assert result.steps[0].startswith("出生年月只知道在1965年3月到1965年6月之间")


def test_missing_inputs_settle_nothing():
    assert derive(_month("statutory"), {"born": date(1965, 1, 1)}).value is None


def test_an_input_of_another_kind_settles_nothing_and_says_why():
    result = derive(_month("statutory"), {"born": "1965", "kind": "a"})
    assert result.value is None
    assert result.steps == ("需要先知道出生年月和人员类别",)


@pytest.mark.parametrize(
    ("parameters", "complaint"),
    [
        (DELAY[1:], "缺少参数 original_age_years"),
        ((*DELAY, _parameter("gives", "soon")), "soon"),
        ((_parameter("original_age_years", {"b": 50}), *DELAY[1:]), "没有 a 这一项"),
        ((_parameter("original_age_years", 60), *DELAY[1:]), "要写成表"),
        ((*DELAY[:4], _parameter("flexible_years", "three")), "要写数字"),
        ((*DELAY, _parameter("gives", 1)), "要写文字"),
    ],
)
def test_a_broken_rule_of_delay_is_refused(parameters, complaint):
    broken = _derived(Formula.DELAYED_RETIREMENT, "born", "kind", parameters=parameters)
    with pytest.raises(FormulaInvalid, match=complaint):
        derive(broken, {"born": date(1970, 1, 1), "kind": "a"})


YEARS = _derived(
    Formula.BY_YEAR, "when", unit="年", parameters=(_parameter("by_year", {"2029": 15, "2030": 15.5, "2039": 20}),)
)


@pytest.mark.parametrize(
    ("when", "years"),
    [
        (date(2012, 5, 1), 15),
        (date(2029, 12, 31), 15),
        (date(2030, 1, 1), 15.5),
        (date(2036, 1, 1), 15.5),
        (date(2060, 1, 1), 20),
        (DateRange.month(2030, 7), 15.5),
    ],
)
def test_the_amount_of_a_year_is_the_one_last_set(when, years):
    assert derive(YEARS, {"when": when}).value == years


def test_a_date_that_may_lie_in_either_of_two_years_settles_nothing_where_they_differ():
    result = derive(YEARS, {"when": DateRange(date(2029, 12, 1), date(2030, 1, 31))})
    assert result.value is None
    assert result.steps == ("2029年是15年，2030年是15.5年",)


ENOUGH = _derived(Formula.AT_LEAST, "have", "need", unit="年")


@pytest.mark.parametrize(("have", "need", "enough"), [(15, 15, True), (14.5, 15, False), (20.0, 15.5, True)])
def test_enough_years(have, need, enough):
    result = derive(ENOUGH, {"have": have, "need": need})
    assert result.value is enough
    assert result.steps == (f"您有{have:g}年，要满{need:g}年",)


@pytest.mark.parametrize(
    ("have", "need", "enough"),
    [
        (date(2026, 11, 30), date(2026, 11, 1), True),
        (date(2026, 10, 31), date(2026, 11, 1), False),
        (DateRange.month(2026, 11), date(2026, 11, 1), True),
        (DateRange(date(2026, 10, 1), date(2026, 12, 1)), date(2026, 11, 1), None),
        (date(2026, 11, 1), "soon", None),
        (True, 1, None),
    ],
)
def test_months_are_compared_as_months(have, need, enough):
    assert derive(ENOUGH, {"have": have, "need": need}).value is enough
