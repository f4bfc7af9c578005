"""What each way of naming a day means, counted from `on`; None where the words name no day that exists.

Colloquial distances leave a span: "三个月前" is said of anything within about half a month of it. The reader shows
back what it took, and a span that the rules cannot decide on is asked for.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from assistant.reading.numbers import to_number
from guides.situation import DateRange


def shift(day: date, months: int) -> date:
    """Give the same day some months later (negative: earlier); the last day of a shorter month stands in."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def one_day(day: date) -> DateRange:
    """Give the range that is one day."""
    return DateRange(day, day)


def full_year(text: str, on: date) -> int | None:
    """Read a year; two digits mean the latest such year that is not in the future."""
    number = to_number(text)
    if number is None or number != int(number):
        return None
    year = int(number)
    if len(text) <= 2 and year < 100:
        century = on.year - on.year % 100
        year += century if year <= on.year % 100 else century - 100
    return year if 1900 <= year <= 2100 else None


Reader = Callable[[re.Match[str], date], DateRange | None]


def year_month_day(match: re.Match[str], on: date) -> DateRange | None:
    """Read 2026年11月15日."""
    year = full_year(match["y"], on)
    month, day = to_number(match["m"]), to_number(match["d"])
    return by_calendar(year, month, day)


def by_calendar(year: int | None, month: float | None, day: float | None) -> DateRange | None:
    """Give the day, or the whole month where no day is given; None for a day that does not exist."""
    if year is None or month is None or not 1 <= month <= 12:
        return None
    if day is None:
        return DateRange.month(year, int(month))
    if not 1 <= day <= monthrange(year, int(month))[1]:
        return None
    return one_day(date(year, int(month), int(day)))


def year_month(match: re.Match[str], on: date) -> DateRange | None:
    """Read 75年3月."""
    return by_calendar(full_year(match["y"], on), to_number(match["m"]), None)


_YEAR_WORDS = {"今年": 0, "去年": -1, "前年": -2, "大前年": -3, "明年": 1}


def word_year(match: re.Match[str], on: date) -> DateRange | None:
    """Read 今年3月, 去年8月15号, 前年."""
    year = on.year + _YEAR_WORDS[match["w"]]
    if match["m"] is None:
        return DateRange(date(year, 1, 1), date(year, 12, 31))
    day = to_number(match["d"]) if match["d"] else None
    return by_calendar(year, to_number(match["m"]), day)


def month_day(match: re.Match[str], on: date) -> DateRange | None:
    """A month and day without a year: the latest one that is not in the future."""
    month, day = to_number(match["m"]), to_number(match["d"]) if match["d"] else None
    found = by_calendar(on.year, month, day)
    if found is not None and found.earliest > on:
        found = by_calendar(on.year - 1, month, day)
    return found


def word_month(match: re.Match[str], on: date) -> DateRange | None:
    """Read 上个月, 上个月15号, 这个月."""
    first = shift(on.replace(day=1), -1 if match["w"].startswith("上") else 0)
    day = to_number(match["d"]) if match["d"] else None
    return by_calendar(first.year, first.month, day)


def only_day(match: re.Match[str], on: date) -> DateRange | None:
    """Read 15号: the latest such day that is not in the future."""
    day = to_number(match["d"])
    if day is None:
        return None
    first = on if day <= on.day else shift(on.replace(day=1), -1)
    return by_calendar(first.year, first.month, day)


def year_only(match: re.Match[str], on: date) -> DateRange | None:
    """Read 85年生."""
    year = full_year(match["y"], on)
    return None if year is None else DateRange(date(year, 1, 1), date(year, 12, 31))


_DAY_WORDS = {
    **dict.fromkeys(("今天", "今儿", "今早", "今日"), 0),
    **dict.fromkeys(("昨天", "昨晚", "昨儿", "昨日"), -1),
    **dict.fromkeys(("前天",), -2),
    **dict.fromkeys(("大前天",), -3),
}


def word_day(match: re.Match[str], on: date) -> DateRange:
    """Read 昨天, 前天."""
    return one_day(on + timedelta(days=_DAY_WORDS[match[0]]))


def word_week(match: re.Match[str], on: date) -> DateRange:
    """Read 上周, 上周三, 上上周; this week ends today."""
    monday = on - timedelta(days=on.weekday())
    monday -= timedelta(weeks={"上上": 2, "上": 1}.get(match["w"], 0))
    if match["d"]:
        weekday = "一二三四五六日天末".index(match["d"])
        if match["d"] == "末":
            return DateRange(monday + timedelta(days=5), monday + timedelta(days=6))
        return one_day(monday + timedelta(days=min(weekday, 6)))
    last = monday + timedelta(days=6)
    return DateRange(min(monday, on), min(last, on))


