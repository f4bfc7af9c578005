"""Dates in order: nothing was signed before it happened, or after the planned day.

The day of a marriage and the day of a birth are never compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from prereview.case import CONFIDENT, Case, Paper, Slot
from prereview.checks.slots import papers
from prereview.model import Check, ExtractedField, Finding, Outcome
from prereview.profile_model import Attribute, DateOrder
from prereview.say import chinese_day
from prereview.values import as_day


def dates_in_order(case: Case) -> Iterator[Finding]:
    """Judge the orders a profile names; FIX only where both dates were read for sure."""
    for slot, paper in papers(case):
        profile = case.profile(paper)
        if profile is None or not profile.dates:
            continue
        judged = [finding for order in profile.dates for finding in _order(case, slot, paper, order)]
        faults = [finding for finding in judged if finding.outcome is not Outcome.FINE]
        yield from faults or judged[:1]


def _order(case: Case, slot: Slot, paper: Paper, order: DateOrder) -> Iterator[Finding]:
    field = paper.field(order.field)
    day = as_day(field.value) if field else None
    if field is None or day is None:
        return
    fault = ""
    for limits, key in ((order.not_before, "before"), (order.not_after, "after")):
        for name in limits:
            limit, sure = _limit(case, paper, name)
            if limit is None or (day >= limit if key == "before" else day <= limit):
                continue
            fault = key
            yield _fault(case, slot, paper, field, day, name, limit, key, sure)
    if not fault:
        yield case.finding(Check.DATES_IN_ORDER, Outcome.FINE, "ordered", slot, paper, field)


def _fault(
    case: Case,
    slot: Slot,
    paper: Paper,
    field: ExtractedField,
    day: date,
    name: str,
    limit: date,
    key: str,
    sure: bool,
) -> Finding:
    sure = sure and field.confidence >= CONFIDENT
    person, _, attribute = name.rpartition(".")
    return case.finding(
        Check.DATES_IN_ORDER,
        Outcome.FIX if sure else Outcome.UNSURE,
        key if sure else "doubt",
        slot,
        paper,
        field,
        field_name=case.wording.field(field.name),
        found=chinese_day(day),
        limit=chinese_day(limit),
        limit_name=case.wording.field(f"{person}_{attribute}" if person else attribute),
    )


def _limit(case: Case, paper: Paper, name: str) -> tuple[date | None, bool]:
    """Give the day a limit stands for, and whether it is sure."""
    if name == "planned_day":
        return case.on, True
    person, _, attribute = name.rpartition(".")
    if person and attribute == Attribute.BIRTH:
        births = case.of_party(person, Attribute.BIRTH)
        own = next((one for one in births if one.paper is paper), births[0] if births else None)
        return (as_day(own.value), own.confidence >= CONFIDENT) if own else (None, False)
    field = paper.field(name)
    return (as_day(field.value), field.confidence >= CONFIDENT) if field else (None, False)
