"""Right document: what was handed in for a line is what the line asks for."""

from __future__ import annotations

from collections.abc import Iterator

from prereview.case import Case, Paper, Slot
from prereview.checks.present import mistaken
from prereview.checks.slots import needless
from prereview.model import Check, Finding, Outcome


def right_document(case: Case) -> Iterator[Finding]:
    """FIX only where another kind was recognised for sure; what nobody can tell is UNSURE."""
    told: set[int] = set()
    for slot in case.slots:
        for paper in slot.wrong:
            if not slot.papers and not needless(slot):
                yield _other(case, slot, paper)
        for paper in slot.doubtful:
            yield case.finding(Check.RIGHT_DOCUMENT, Outcome.UNSURE, "unknown", slot, paper)
        if needless(slot):
            continue
        if not slot.papers and slot.demanded:
            for number in mistaken(case, slot):
                if number not in told:
                    told.add(number)
                    yield _other(case, slot, case.spare[number])
                    break
        yield from _papers(case, slot)
    for paper in case.unplaced:
        yield case.finding(Check.RIGHT_DOCUMENT, Outcome.UNSURE, "stray", None, paper)


def _papers(case: Case, slot: Slot) -> Iterator[Finding]:
    """Say once that the papers are right, and of each doubtful one that it is doubtful."""
    if slot.need is None or case.profiles.find(slot.need.kind) is None:
        for paper in slot.papers:
            yield case.finding(Check.RIGHT_DOCUMENT, Outcome.UNSURE, "no_profile", slot, paper)
        return
    doubtful = [paper for paper in slot.papers if not paper.known]
    for paper in doubtful:
        yield case.finding(Check.RIGHT_DOCUMENT, Outcome.UNSURE, "doubtful", slot, paper)
    if slot.papers and not doubtful:
        yield case.finding(Check.RIGHT_DOCUMENT, Outcome.FINE, "right", slot, slot.papers[0])


def _other(case: Case, slot: Slot, paper: Paper) -> Finding:
    other = case.profiles.title(paper.kind)
    return case.finding(Check.RIGHT_DOCUMENT, Outcome.FIX, "other", slot, paper, other=other)
