"""Every named situation of every guide against the whole list it must give: status, handling, clause and reason."""

from __future__ import annotations

import time
from pathlib import Path

from evals.report import SuiteReport, judge, read_bars
from guides.golden import Mismatch, mismatches, read_golden
from guides.library import Library, load_library

BARS = Path(__file__).parent / "bar.toml"
ORIGINS = ("official", "own")


def evaluate(seed: int = 0, library: Library | None = None) -> SuiteReport:
    """Judge all named situations; those an office states itself and those worked out by us are reported apart."""
    began = time.perf_counter()
    library = library or load_library()
    wrong: list[tuple[str, Mismatch]] = []
    counted = dict.fromkeys(ORIGINS, 0)
    frozen = 0
    for entry in library.every:
        golden = read_golden(entry.folder)
        frozen += golden is not None
        found = mismatches(entry.guide, entry.examples, golden, library.sources)
        wrong.extend((entry.name, mismatch) for mismatch in found)
        for example in entry.examples:
            counted[example.origin] += 1
    cases = sum(counted.values())
    measured = {"exact": _share(cases, len(wrong)), "situations": (float(cases), cases)}
    for origin in ORIGINS:
        missed = sum(mismatch.origin == origin for _, mismatch in wrong)
        measured[f"exact_{origin}"] = _share(counted[origin], missed)
    measured["frozen_bundles"] = (frozen / len(library.every) if library.every else 0.0, len(library.every))
    return judge(
        "situations",
        seed,
        measured,
        read_bars(BARS),
        config={"bundles": len(library.entries)},
        cases=cases,
        seconds=time.perf_counter() - began,
        misses=[
            {"bundle": name, "situation": mismatch.situation, "differences": "；".join(mismatch.differences)}
            for name, mismatch in wrong
        ],
    )


def _share(cases: int, missed: int) -> tuple[float, int]:
    return (max(0.0, 1 - missed / cases) if cases else 0.0), cases
