"""The judge of the pre-review cannot be pleased by silence, by praise, or by crying wolf."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from evals.prereview.bundles import Fact
from evals.prereview.cases import Case, cases, pages
from evals.prereview.evaluate import BARS, ON, Judged, measure, read_all
from evals.report import read_bars
from prereview.model import Check, Contradiction, Finding, Outcome, ReadFile, Report

QUICK = cases(3, ON, quick=True)
FAULTY = tuple(case for case in QUICK if case.fault)


def finding(requirement: str, check: Check, outcome: Outcome) -> Finding:
    conflict = Contradiction("hukou_kind", "family", "collective") if outcome is Outcome.FACT_CONFLICT else None
    return Finding(requirement, check, outcome, "", "", "", "请看一下", (), contradiction=conflict)


def praising(case: Case) -> Report:
    names = sorted({u.requirement for u in case.bundle.uploads} | (case.expect.requirements if case.expect else set()))
    return Report(tuple(finding(n, Check.LEGIBLE, Outcome.FINE) for n in names), ON)


def naming(case: Case) -> Report:
    assert case.expect is not None
    praised = praising(case).findings
    one = [min(each) for each in (case.expect.requirements, case.expect.checks, case.expect.outcomes)]
    return Report((*praised, finding(one[0], Check(one[1]), Outcome(one[2]))), ON)


@pytest.mark.parametrize("case", FAULTY, ids=lambda case: case.name)
def test_praise_and_silence_are_wrong_passes(case: Case) -> None:
    for report in (praising(case), Report((), ON)):
        judged = Judged(case, report)
        assert not judged.named
        if case.fault != "not_needed" or report.findings:
            assert judged.passed_wrongly


@pytest.mark.parametrize("case", FAULTY, ids=lambda case: case.name)
def test_the_right_finding_names_the_fault(case: Case) -> None:
    judged = Judged(case, naming(case))
    assert judged.named
    assert not judged.passed_wrongly


@pytest.mark.parametrize("case", FAULTY, ids=lambda case: case.name)
def test_a_complaint_about_something_else_does_not_name_the_fault(case: Case) -> None:
    assert case.expect is not None
    elsewhere = Report((*praising(case).findings, finding("somewhere", Check.SIGNED, Outcome.FIX)), ON)
    judged = Judged(case, elsewhere)
    assert not judged.named
    assert judged.passed_wrongly


def test_figures_count_what_they_say() -> None:
    good = tuple(case for case in QUICK if not case.fault)
    alarm = Report((finding("birth_record", Check.LEGIBLE, Outcome.FIX),), ON)
    named = measure([Judged(c, naming(c)) for c in FAULTY] + [Judged(c, praising(c)) for c in good])
    assert named["wrong_pass"] == (0.0, len(FAULTY))
    assert named["fault_named"][0] == 1.0
    assert named["good_fine"][0] == 1.0
    assert named["good_fix"][0] == 0.0
    blind = measure([Judged(c, praising(c)) for c in FAULTY] + [Judged(c, alarm) for c in good])
    assert blind["wrong_pass"] == (float(len(FAULTY)), len(FAULTY))
    assert blind["fault_named"][0] == 0.0
    assert blind["good_fix"][0] == 1.0


def test_the_bar_is_no_weaker_than_the_promise() -> None:
    bars = read_bars(BARS)
    assert bars["wrong_pass"].most == 0
    assert (bars["fault_named"].least or 0) >= 0.9
    assert (bars["good_fine"].least or 0) >= 0.9
    assert (bars["good_fix"].most or 0) <= 0.03
    assert (bars["bundles"].least or 0) >= 200
    assert (bars["families"].least or 0) >= 40
    assert (bars["fault_kinds"].least or 0) >= 10


class Counting:
    """A front door that only counts what is read."""

    width = 2

    def __init__(self) -> None:
        self.seen: list[bytes] = []

    def read(self, content: bytes, name: str) -> ReadFile:
        self.seen.append(content)
        return ReadFile(name, "", "image/jpeg", ())

    def judge(self, facts: Mapping[str, Fact], files: Sequence[ReadFile], on: date) -> Report:
        return Report((), on)


def test_each_picture_is_read_once() -> None:
    few = [case for case in QUICK if case.bundle.family.seed == QUICK[0].bundle.family.seed]
    door = Counting()
    read = read_all(door, few)
    assert set(read) == pages(few)
    assert len(door.seen) == len(set(door.seen)) <= len(read)
