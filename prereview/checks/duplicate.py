"""Duplicate: the same page was handed in twice; one is enough."""

from __future__ import annotations

from collections.abc import Iterator

from prereview.case import Case
from prereview.checks.slots import looked_at
from prereview.model import Check, Finding, Outcome


def duplicate(case: Case) -> Iterator[Finding]:
    """Find pages that are the same to the byte; two photographs of one page are left in peace."""
    for slot in looked_at(case):
        first: dict[tuple[str, int], str] = {}
        told: set[str] = set()
        for paper in slot.papers:
            same = (paper.file.digest, paper.page)
            earlier = first.setdefault(same, paper.file.name)
            if earlier != paper.file.name and paper.file.name not in told:
                told.add(paper.file.name)
                yield case.finding(Check.DUPLICATE, Outcome.NOT_NEEDED, "twice", slot, paper, other=earlier)
