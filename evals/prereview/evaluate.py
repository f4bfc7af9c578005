"""Judge the pre-review on bundles with one known fault and on bundles without: nothing wrong may pass as fine."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Protocol

from evals.prereview.bundles import Bundle, Fact, Page
from evals.prereview.cases import Case, cases, pages
from evals.report import CasesUnavailable, Plain, SuiteReport, judge, read_bars
from evals.specimens.draw import picture
from evals.specimens.model import FontMissing
from prereview.model import Finding, Outcome, ReadFile, Readiness, Report

SIZE = ("bundles", "families")
"""How much was judged: a short run says nothing of it."""
BARS = Path(__file__).parent / "bar.toml"
ON = date(2026, 11, 22)
"""The day the specimen families plan to go, unless another is given: figures of different days compare."""


class FrontDoor(Protocol):
    """What is asked of the pre-review, as every channel asks it; ``width`` files may be read at once."""

    @property
    def width(self) -> int:
        """How many files may be read at once."""

    def read(self, content: bytes, name: str) -> ReadFile:
        """Read one file."""

    def judge(self, facts: Mapping[str, Fact], files: Sequence[ReadFile], on: date) -> Report:
        """Judge what was read against the person's own list for the newborn bundle in the home region."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A case and what was said about it."""

    case: Case
    report: Report

    @property
    def named(self) -> bool:
        """Whether one finding names the planted fault: right line, right check, right word."""
        wanted = self.case.expect
        return wanted is not None and any(
            f.requirement in wanted.requirements and f.check in wanted.checks and f.outcome in wanted.outcomes
            for f in self.report.findings
        )

    @property
    def passed_wrongly(self) -> bool:
        """Whether the fault went by: the whole is called ready, or all that is said of the faulty lines is FINE.

        A paper too many does no harm by going unmentioned, so long as it is not mistaken for a needed one.
        """
        wanted = self.case.expect
        if wanted is None or self.named:
            return False
        said = [f for f in self.report.findings if f.requirement in wanted.requirements]
        if wanted.outcomes == {Outcome.NOT_NEEDED}:
            return any(f.outcome is Outcome.FINE for f in said)
        return self.report.readiness is Readiness.READY or all(f.outcome is Outcome.FINE for f in said)


def evaluate(door: FrontDoor, seed: int = 0, *, on: date = ON, quick: bool = False) -> SuiteReport:
    """Draw, read each distinct picture once, judge every bundle, and hold the figures against the bar.

    Raises CasesUnavailable, naming the package, on a machine without a Chinese font.
    """
    began = time.perf_counter()
    every = cases(seed, on, quick=quick)
    try:
        read = read_all(door, every)
    except FontMissing as missing:
        raise CasesUnavailable(str(missing)) from missing
    done = tuple(Judged(case, door.judge(case.bundle.stated, _files(case.bundle, read), on)) for case in every)
    figures = measure(done)
    if quick:
        figures = {name: value for name, value in figures.items() if name not in SIZE}
    return judge(
        "prereview",
        seed,
        figures,
        read_bars(BARS),
        config={"quick": quick, "on": on.isoformat(), "pictures": len(read), "families": _families(every)},
        cases=len(every),
        seconds=time.perf_counter() - began,
        misses=[miss for one in done for miss in _misses(one)],
        not_measured=SIZE if quick else (),
    )


def read_all(door: FrontDoor, every: Sequence[Case]) -> dict[Page, ReadFile]:
    """Draw and read each distinct picture of the cases once."""
    by_digest: dict[str, Future[ReadFile]] = {}
    found: dict[Page, Future[ReadFile]] = {}
    with ThreadPoolExecutor(door.width) as pool:
        for page in sorted(pages(every), key=repr):
            drawn = picture(page.paper, page.damage)
            digest = hashlib.sha256(drawn.data).hexdigest()
            if digest not in by_digest:
                by_digest[digest] = pool.submit(door.read, drawn.data, drawn.truth.file)
            found[page] = by_digest[digest]
        return {page: read.result() for page, read in found.items()}


def measure(done: Sequence[Judged]) -> dict[str, tuple[float, int]]:
    """The figures: value and over how many."""
    faulty = [one for one in done if one.case.fault]
    good = [finding for one in done if not one.case.fault for finding in one.report.findings]
    wrong = sum(one.passed_wrongly for one in faulty)
    figures = {
        "wrong_pass": (float(wrong), len(faulty)),
        "fault_named": _share(sum(one.named for one in faulty), len(faulty)),
        "good_fine": _share(sum(f.outcome is Outcome.FINE for f in good), len(good)),
        "good_fix": _share(sum(f.outcome in {Outcome.FIX, Outcome.NOT_PROVIDED} for f in good), len(good)),
        "good_unsure": _share(sum(f.outcome is Outcome.UNSURE for f in good), len(good)),
        "bundles": (float(len(done)), len(done)),
        "families": (float(_families([one.case for one in done])), len(done)),
        "fault_kinds": (float(len({one.case.fault for one in faulty})), len(faulty)),
    }
    for kind, count in sorted(Counter(one.case.fault for one in faulty).items()):
        figures[f"named_{kind}"] = _share(sum(one.named for one in faulty if one.case.fault == kind), count)
    return figures


def _files(bundle: Bundle, read: Mapping[Page, ReadFile]) -> tuple[ReadFile, ...]:
    """The read pictures of one bundle, under names of their own and with the button that was pressed."""
    return tuple(
        replace(read[upload.page], name=f"{index:02d}-{read[upload.page].name}", requirement=upload.requirement)
        for index, upload in enumerate(bundle.uploads, 1)
    )


def _misses(one: Judged) -> list[dict[str, Plain]]:
    """What went wrong in one case, a line each, for misses.jsonl."""
    case, said = one.case, "; ".join(_said(f) for f in one.report.findings if f.outcome is not Outcome.FINE)
    if case.fault:
        if one.named:
            return []
        what = "wrong_pass" if one.passed_wrongly else "not_named"
        return [{"case": case.name, "fault": case.fault, "miss": what, "readiness": one.report.readiness, "said": said}]
    return [
        {"case": case.name, "fault": "", "miss": "false_alarm", "readiness": one.report.readiness, "said": _said(f)}
        for f in one.report.findings
        if f.outcome is not Outcome.FINE
    ]


def _said(finding: Finding) -> str:
    where = finding.file or "-"
    return (
        f"{finding.requirement or '-'}/{finding.check}={finding.outcome} [{where}] {finding.expected} ≠ {finding.found}"
    )


def _share(part: int, whole: int) -> tuple[float, int]:
    return (part / whole if whole else 0.0), whole


def _families(every: Sequence[Case]) -> int:
    return len({case.bundle.family.seed for case in every})
