"""Ask every wording at the front door and see how the answer ends, and why."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

from evals.closed import Outcome, OutcomeCase, outcomes
from evals.door import opened
from evals.report import SuiteReport, judge, read_bars
from evals.shown import Shown, ask, latency

HERE = Path(__file__).parent
OPEN = HERE / "cases.yaml"


def evaluate(seed: int = 0, *, closed: bool = False, cases: Path | None = None) -> SuiteReport:
    """Measure how answers end, together and by kind; raises CasesUnavailable."""
    began = time.perf_counter()
    asked = outcomes() if closed else outcomes(path=cases or OPEN)
    with opened() as house:
        shown = [(case, ask(house, case.asked)) for case in asked]
    wrong = [(case, one) for case, one in shown if not right(case, one)]
    every, missed = Counter(kind_of(case) for case in asked), Counter(kind_of(case) for case, _ in wrong)
    confusion = Counter(f"{kind_of(case)}>{_ended(one)}" for case, one in wrong)
    return judge(
        "outcomes",
        seed,
        {"outcome_accuracy": (1 - len(wrong) / len(asked) if asked else 0.0, len(asked))}
        | {f"accuracy_{kind}": (1 - missed[kind] / count, count) for kind, count in sorted(every.items())}
        | latency([one.milliseconds for _, one in shown]),
        read_bars(HERE / "bar.toml"),
        config=dict(sorted(confusion.items())),
        cases=len(asked),
        seconds=time.perf_counter() - began,
        misses=[{"question": case.q, "wanted": kind_of(case), "ended": _ended(one)} for case, one in wrong],
    )


def right(case: OutcomeCase, shown: Shown) -> bool:
    """Say whether it ended as it should; an outcome of `also` frees from the reason only if it answers or asks."""
    if shown.outcome not in {case.outcome, *case.also}:
        return False
    free = shown.outcome in (Outcome.ANSWERED, Outcome.ASKING)
    return free or case.reason is None or shown.reason is case.reason


def kind_of(case: OutcomeCase) -> str:
    """Name the kind: why nothing is to be answered, else how it is to end."""
    return case.reason.value if case.reason else case.outcome.value


def _ended(shown: Shown) -> str:
    return f"{shown.outcome}:{shown.reason.value}" if shown.reason else shown.outcome
