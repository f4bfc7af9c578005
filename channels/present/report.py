"""A pre-review report as people and programs read it: each finding with what was expected, what was read, and where."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from assistant.present import citation_view
from assistant.views import CitationView
from guides.condition import Value
from guides.model import Citation, Source
from guides.situation import plain
from prereview.model import ByHand, Finding, Report
from prereview.say import readiness_words
from prereview.wording import wording


class ContradictionView(Value):
    """A fact as stated and as a document has it."""

    fact: str
    stated: bool | float | str
    read: bool | float | str


class FindingView(Value):
    """What one check says about one requirement. `box` is [x0, y0, x1, y1] as shares of the page, or null."""

    requirement: str
    check: str
    outcome: str
    title: str
    expected: str
    found: str
    file: str
    page: int | None
    box: tuple[float, float, float, float] | None
    remedy: str
    citation: CitationView | None
    citations: tuple[CitationView, ...]
    contradiction: ContradictionView | None = None


class ByHandView(Value):
    """Something no machine can see."""

    requirement: str
    text: str
    citations: tuple[CitationView, ...]


class ReportView(Value):
    """All findings, and one word over them: ready · fix_first · ask_a_person; `summary` says the same in a sentence."""

    readiness: str
    summary: str
    findings: tuple[FindingView, ...]
    bundle: str
    on: date
    undecided: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()
    by_hand: tuple[ByHandView, ...] = ()
    digests: tuple[tuple[str, str], ...] = ()


def present_report(report: Report, sources: Mapping[str, Source]) -> ReportView:
    """Give the report as it is shown and sent."""

    def cited(citations: tuple[Citation, ...]) -> tuple[CitationView, ...]:
        return tuple(citation_view(one, sources) for one in citations)

    return ReportView(
        readiness=report.readiness.value,
        summary=readiness_words(report, wording()),
        findings=tuple(_finding(one, cited(one.citations)) for one in report.findings),
        bundle=report.bundle,
        on=report.on,
        undecided=report.undecided,
        unverified=report.unverified,
        by_hand=tuple(_by_hand(one, cited(one.citations)) for one in report.by_hand),
        digests=report.digests,
    )


def _finding(finding: Finding, citations: tuple[CitationView, ...]) -> FindingView:
    box, against = finding.box, finding.contradiction
    return FindingView(
        requirement=finding.requirement,
        check=finding.check.value,
        outcome=finding.outcome.value,
        title=finding.title,
        expected=finding.expected,
        found=finding.found,
        file=finding.file,
        page=finding.page,
        box=(box.x0, box.y0, box.x1, box.y1) if box else None,
        remedy=finding.remedy,
        citation=citations[0] if citations else None,
        citations=citations,
        contradiction=ContradictionView(fact=against.fact, stated=plain(against.stated), read=plain(against.read))
        if against
        else None,
    )


def _by_hand(one: ByHand, citations: tuple[CitationView, ...]) -> ByHandView:
    return ByHandView(requirement=one.requirement, text=one.text, citations=citations)
