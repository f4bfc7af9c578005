"""Present: every document the list demands was handed in."""

from __future__ import annotations

from collections.abc import Iterator

from guides.model import Handling, Status
from prereview.case import Case, Slot
from prereview.checks.slots import needless
from prereview.model import Check, Finding, Outcome

_HANDED_IN = frozenset({Handling.UPLOAD, Handling.COLLECT, Handling.INSPECT})


def present(case: Case) -> Iterator[Finding]:
    """Find what is missing; what nobody demands is never missed. Something wrong in its place is told elsewhere."""
    settled = {slot.item.requirement for slot in case.slots if slot.papers or slot.wrong or slot.doubtful}
    for slot in case.slots:
        if needless(slot):
            continue
        if slot.papers:
            yield case.finding(Check.PRESENT, Outcome.FINE, "here", slot, slot.papers[0])
        elif slot.wrong or slot.doubtful or not _demanded(slot):
            continue
        elif slot.item.status is Status.CHOOSE_ONE:
            if slot.item.requirement not in settled:
                settled.add(slot.item.requirement)
                yield case.finding(Check.PRESENT, Outcome.NOT_PROVIDED, "choose", slot)
        elif not _replaced(case, slot):
            yield _missing(case, slot)


def _demanded(slot: Slot) -> bool:
    return slot.demanded and slot.item.handling in _HANDED_IN


def _replaced(case: Case, slot: Slot) -> bool:
    """Say whether a paper people mistake for this one was handed in; `right_document` speaks of it."""
    return next(mistaken(case, slot), None) is not None


def mistaken(case: Case, slot: Slot) -> Iterator[int]:
    """Give the spare papers (by number) that people bring in place of this one."""
    if slot.need is None or slot.papers or slot.wrong:
        return
    wanted = case.profiles.kind(slot.need.kind)
    for number, paper in enumerate(case.spare):
        profile = case.profile(paper)
        if profile is not None and wanted in profile.mistaken_for:
            yield number


def _missing(case: Case, slot: Slot) -> Finding:
    unknown = [paper.file.name for paper in case.unplaced] + [
        file.name for file in case.unread if file.requirement in ("", slot.item.requirement)
    ]
    if unknown:
        return case.finding(Check.PRESENT, Outcome.UNSURE, "maybe_unread", slot, file=unknown[0])
    return case.finding(Check.PRESENT, Outcome.NOT_PROVIDED, "missing", slot)
