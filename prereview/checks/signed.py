"""Signed: there are pen strokes where a signature belongs. Presence only; whose it is, no machine here can say.

Ink shares as measured (documents.md section 4): unsigned at most .005, signed from .045; between them nobody knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from prereview.case import Case, Paper, Slot
from prereview.checks.legible import READABLE
from prereview.checks.slots import papers
from prereview.model import Blank, Check, Finding, Outcome

INKED = 0.03
EMPTY = 0.008
_LETTERS = re.compile(r"[\u3400-\u9fff]|[A-Za-z]{2}")
_DATED = re.compile(r"\d{2,4}\s*年|日期")


def signed(case: Case) -> Iterator[Finding]:
    """Judge every place to sign that the profile demands."""
    for slot, paper in papers(case):
        side = case.side(paper)
        if side is None or paper.seen is None or not side.blanks:
            continue
        found = [_judged(case, slot, paper, blank) for blank in paper.seen.blanks if blank.signature]
        yield from (one for one in found if one.outcome is not Outcome.FINE)
        unseen = [spec for spec in side.blanks if spec.required and spec.name in paper.seen.missing]
        for spec in unseen:
            place = case.wording.field(spec.name)
            yield case.finding(Check.SIGNED, Outcome.UNSURE, "doubt", slot, paper, place=place)
        if not unseen:
            yield from [one for one in found if one.outcome is Outcome.FINE][:1]


def _judged(case: Case, slot: Slot, paper: Paper, blank: Blank) -> Finding:
    place = case.wording.field(blank.name)
    readable = paper.seen is not None and paper.seen.confidence >= READABLE
    if has_writing(blank.text) or (blank.ink is not None and blank.ink >= INKED):
        outcome, key = Outcome.FINE, "signed"
    elif blank.ink is not None and blank.ink <= EMPTY and readable:
        outcome, key = Outcome.FIX, "unsigned"
    else:
        outcome, key = Outcome.UNSURE, "doubt"
    return case.finding(Check.SIGNED, outcome, key, slot, paper, box=blank.box, place=place)


def has_writing(text: str) -> bool:
    """Say whether what was read in a place is a name or a mark, not the date beside it."""
    return _LETTERS.search(_DATED.split(text)[0]) is not None
