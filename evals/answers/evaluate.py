"""Ask every question at the front door, and let the judge hold each sentence against its source.

The judge is judged first: it has to catch every planted bad answer, or its praise means nothing.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from channels.wiring import House
from evals import closed as closed_half
from evals.answers.evidence import Evidence
from evals.answers.judging import Judge
from evals.answers.model import Complaint, Fault, GivenAnswer
from evals.answers.planted import planted
from evals.closed_matching import says
from evals.door import ON, opened
from evals.report import CasesUnavailable, Plain, SuiteReport, judge, read_bars
from evals.shown import REFUSED, Shown, ask, latency
from guides.condition import Value

HERE = Path(__file__).parent
EACH = 12
"""Bad answers planted per kind of fault."""


class Case(Value):
    """One question: what was already said by button, and what a right answer cannot leave out (a|b: one of them)."""

    q: str
    bundle: str = ""
    facts: Mapping[str, bool | int | float | str] | None = None
    keys: tuple[str, ...] = ()


class _Cases(Value):
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class _Run:
    case: Case
    answer: GivenAnswer
    shown: Shown


def evaluate(seed: int = 0, *, closed: bool = False, cases: Path | None = None) -> SuiteReport:
    """Measure answers over all questions; raises CasesUnavailable when cases or the sources' texts are missing."""
    began = time.perf_counter()
    asked = closed_cases() if closed else read_cases(cases or HERE / "cases.yaml")
    with opened() as house:
        judging = Judge(house.library, Evidence(house.library.sources))
        runs = [_ask(house, case) for case in asked]
        complaints = {run.answer.answer_id: judging.complaints(run.answer) for run in runs}
        spoken = [run.answer for run in runs if run.answer.statements and not complaints[run.answer.answer_id]]
        bad = list(planted(spoken, house.library, seed, EACH))
        missed = [one for one in bad if not judging.complaints(one.answer)]
    every = [complaint for found in complaints.values() for complaint in found]
    measured = _figures(runs, every) | {
        "planted": (float(len(bad)), len(bad)),
        "planted_caught": (1 - len(missed) / len(bad) if bad else 0.0, len(bad)),
    }
    misses: list[Mapping[str, Plain]] = [
        {
            "question": run.case.q,
            "fault": complaint.fault.value,
            "detail": complaint.detail,
            "statement": complaint.statement,
        }
        for run in runs
        for complaint in complaints[run.answer.answer_id]
    ]
    misses += [{"planted": one.kind, "before": one.before, "after": one.after, "cites": one.cites} for one in missed]
    misses += [{"question": run.case.q, "left_out": "、".join(_left_out(run))} for run in runs if _left_out(run)]
    kinds = Counter(one.kind for one in bad)
    return judge(
        "answers",
        seed,
        measured,
        read_bars(HERE / "bar.toml"),
        config={"on": ON.isoformat(), **{f"planted_{kind}": count for kind, count in sorted(kinds.items())}},
        cases=len(runs),
        seconds=time.perf_counter() - began,
        misses=misses,
    )


def read_cases(path: Path) -> tuple[Case, ...]:
    """Read the questions; raises CasesUnavailable."""
    if not path.is_file():
        raise CasesUnavailable(f"没有题目文件 {path}")
    return _Cases.model_validate(yaml.safe_load(path.read_text(encoding="utf-8"))).cases


def closed_cases() -> tuple[Case, ...]:
    """Read the closed half; raises CasesUnavailable."""
    return tuple(
        Case(q=one.q, bundle=one.bundle, facts=dict(one.facts), keys=one.keys) for one in closed_half.answers()
    )


def _ask(house: House, case: Case) -> _Run:
    shown = ask(house, case.q, matter=case.bundle, facts=case.facts or {})
    if shown.view is None:
        nothing = GivenAnswer(
            answer_id=f"refused {case.q}",
            outcome=REFUSED,
            asked=case.q,
            on=ON.isoformat(),
            understood=(),
            statements=(),
        )
        return _Run(case, nothing, shown)
    return _Run(case, GivenAnswer.model_validate_json(shown.view.model_dump_json()), shown)


def _figures(runs: list[_Run], complaints: list[Complaint]) -> dict[str, tuple[float, int]]:
    total = sum(len(run.answer.statements) for run in runs)
    by_fault = Counter((complaint.fault, complaint.answer_id, complaint.statement) for complaint in complaints)

    def share_without(*faults: Fault) -> float:
        wrong = {(answer, statement) for (fault, answer, statement) in by_fault if fault in faults}
        return 1 - len(wrong) / total if total else 0.0

    keyed = [run for run in runs if run.case.keys]
    keys = sum(len(run.case.keys) for run in keyed)
    unsaid = sum(not _met(run, key, run.shown.said) for run in keyed for key in run.case.keys)
    return {
        "questions": (float(len(runs)), len(runs)),
        "citation_coverage": (share_without(Fault.UNCITED, Fault.UNKNOWN_SOURCE, Fault.NO_SUCH_PLACE), total),
        "citation_support": (share_without(*(set(Fault) - {Fault.NUMBER})), total),
        "number_fidelity": (share_without(Fault.NUMBER), total),
        "faithful": (share_without(Fault.NEGATION, Fault.WRONG_PLACE, Fault.STATUS, Fault.HIDDEN_DOUBT), total),
        "spoken": (sum(bool(run.answer.statements) for run in runs) / len(runs) if runs else 0.0, len(runs)),
        "key_points": (1 - sum(len(_left_out(run)) for run in keyed) / keys if keys else 0.0, keys),
        "key_points_said": (1 - unsaid / keys if keys else 0.0, keys),
    } | latency([run.shown.milliseconds for run in runs])


def _left_out(run: _Run) -> list[str]:
    """Give the key points that stand neither in what is said nor on the card under it."""
    everything = run.shown.everything
    return [key for key in run.case.keys if not _met(run, key, everything)]


def _met(run: _Run, key: str, shown: str) -> bool:
    return says(shown, key) or key in run.shown.requirements
