"""Numbers consistent: identity numbers and birth dates agree across papers, and bills with their lists."""

from __future__ import annotations

from collections.abc import Iterator

from prereview.case import Case, Paper, Slot
from prereview.checks.agree import compare
from prereview.checks.slots import papers
from prereview.model import Check, ExtractedField, Finding, Outcome
from prereview.profile_model import Attribute
from prereview.say import chinese_day, masked
from prereview.values import as_day

_NAMES = {Attribute.ID_NUMBER: "身份证号码", Attribute.BIRTH: "出生日期"}


def numbers_consistent(case: Case) -> Iterator[Finding]:
    """FIX where both numbers were read for sure and keep their shape; sums that differ may be several bills."""
    for attribute, field in _NAMES.items():
        for one in compare(case, attribute):
            claim = one.claim
            if one.same:
                outcome, key = Outcome.FINE, "same"
            else:
                outcome, key = (Outcome.FIX, "differs") if one.sure else (Outcome.UNSURE, "doubt")
            yield case.finding(
                Check.NUMBERS_CONSISTENT,
                outcome,
                key,
                claim.slot,
                claim.paper,
                claim.field,
                who=case.profiles.called(claim.party) or "本人",
                field_name=field,
                value=_shown(one.believed.value, hide=one.same),
                other=case.called(one.believed.slot),
                found=_shown(claim.value, hide=False),
            )
    yield from _totals(case)


def _totals(case: Case) -> Iterator[Finding]:
    """Compare the sum of the bills with the sum of the list; a difference is a question, not a fault."""
    bills = _sums(case, "invoice")
    lists = _sums(case, "expense_list")
    if not bills or not lists:
        return
    slot, paper, field = bills[0]
    charged = sum(float(one.value) for _, _, one in bills)
    listed = sum(float(one.value) for _, _, one in lists)
    same = abs(charged - listed) < 0.005
    yield case.finding(
        Check.NUMBERS_CONSISTENT,
        Outcome.FINE if same else Outcome.UNSURE,
        "totals_same" if same else "totals_differ",
        slot,
        paper,
        field,
        value=f"{listed:.2f}元",
        found=f"{charged:.2f}元",
    )


def _sums(case: Case, kind: str) -> list[tuple[Slot, Paper, ExtractedField]]:
    return [
        (slot, paper, field) for slot, paper in papers(case) if paper.kind == kind and (field := paper.field("total"))
    ]


def _shown(value: str, hide: bool) -> str:
    day = as_day(value)
    if day is not None:
        return chinese_day(day)
    return masked(value) if hide else value
