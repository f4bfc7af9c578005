"""In date: the document still holds on the planned day. FIX only where the date was read for sure."""

from __future__ import annotations

from collections.abc import Iterator

from prereview.case import CONFIDENT, Case
from prereview.checks.slots import papers
from prereview.model import Check, Finding, Outcome
from prereview.say import chinese_day
from prereview.values import FOREVER, as_day


def in_date(case: Case) -> Iterator[Finding]:
    """Judge the field the profile names as the end; 长期 never ends."""
    on = chinese_day(case.on)
    for slot, paper in papers(case):
        profile, side = case.profile(paper), case.side(paper)
        if profile is None or side is None or profile.validity is None:
            continue
        name = profile.validity.until
        spec = next((field for field in side.fields if field.name == name), None)
        if spec is None:
            continue
        field = paper.field(name)
        if field is None:
            if spec.required:
                yield case.finding(Check.IN_DATE, Outcome.UNSURE, "unread", slot, paper, on=on)
            continue
        first, _, last = field.value.rpartition("/")
        starts, ends = as_day(first), as_day(last)
        sure = field.confidence >= CONFIDENT
        if starts is not None and starts > case.on:
            yield case.finding(
                Check.IN_DATE, Outcome.UNSURE, "not_yet", slot, paper, field, on=on, since=chinese_day(starts)
            )
        elif last == FOREVER or ends is None or ends >= case.on:
            until = FOREVER if ends is None else chinese_day(ends)
            yield case.finding(Check.IN_DATE, Outcome.FINE, "valid", slot, paper, field, on=on, until=until)
        else:
            outcome, key = (Outcome.FIX, "expired") if sure else (Outcome.UNSURE, "expired_doubt")
            yield case.finding(Check.IN_DATE, outcome, key, slot, paper, field, on=on, until=chinese_day(ends))
