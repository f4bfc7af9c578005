"""Complete sides: both faces of a card, the pages of a booklet that are asked for."""

from __future__ import annotations

from collections.abc import Iterator

from prereview.case import Case
from prereview.checks.slots import looked_at
from prereview.model import Check, Finding, Outcome


def complete_sides(case: Case) -> Iterator[Finding]:
    """FIX where every page was recognised and a side is not among them; an exempt paper is not asked to be whole."""
    for slot in looked_at(case):
        profile = case.profiles.find(slot.need.kind) if slot.need else None
        if slot.need is None or profile is None or not slot.need.sides:
            continue
        wanted = [side for name in slot.need.sides if (side := profile.side(name)) is not None]
        there = {paper.seen.side for paper in slot.papers if paper.seen and paper.kind == profile.kind}
        lacking = [side for side in wanted if side.side not in there]
        sides = "、".join(side.name for side in wanted)
        if not lacking:
            yield case.finding(Check.COMPLETE_SIDES, Outcome.FINE, "complete", slot, slot.papers[0], sides=sides)
        elif slot.demanded:
            missing = "、".join(side.name for side in lacking)
            sure = not (slot.doubtful or case.unplaced or case.unread) and all(paper.known for paper in slot.papers)
            outcome, key = (Outcome.FIX, "missing") if sure else (Outcome.UNSURE, "maybe")
            yield case.finding(Check.COMPLETE_SIDES, outcome, key, slot, None, sides=sides, missing=missing)
