"""Check: run every check over the sorted papers; a check that fails says so as UNSURE, never as FINE."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from prereview.case import Case, Slot
from prereview.checks import CHECKS, CheckBody
from prereview.checks.slots import looked_at
from prereview.model import Check, Finding, Outcome


def run_checks(case: Case, checks: Mapping[Check, CheckBody] = CHECKS) -> tuple[Finding, ...]:
    """Give all findings, check by check."""
    return tuple(finding for check, body in checks.items() for finding in _guarded(case, check, body))


def _guarded(case: Case, check: Check, body: CheckBody) -> tuple[Finding, ...]:
    try:
        return tuple(body(case))
    except Exception:  # noqa: BLE001 - the boundary of one check: whatever breaks in it must not pass as fine
        return tuple(_broken(case, check))


def _broken(case: Case, check: Check) -> Iterator[Finding]:
    """Say of every line the check would have looked at that it was not looked at."""
    said = case.wording.broken
    lines: dict[str, Slot | None] = {slot.item.requirement: slot for slot in looked_at(case)}
    lines = lines or {"": None}
    for requirement, slot in lines.items():
        yield Finding(
            requirement=requirement,
            check=check,
            outcome=Outcome.UNSURE,
            title=f"{case.called(slot) if slot else '这些材料'}·{case.wording.checks[check].name}",
            expected=said.expected,
            found=said.found,
            remedy=said.remedy,
            citations=slot.item.citations if slot else (),
        )
