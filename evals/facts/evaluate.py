"""Ask every wording on its matter's page and compare what was understood with what was said."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from evals.closed import FactsCase, Value, facts
from evals.door import opened
from evals.report import Plain, SuiteReport, judge, read_bars
from evals.shown import ask, latency
from guides.situation import bounds, parse_day

HERE = Path(__file__).parent
OPEN = HERE / "cases.yaml"


def evaluate(seed: int = 0, *, closed: bool = False, quick: bool = False, cases: Path | None = None) -> SuiteReport:
    """Measure what is understood, counted by fact; `quick` asks every other case. Raises CasesUnavailable.

    `unseen.yaml` beside the open half is only told (`unseen_…`): nobody works with its wordings.
    """
    began = time.perf_counter()
    asked = facts() if closed else facts(path=cases or OPEN)[:: 2 if quick else 1]
    apart = () if closed or cases or quick else facts(path=HERE / "unseen.yaml")
    with opened() as house:
        shown = [(case, ask(house, case.q, matter=case.bundle)) for case in asked]
        unseen = [(case, ask(house, case.q, matter=case.bundle)) for case in apart]
    verdicts = [(case, verdict(case, one.facts)) for case, one in shown]
    counts: Counter[str] = Counter(kind for _, found in verdicts for kind in found.values())
    told = Counter(kind for case, one in unseen for kind in verdict(case, one.facts).values())
    beside = {f"unseen_{name}": figure for name, figure in figures(told).items()} if unseen else {}
    return judge(
        "facts",
        seed,
        figures(counts) | beside | latency([one.milliseconds for _, one in shown]),
        read_bars(HERE / "bar.toml"),
        config={kind: counts[kind] for kind in ("right", "wrong", "extra", "unread")},
        cases=len(asked),
        seconds=time.perf_counter() - began,
        misses=[
            {"question": case.q, "bundle": case.bundle, **_missed(case, found, one.facts)}
            for (case, found), (_, one) in zip(verdicts, shown, strict=True)
            if set(found.values()) - {"right"}
        ],
    )


def verdict(case: FactsCase, read: Mapping[str, Value]) -> dict[str, str]:
    """Judge each fact: right, wrong (another value), extra (never said) or unread; what is implied counts neither way.

    An implied fact with another value than the one implied is wrong.
    """
    found: dict[str, str] = {}
    for name, gold in case.facts.items():
        found[name] = "unread" if name not in read else "right" if agrees(read[name], gold) else "wrong"
    for name, value in read.items():
        if name in case.facts:
            continue
        if name in case.may:
            found.update({} if agrees(value, case.may[name]) else {name: "extra"})
        else:
            found[name] = "extra"
    return found


def agrees(read: Value, gold: Value) -> bool:
    """Say whether a value is the gold one; a gold period (with a /) holds whatever lies inside it."""
    if isinstance(read, bool) or isinstance(gold, bool):
        return read is gold
    if isinstance(read, int | float) or isinstance(gold, int | float):
        return _number(read) == _number(gold)
    if read == gold:
        return True
    try:
        (first, last), (earliest, latest) = bounds(parse_day(read)), bounds(parse_day(gold))
    except ValueError:
        return False
    return earliest <= first and last <= latest if "/" in gold else (first, last) == (earliest, latest)


def figures(counts: Mapping[str, int]) -> dict[str, tuple[float, int]]:
    """Give precision, recall and their harmonic mean; a wrong value costs both."""
    right, wrong, extra, unread = (counts.get(kind, 0) for kind in ("right", "wrong", "extra", "unread"))
    read, said = right + wrong + extra, right + wrong + unread
    precision, recall = right / read if read else 0.0, right / said if said else 0.0
    both = precision + recall
    return {
        "facts_f1": (2 * precision * recall / both if both else 0.0, said),
        "precision": (precision, read),
        "recall": (recall, said),
    }


def _number(value: Value) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None


def _missed(case: FactsCase, found: Mapping[str, str], read: Mapping[str, Value]) -> dict[str, Plain]:
    return {
        name: f"{kind}: {read.get(name, '—')} / {case.facts.get(name, case.may.get(name, '—'))}"
        for name, kind in found.items()
        if kind != "right"
    }
