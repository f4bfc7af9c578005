"""Not needed: what was handed in although nobody wants it. Said kindly, never a fault."""

from __future__ import annotations

from collections.abc import Iterator

from guides.model import Status
from prereview.case import Case
from prereview.checks.present import mistaken
from prereview.checks.slots import needless
from prereview.model import Check, Finding, Outcome


def not_needed(case: Case) -> Iterator[Finding]:
    """Speak of papers on lines that need none, and of papers no line asks for, unless they stand for a missing one."""
    for slot in case.slots:
        if not needless(slot):
            if slot.papers:
                for paper in slot.wrong:
                    yield case.finding(Check.NOT_NEEDED, Outcome.NOT_NEEDED, "not_on_list", None, paper)
            continue
        key = "not_required" if slot.item.status is Status.NOT_REQUIRED else "produced"
        for paper in (*slot.papers, *slot.wrong, *slot.doubtful):
            yield case.finding(Check.NOT_NEEDED, Outcome.NOT_NEEDED, key, slot, paper, reason=slot.item.reason)
    wanted = {number for slot in case.slots if slot.demanded for number in mistaken(case, slot)}
    for number, paper in enumerate(case.spare):
        if number not in wanted:
            yield case.finding(Check.NOT_NEEDED, Outcome.NOT_NEEDED, "not_on_list", None, paper)
