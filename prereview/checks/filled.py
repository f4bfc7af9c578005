"""Filled: nothing that has to be filled in was left blank."""

from __future__ import annotations

from collections.abc import Iterator

from prereview.case import Case, Paper, Slot
from prereview.checks.legible import READABLE
from prereview.checks.signed import EMPTY
from prereview.checks.slots import papers
from prereview.model import Check, Finding, Outcome


def filled(case: Case) -> Iterator[Finding]:
    """FIX where the label was read and the place beside it is white; what was merely not read is UNSURE."""
    for slot, paper in papers(case):
        profile, side = case.profile(paper), case.side(paper)
        if profile is None or side is None or not profile.filled_in or paper.seen is None:
            continue
        places = {spec.name for spec in side.blanks}
        missing = [name for name in paper.seen.missing if name not in places]
        if not missing:
            yield case.finding(Check.FILLED, Outcome.FINE, "filled", slot, paper)
            continue
        yield from _missing(case, slot, paper, missing)


def _missing(case: Case, slot: Slot, paper: Paper, missing: list[str]) -> Iterator[Finding]:
    blanks = {blank.name: blank for blank in (paper.seen.blanks if paper.seen else ())}
    readable = paper.seen is not None and paper.seen.confidence >= READABLE
    white = [
        name
        for name in missing
        if name in blanks and (ink := blanks[name].ink) is not None and ink <= EMPTY and readable
    ]
    unread = [name for name in missing if name not in white]
    for names, outcome, key in ((white, Outcome.FIX, "blank"), (unread, Outcome.UNSURE, "doubt")):
        if names:
            fields = "、".join(case.wording.field(name) for name in names)
            box = blanks[names[0]].box if names[0] in blanks else None
            yield case.finding(Check.FILLED, outcome, key, slot, paper, box=box, fields=fields)
