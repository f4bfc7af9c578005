"""Legible: the page can be read, to its edges. Only ever UNSURE: a machine that cannot read does not know.

Thresholds: documents.md measured a mean confidence of .93 and a border rule as the best pair; the other reasons only
say *why* to the person. A digital page has no picture and is legible by nature.
"""

from __future__ import annotations

from collections.abc import Iterator

from prereview.case import Case, Paper, Slot
from prereview.checks.slots import needless
from prereview.model import Check, Finding, Outcome, PageQuality

READABLE = 0.93
"""Mean confidence of the engine over a page: below it, more than a fifth of the fields are usually lost."""
SHARP = 0.3
"""Steepness of strong edges below which a weakly read page is called blurred (readable specimens lie above .33)."""
LIGHT = 60.0
"""Brightness of the lighter parts below which it is called dark: at 45 a form could still be read, at 25 no more."""
LINE_HEIGHT = 22.0
"""Pixels of a line as detected; from 34 all is read, at 19 nothing."""
_FILLS_THE_PICTURE = 3
"""Edges from which on a page is taken to fill the picture: nothing then tells a cut page from a whole one."""
SURELY_READ = 0.8
"""A single field read less surely than this is pointed out."""


def legible(case: Case) -> Iterator[Finding]:
    """Find pages that were not read well, and what could not be read on papers that are not filled in by hand."""
    for slot in case.slots:
        if needless(slot) or slot.need is None or case.profiles.find(slot.need.kind) is None:
            continue  # of a kind without a profile nobody knows what a good page looks like; `right_document` says so
        faults = [finding for paper in (*slot.papers, *slot.doubtful) for finding in _page(case, slot, paper)]
        yield from faults
        if slot.papers and not faults:
            yield case.finding(Check.LEGIBLE, Outcome.FINE, "clear", slot, slot.papers[0])
    for file in case.unread:
        yield from _unread(case, file.name, file.requirement)


def _page(case: Case, slot: Slot, paper: Paper) -> Iterator[Finding]:
    reason = _reason(paper)
    if reason:
        edges = "、".join(case.wording.edges[edge.value] for edge in paper.quality.cut)
        yield case.finding(Check.LEGIBLE, Outcome.UNSURE, reason, slot, paper, edges=edges)
        return
    profile = case.profile(paper)
    if paper.seen is None or profile is None:
        return
    weak = [
        field
        for field in paper.seen.fields
        if field.confidence < SURELY_READ or (not field.expected_shape and not profile.filled_in)
    ]
    side = case.side(paper)
    required = {spec.name for spec in side.fields if spec.required} if side else set()
    weak = [field for field in weak if field.name in required or ("_" in field.name and "id_number" in field.name)]
    if weak:
        names = "、".join(case.wording.field(field.name) for field in weak)
        yield case.finding(
            Check.LEGIBLE, Outcome.UNSURE, "doubtful", slot, paper, weak[0], fields=names, value=weak[0].text
        )
    missing = [name for name in paper.seen.missing if name not in {field.name for field in weak}]
    if missing and not profile.filled_in and paper.known:
        names = "、".join(case.wording.field(name) for name in missing)
        yield case.finding(Check.LEGIBLE, Outcome.UNSURE, "unread", slot, paper, fields=names)


def _reason(paper: Paper) -> str:
    """Say what is wrong with a page as a picture, the surest reason first; "" when nothing is."""
    quality = paper.quality
    if paper.seen is None:
        return "blank"
    incomplete = bool(paper.seen.missing) or not paper.known
    # A page that runs off all edges fills the picture, as a scan does; one that runs off some was cut.
    if quality.cut and (incomplete or len(quality.cut) < _FILLS_THE_PICTURE):
        return "cut"
    if quality.glare and incomplete:
        return "glare"
    if paper.seen.confidence >= READABLE:
        return ""
    if quality.light is not None and quality.light < LIGHT:
        return "dark"
    if quality.line_height is not None and quality.line_height < LINE_HEIGHT:
        return "small"
    return "blurred" if quality.sharpness is not None and quality.sharpness < SHARP else "weak"


def _unread(case: Case, name: str, requirement: str) -> Iterator[Finding]:
    """Speak of a file that could not be opened: the file's own fault is FIX, ours is UNSURE."""
    file = next(one for one in case.unread if one.name == name)
    if file.problem is None:
        return
    slot = next((one for one in case.slots if one.item.requirement == requirement), None)
    outcome, key = (Outcome.FIX, "file_broken") if file.problem.certain else (Outcome.UNSURE, "file_failed")
    paper = Paper(file, 1, None, PageQuality())
    yield case.finding(Check.LEGIBLE, outcome, key, slot, paper, remedy=file.problem.remedy)