def days_ago(match: re.Match[str], on: date) -> DateRange | None:
    """Read 三天前, to the day."""
    number = to_number(match["n"])
    return None if number is None or number > 40_000 else one_day(on - timedelta(days=round(number)))


def weeks_ago(match: re.Match[str], on: date) -> DateRange | None:
    """Read 两周前, give or take three days."""
    number = to_number(match["n"])
    if number is None or number > 2000:
        return None
    days = round(number * 7)
    return DateRange(on - timedelta(days=days + 3), on - timedelta(days=max(days - 3, 0)))


def months_ago(match: re.Match[str], on: date) -> DateRange | None:
    """Read 三个月前: said of anything within about half a month of it."""
    number = to_number(match["n"])
    if number is None or number > 1200:
        return None
    middle = shift(on, -int(number)) - timedelta(days=round(number % 1 * 30))
    slack = timedelta(days=15 if number >= 1 else 5)
    return DateRange(middle - slack, min(middle + slack, on))


def years_ago(match: re.Match[str], on: date) -> DateRange | None:
    """Read 三年前, give or take half a year."""
    number = to_number(match["n"])
    if number is None or number > 120:
        return None
    middle = shift(on, -round(number * 12))
    return DateRange(shift(middle, -6 if number >= 1 else -1), min(shift(middle, 6 if number >= 1 else 1), on))


def aged_days(match: re.Match[str], on: date) -> DateRange | None:
    """Read 三天大: it may be counted with or without the first day."""
    number = to_number(match["n"])
    if number is None or number > 400:
        return None
    return DateRange(on - timedelta(days=round(number)), on - timedelta(days=max(round(number) - 1, 0)))


def aged_months(match: re.Match[str], on: date) -> DateRange | None:
    """Read 五个月大: five calendar months are past, the sixth is not; 快 and 不到 mean the month before."""
    number = to_number(match["n"])
    if number is None or number > 60:
        return None
    whole = int(number) - (1 if is_before(match) else 0)
    return DateRange(shift(on, -(whole + 1)) + timedelta(days=1), shift(on, -whole)) if whole >= 0 else None


def aged_years(match: re.Match[str], on: date) -> DateRange | None:
    """Read 一岁, 50岁, 快一岁."""
    number = to_number(match["n"])
    if number is None or number > 120:
        return None
    years = int(number) - (1 if is_before(match) else 0)
    return DateRange(shift(on, -12 * (years + 1)) + timedelta(days=1), shift(on, -12 * years)) if years >= 0 else None


def half_a_year(match: re.Match[str], on: date) -> DateRange:
    """Read 半岁: within the seventh month; 半年多 is past the sixth month, 不到半年 before its end."""
    if is_before(match):
        return DateRange(shift(on, -6) + timedelta(days=1), shift(on, -4))
    if match["more"]:
        return DateRange(shift(on, -12) + timedelta(days=1), shift(on, -6) - timedelta(days=1))
    return DateRange(shift(on, -7) + timedelta(days=1), shift(on, -6) + timedelta(days=7))


def is_before(match: re.Match[str]) -> bool:
    """Tell whether the words say the age is not reached yet."""
    return bool(match.groupdict().get("near"))


def full_month(match: re.Match[str], on: date) -> DateRange:
    """Read 满月: one month is past, the second is not."""
    if is_before(match):
        return DateRange(on - timedelta(days=30), on - timedelta(days=20))
    return DateRange(shift(on, -2) + timedelta(days=1), shift(on, -1))


def hundred_days(_match: re.Match[str], on: date) -> DateRange:
    """Read 百日."""
    return DateRange(on - timedelta(days=110), on - timedelta(days=95))


def just_born(_match: re.Match[str], on: date) -> DateRange:
    """Read 刚出生: within two weeks."""
    return DateRange(on - timedelta(days=14), on)


def more_than(match: re.Match[str], on: date) -> DateRange | None:
    """Read 超过六个月."""
    number = to_number(match["n"])
    if number is None:
        return None
    months = round(number * (12 if match["u"] in ("年", "岁", "周岁") else 1))
    return DateRange(shift(on, -216), shift(on, -months) - timedelta(days=1)) if months < 216 else None


def within_months(match: re.Match[str], on: date) -> DateRange | None:
    """Read 六个月以内."""
    number = to_number(match["n"])
    if number is None:
        return None
    months = round(number * (12 if match["u"] in ("年", "岁", "周岁") else 1))
    return DateRange(shift(on, -months) + timedelta(days=1), on) if 0 < months < 216 else None
