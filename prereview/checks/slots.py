"""Which lines of the list a check has anything to look at on."""

from __future__ import annotations

from collections.abc import Iterator

from guides.model import Ground, Status
from prereview.case import Case, Paper, Slot

_MADE_FOR_THEM = frozenset({Ground.GENERATED, Ground.PRODUCED_IN_BUNDLE})


def looked_at(case: Case) -> Iterator[Slot]:
    """Give the slots whose papers are checked: needed ones, and those that stand in where an exemption fails."""
    for slot in case.slots:
        if slot.papers and not needless(slot):
            yield slot


def papers(case: Case) -> Iterator[tuple[Slot, Paper]]:
    """Give every recognised paper that is checked, with its slot."""
    for slot in looked_at(case):
        for paper in slot.papers:
            if paper.known:
                yield slot, paper


def needless(slot: Slot) -> bool:
    """Say whether nobody wants this paper: it does not apply, or it is made for the person."""
    item = slot.item
    return item.status is Status.NOT_REQUIRED or (item.status is Status.EXEMPT and item.ground in _MADE_FOR_THEM)
