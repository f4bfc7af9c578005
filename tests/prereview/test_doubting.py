"""What is doubtful or breaks is never fine, and a report is never readier than its findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.model import Box, Document, Limits, TextLine
from prereview import pipeline
from prereview.case import Case
from prereview.checks import CHECKS
from prereview.model import Check, Edge, Finding, Outcome, PageQuality, ReadFile, Readiness, Report
from prereview.profiles import profiles
from prereview.say import readiness_words
from prereview.sorting import papers_of, sort_papers
from prereview.steps import read as read_step
from prereview.steps.check import run_checks
from prereview.wording import wording
from tests.prereview import papers
from tests.prereview.cases import ON, changed, good_files, judged, library, of, the_list, unread
from tests.prereview.pages import NoOcr, PlainEye, page

# --- doubt ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quality", "confidence", "word"),
    [
        (PageQuality(light=30, line_height=40), 0.8, "暗"),
        (PageQuality(light=200, line_height=12), 0.8, "小"),
        (PageQuality(light=200, line_height=40, sharpness=0.2), 0.8, "模糊"),
        (PageQuality(light=200, line_height=40, sharpness=0.4), 0.8, "没有把握"),
    ],
)
def test_a_page_read_badly_is_unsure_and_says_how_to_retake_it(
    quality: PageQuality, confidence: float, word: str
) -> None:
    report = judged(changed("marriage", papers.marriage(), quality=quality, confidence=confidence))
    finding = of(report, "marriage_certificate", Check.LEGIBLE)[0]
    assert finding.outcome is Outcome.UNSURE
    assert word in finding.found
    assert "人工核对" in finding.remedy
    assert report.readiness is not Readiness.READY


def test_a_cut_edge_is_told_even_where_every_field_was_read() -> None:
    cut = PageQuality(light=200, line_height=40, cut=(Edge.RIGHT,))
    finding = of(judged(changed("marriage", papers.marriage(), quality=cut)), "marriage_certificate", Check.LEGIBLE)[0]
    assert finding.outcome is Outcome.UNSURE
    assert "右边" in finding.found


def test_a_page_that_fills_the_picture_is_cut_only_where_something_is_missing() -> None:
    filling = PageQuality(light=200, line_height=40, cut=tuple(Edge))
    assert {one.outcome for one in judged(changed("marriage", papers.marriage(), quality=filling)).findings} == {
        Outcome.FINE
    }
    part = [word for word in papers.marriage() if word[2] != papers.MOTHER_ID]
    finding = of(judged(changed("marriage", part, quality=filling)), "marriage_certificate", Check.LEGIBLE)[0]
    assert finding.outcome is Outcome.UNSURE


@pytest.mark.parametrize(("heap", "outcome"), [(False, Outcome.FINE), (True, Outcome.UNSURE)])
def test_a_lost_title_is_made_good_by_the_button_alone(heap: bool, outcome: Outcome) -> None:
    words = [word for word in papers.marriage() if word[2] != "结婚证"]
    report = judged(changed("marriage", words), heap=heap)
    assert of(report, "marriage_certificate", Check.RIGHT_DOCUMENT)[0].outcome is outcome


def test_an_empty_page_is_not_fine() -> None:
    report = judged(changed("marriage", []))
    assert of(report, "marriage_certificate", Check.RIGHT_DOCUMENT)[0].outcome is Outcome.UNSURE
    assert report.readiness is not Readiness.READY


@pytest.mark.parametrize(("certain", "outcome"), [(True, Outcome.FIX), (False, Outcome.UNSURE)])
@pytest.mark.parametrize("requirement", ["", "marriage_certificate"])
def test_a_file_that_was_not_read_is_never_fine(certain: bool, outcome: Outcome, requirement: str) -> None:
    files = good_files()
    files["marriage"] = unread("坏.pdf", certain=certain, requirement=requirement)
    report = judged(files)
    assert of(report, requirement, Check.LEGIBLE)[0].outcome is outcome
    assert not [one for one in report.of("marriage_certificate") if one.outcome is Outcome.FINE]
    assert report.readiness is not Readiness.READY


# --- what breaks ------------------------------------------------------------------------------------------------------


def case_of(files: dict[str, ReadFile]) -> Case:
    own_list, situation = the_list()
    guide = library().find("newborn", "430100")
    assert guide is not None
    found = sort_papers(papers_of(files.values()), own_list, profiles())
    return Case(
        checklist=own_list,
        situation=situation,
        on=ON,
        questions=guide.questions,
        profiles=profiles(),
        wording=wording(),
        slots=found.slots,
        spare=found.spare,
        unplaced=found.unplaced,
        unread=(),
        claims=found.claims,
    )


def breaking(after: int) -> Callable[[Case], Iterable[Finding]]:
    """A check that gives some findings and then breaks."""

    def body(case: Case) -> Iterable[Finding]:
        yield from tuple(CHECKS[Check.PRESENT](case))[:after]
        raise ZeroDivisionError

    return body


@pytest.mark.parametrize("check", list(Check))
@pytest.mark.parametrize("after", [0, 2])
def test_a_check_that_breaks_is_unsure_on_every_line(check: Check, after: int) -> None:
    assert set(CHECKS) == set(Check), "every check has a body"
    case = case_of(good_files())
    found = [one for one in run_checks(case, {**CHECKS, check: breaking(after)}) if one.check is check]
    assert {one.outcome for one in found} == {Outcome.UNSURE}
    assert {one.requirement for one in found} == {slot.item.requirement for slot in case.slots if slot.papers}
    assert all("人工核对" in one.remedy for one in found)


@pytest.mark.parametrize("step", ["papers_of", "sort_papers", "run_checks", "make_report"])
def test_a_step_of_judging_that_breaks_is_unsure(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr(pipeline, step, broken)
    report = judged(good_files())
    assert {one.outcome for one in report.findings} == {Outcome.UNSURE}
    assert report.readiness is Readiness.ASK_A_PERSON


class BrokenFiles:
    """Breaks on any file."""

    def read(self, content: bytes, name: str, limits: Limits) -> Document:
        raise ZeroDivisionError


class BrokenOcr:
    """Breaks on any picture."""

    def read(self, image: bytes) -> tuple[TextLine, ...]:
        raise ZeroDivisionError


class BrokenEye:
    """Breaks on any page."""

    def quality(self, image: bytes, line_boxes: Sequence[Box]) -> PageQuality:
        raise ZeroDivisionError

    def ink(self, image: bytes, zone: Box) -> float | None:
        raise ZeroDivisionError

    def without_faint(self, image: bytes) -> bytes:
        raise ZeroDivisionError


class OnePage:
    """Reads any file as one page with a paper on it."""

    def read(self, content: bytes, name: str, limits: Limits) -> Document:
        return Document("0" * 64, "image/jpeg", name, (page(papers.authorization(signature="")),))


@pytest.mark.parametrize("step", ["recognise", "extract", "set_upright"])
def test_a_step_of_reading_that_breaks_is_unsure(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr(read_step, step, broken)
    never_fine(pipeline.read_pages(b"\xff\xd8\xff", "a.jpg", files=OnePage(), ocr=NoOcr(), eye=PlainEye()))


@pytest.mark.parametrize("part", ["files", "ocr", "eye"])
def test_a_reader_that_breaks_is_unsure(part: str) -> None:
    never_fine(
        pipeline.read_pages(
            b"\xff\xd8\xff",
            "a.jpg",
            files=BrokenFiles() if part == "files" else OnePage(),
            ocr=BrokenOcr() if part == "ocr" else NoOcr(),
            eye=BrokenEye() if part == "eye" else PlainEye(),
        )
    )


def never_fine(found: ReadFile) -> None:
    assert found.problem is not None
    assert not found.problem.certain, "our failure is UNSURE, not the person's fault"
    report = judged([found])
    assert Outcome.FINE not in {one.outcome for one in report.findings}
    assert Outcome.UNSURE in {one.outcome for one in report.of("")}


# --- readiness --------------------------------------------------------------------------------------------------------


def finding(outcome: Outcome) -> Finding:
    from prereview.model import Contradiction

    contradiction = Contradiction("x", True, False) if outcome is Outcome.FACT_CONFLICT else None
    return Finding("r", Check.PRESENT, outcome, "t", "e", "f", "m", (), contradiction=contradiction)


@given(
    outcomes=st.lists(st.sampled_from(list(Outcome)), max_size=8),
    undecided=st.booleans(),
    unverified=st.booleans(),
)
def test_ready_is_impossible_while_anything_is_open(outcomes: list[Outcome], undecided: bool, unverified: bool) -> None:
    report = Report(
        tuple(finding(one) for one in outcomes),
        ON,
        undecided=("x",) if undecided else (),
        unverified=("y",) if unverified else (),
    )
    open_things = set(outcomes) - {Outcome.FINE, Outcome.NOT_NEEDED}
    assert (report.readiness is Readiness.READY) == (report.open_things == ())
    assert readiness_words(report, wording())
    if report.readiness is Readiness.READY:
        assert not open_things
        assert not undecided
        assert not unverified
        assert Outcome.FINE in outcomes
    if open_things & {Outcome.FIX, Outcome.NOT_PROVIDED}:
        assert report.readiness is Readiness.FIX_FIRST


@pytest.mark.parametrize("outcome", [one for one in Outcome if one is not Outcome.FINE])
def test_a_finding_without_a_remedy_cannot_be_made(outcome: Outcome) -> None:
    with pytest.raises(ValueError, match="what to do"):
        replace(finding(outcome), remedy="")


def test_what_no_machine_sees_is_left_to_the_person() -> None:
    report = judged(good_files())
    assert any("盖章" in one.text for one in report.by_hand)
    assert all(one.citations for one in report.by_hand)
