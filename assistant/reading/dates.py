"""Days as people name them: 2026年11月15日, 75年3月, 上周三, 三天前, 刚满月; a span of days where the words leave one.

Everything relative counts from `on`, the day the person plans to go. Months are calendar months.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.reading import days
from assistant.reading.numbers import NUMBER
from assistant.reading.spans import Span
from guides.situation import DateRange

_N = rf"(?P<n>{NUMBER})"


class DateKind(StrEnum):
    """How a day was named."""

    CALENDAR = "calendar"
    """By the calendar: 11月15日, 75年3月."""
    AGO = "ago"
    """By distance: 三天前, 上周."""
    AGE = "age"
    """By an age: 刚生三天, 满月, 五个月大."""


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A day or range of days in a text."""

    days: DateRange
    kind: DateKind
    span: Span
    words: str

    @property
    def value(self) -> date | DateRange:
        """A plain date where the range is one day."""
        return self.days.earliest if self.days.earliest == self.days.latest else self.days


_Y4 = r"(?P<y>(?:19|20)[0-9]{2})"
_Y = r"(?P<y>[0-9]{4}|[0-9]{2}|[零〇一二三四五六七八九]{2,4})"
_M = r"(?P<m>[0-9]{1,2}|[一二三四五六七八九十]{1,2})"
_D = r"(?P<d>[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_MM, _DD = r"(?P<m>1[0-2]|0[1-9])", r"(?P<d>3[01]|[12][0-9]|0[1-9])"
_M12, _D31 = r"(?P<m>1[0-2]|0?[1-9])", r"(?P<d>3[01]|[12][0-9]|0?[1-9])"
_NEAR = r"(?P<near>快满?|差不多|不到|还没到|还不到|未满|还没满|不满|将近|马上)?\s*"
_INSIDE = r"(?:以内|之内|内)"
_LONGER = r"(?:超过|过了|大于|已经?超|不止)"
_DAY_WORD = "大前天|前天|昨天|昨晚|昨儿|昨日|今天|今儿|今早|今日"
_YEAR_WORD = r"(?P<w>今年|去年|大前年|前年|明年)"

# In this order: a longer reading takes its characters before a shorter one may look at them.
_FORMS: tuple[tuple[str, days.Reader, DateKind], ...] = (
    (rf"{_Y4}\s*[-./]\s*{_M12}\s*[-./]\s*{_D31}(?![0-9])", days.year_month_day, DateKind.CALENDAR),
    (rf"{_Y}\s*年\s*{_M}\s*月份?\s*的?{_D}\s*[日号]", days.year_month_day, DateKind.CALENDAR),
    (rf"{_Y}\s*年\s*{_M}\s*月份?", days.year_month, DateKind.CALENDAR),
    (rf"(?<![0-9.]){_Y4}\s*[-./]\s*{_M12}(?![0-9])", days.year_month, DateKind.CALENDAR),
    (rf"(?<![0-9]){_Y4}{_MM}{_DD}(?![0-9])", days.year_month_day, DateKind.CALENDAR),
    (rf"(?<![0-9]){_Y4}{_MM}(?![0-9])", days.year_month, DateKind.CALENDAR),
    (rf"(?<![0-9.])(?P<y>[5-9][0-9])\.{_M12}(?![0-9.])", days.year_month, DateKind.CALENDAR),
    (rf"{_YEAR_WORD}\s*的?(?:{_M}\s*月份?\s*(?:{_D}\s*[日号])?)?", days.word_year, DateKind.CALENDAR),
    (rf"(?P<w>上个?月|这个?月|本月)\s*(?:{_D}\s*[日号])?", days.word_month, DateKind.AGO),
    (rf"(?<![0-9个几]){_M}\s*月份?\s*{_D}\s*[日号]", days.month_day, DateKind.CALENDAR),
    (rf"(?<![0-9个几]){_M}\s*(?:月份|月(?=出?生|的))(?P<d>)?", days.month_day, DateKind.CALENDAR),
    (_DAY_WORD, days.word_day, DateKind.AGO),
    (r"(?P<w>上上|上|这|本)个?(?:周|星期|礼拜)(?P<d>[一二三四五六日天末])?", days.word_week, DateKind.AGO),
    (rf"{_N}\s*[天日]\s*(?:以前|之前|前)", days.days_ago, DateKind.AGO),
    (rf"{_N}\s*个?(?:周|星期|礼拜)\s*(?:以前|之前|前)", days.weeks_ago, DateKind.AGO),
    (rf"{_N}\s*个?多?月\s*(?:以前|之前|前)", days.months_ago, DateKind.AGO),
    (rf"{_N}\s*年\s*(?:以前|之前|前)", days.years_ago, DateKind.AGO),
    (rf"{_LONGER}\s*(?P<n>半)\s*(?P<u>年|岁)了?", days.more_than, DateKind.AGE),
    (rf"(?P<n>半)\s*(?P<u>年|岁)\s*{_INSIDE}", days.within_months, DateKind.AGE),
    (rf"{_NEAR}半[年岁](?P<more>多)?(?!前|以前|之前|内|以内)", days.half_a_year, DateKind.AGE),
    (rf"{_LONGER}\s*{_N}\s*个?(?P<u>月|年|岁|周岁)了?", days.more_than, DateKind.AGE),
    (
        rf"(?:不超过|没超过|没过|不足)?\s*{_N}\s*个?(?P<u>月|年|岁|周岁)\s*(?:以内|之内|内)",
        days.within_months,
        DateKind.AGE,
    ),
    (rf"(?:刚|才|已经|都|有|满|生下来|出生)*\s*{_N}\s*天(?:了|大|的)?(?![0-9内以])", days.aged_days, DateKind.AGE),
    (rf"{_NEAR}{_N}\s*(?:个半月|个多?月|月(?=大|了))(?:了|大|的)?(?![内以])", days.aged_months, DateKind.AGE),
    (rf"{_NEAR}{_N}\s*多?\s*(?:周?岁|年(?=了|多))[多半]?(?:了|大|的)?(?![内以])", days.aged_years, DateKind.AGE),
    (rf"{_NEAR}(?:刚)?满月", days.full_month, DateKind.AGE),
    ("百日|百天|百岁宴|过百天", days.hundred_days, DateKind.AGE),
    ("刚刚?出生|刚刚?生[了完下]?|才出生|才生[了完下]?|刚落地|新出生", days.just_born, DateKind.AGE),
    (rf"(?<![0-9月]){_D}\s*号(?!线|楼|店|门|窗)", days.only_day, DateKind.CALENDAR),
    (
        rf"(?<![0-9])(?P<y>{_Y4[5:-1]}|[5-9][0-9])\s*年(?:的|出?生|(?=[^0-9限前后]|$))",
        days.year_only,
        DateKind.CALENDAR,
    ),
)
_READERS = tuple((re.compile(form), reader, kind) for form, reader, kind in _FORMS)


def find_dates(text: str, on: date) -> tuple[DateSpan, ...]:
    """Find every day or range of days in the text, in order; overlapping readings give way to the longer form."""
    taken: list[DateSpan] = []
    for found in _candidates(text, on):
        if not any(found.span.overlaps(other.span) for other in taken):
            taken.append(found)
    return tuple(sorted(taken, key=lambda found: found.span.start))


def _candidates(text: str, on: date) -> Iterator[DateSpan]:
    for pattern, reader, kind in _READERS:
        for match in pattern.finditer(text):
            found = reader(match, on)
            if found is not None:
                yield DateSpan(found, kind, Span(match.start(), match.end()), match[0].strip())
