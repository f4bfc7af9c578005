"""Report: all findings in the order of the list, with what no machine can see, and the versions it was made with."""

from __future__ import annotations

from collections.abc import Sequence

from guides.checklist import Checklist
from guides.model import Status
from prereview.case import Slot
from prereview.checks.slots import needless
from prereview.model import ByHand, Check, Finding, Outcome, ReadFile, Report
from prereview.profiles import Profiles
from prereview.wording import Wording

_GRAVEST_FIRST = (
    Outcome.FACT_CONFLICT,
    Outcome.FIX,
    Outcome.NOT_PROVIDED,
    Outcome.UNSURE,
    Outcome.NOT_NEEDED,
    Outcome.FINE,
)


def make_report(findings: Sequence[Finding], checklist: Checklist, slots: Sequence[Slot], profiles: Profiles) -> Report:
    """Put the findings in order: the list's own, within a line the gravest first; nothing is left out."""
    places = {item.requirement: place for place, item in enumerate(checklist.items)}
    ordered = sorted(
        findings,
        key=lambda one: (places.get(one.requirement, len(places)), _GRAVEST_FIRST.index(one.outcome)),
    )
    return Report(
        findings=tuple(ordered),
        on=checklist.on,
        bundle=checklist.bundle,
        undecided=_undecided(checklist),
        unverified=tuple(item.requirement for item in checklist.doubtful),
        by_hand=_by_hand(checklist, slots),
        digests=(
            ("guide", checklist.digests.guide),
            ("sources", checklist.digests.sources),
            ("engine", checklist.digests.engine),
            ("profiles", profiles.digest),
        ),
    )


def make_broken_report(files: Sequence[ReadFile], checklist: Checklist, wording: Wording) -> Report:
    """Say that nothing could be judged: one UNSURE for each file, or one for the whole."""
    said = wording.broken
    findings = [
        Finding(
            requirement=requirement,
            check=Check.PRESENT,
            outcome=Outcome.UNSURE,
            title=name or "这些材料",
            expected=said.expected,
            found=said.found,
            remedy=said.remedy,
            citations=(),
            file=name,
        )
        for name, requirement in [(file.name, file.requirement) for file in files] or [("", "")]
    ]
    return Report(findings=tuple(findings), on=checklist.on, bundle=checklist.bundle)


def _undecided(checklist: Checklist) -> tuple[str, ...]:
    """Name the lines whose status is open; an open route leaves the whole list open."""
    lines = tuple(item.requirement for item in checklist.items if item.status is Status.UNDECIDED)
    return lines if checklist.route.id else (*lines, "route")


def _by_hand(checklist: Checklist, slots: Sequence[Slot]) -> tuple[ByHand, ...]:
    """Gather what the person checks: reasons for correction marked manual, then what comes before the case."""
    needed = dict.fromkeys(slot.item.requirement for slot in slots if not needless(slot))
    manual = [
        ByHand(item.requirement, correction.text, (correction.citation,))
        for item in checklist.items
        if item.requirement in needed and item.status is not Status.EXEMPT
        for correction in item.material.corrections
        if correction.check == "manual"
    ]
    before = [ByHand("", f"{one.text} {one.how_to_check}", (one.citation,)) for one in checklist.prerequisites]
    return tuple(manual + before)
