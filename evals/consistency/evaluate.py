"""Ask one question in five wordings, and hold materials, fee and days against each other."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.answers.figures_in import numbers
from evals.closed import consistency
from evals.door import opened
from evals.report import SuiteReport, judge, read_bars
from evals.shown import Shown, ask, latency

HERE = Path(__file__).parent
OPEN = HERE / "cases.yaml"
_FEE = re.compile(r"[^，。；\n]*(?:元|免费|不收费|收费|费用)[^，。；\n]*")
_DAYS = re.compile(r"[\d一二两三四五六七八九十]+\s*个?(?:工作日|天|日内|小时|月内)")


@dataclass(frozen=True, slots=True)
class Gist:
    """What has to be the same: the bundle, each material and how it is handled, what it costs, how long it takes."""

    bundle: str
    materials: frozenset[str]
    fee: frozenset[str]
    days: frozenset[str]


def evaluate(seed: int = 0, *, closed: bool = False, quick: bool = False, cases: Path | None = None) -> SuiteReport:
    """Measure how often all wordings get the same; `quick` asks every other group. Raises CasesUnavailable."""
    began = time.perf_counter()
    groups = consistency() if closed else consistency(path=cases or OPEN)[:: 2 if quick else 1]
    with opened() as house:
        shown = [[ask(house, wording) for wording in group.wordings] for group in groups]
    gists = [[gist(one) for one in answers] for answers in shown]
    told = [apart(group.bundle, one) for group, one in zip(groups, gists, strict=True)]
    wordings = sum(len(one) for one in gists)
    alike = sum(Counter(one).most_common(1)[0][1] for one in gists)
    return judge(
        "consistency",
        seed,
        {
            "same_answer": (sum(not one for one in told) / len(groups) if groups else 0.0, len(groups)),
            "like_the_rest": (alike / wordings if wordings else 0.0, wordings),
        }
        | latency([one.milliseconds for answers in shown for one in answers]),
        read_bars(HERE / "bar.toml"),
        config=dict(sorted(Counter(what for one in told for what in one).items())),
        cases=len(groups),
        seconds=time.perf_counter() - began,
        misses=[
            {"bundle": group.bundle, "apart": "、".join(one), "wordings": " | ".join(group.wordings)}
            for group, one in zip(groups, told, strict=True)
            if one
        ],
    )


def gist(shown: Shown) -> Gist:
    """Take out of an answer what must not depend on the wording."""
    listed = shown.view.checklist if shown.view else None
    sentences = "\n".join(statement.text for statement in shown.view.statements) if shown.view else ""
    fees = {number for part in _FEE.findall(sentences) for number in numbers(part)}
    free = {"free"} if re.search("免费|不收费|不收取", sentences) else set()
    return Gist(
        bundle=shown.bundle,
        materials=frozenset(f"{item.requirement}:{item.status}" for item in listed.items) if listed else frozenset(),
        fee=frozenset(fees | free),
        days=frozenset(re.sub(r"\s", "", found) for found in _DAYS.findall(sentences)),
    )


def apart(bundle: str, gists: Sequence[Gist]) -> tuple[str, ...]:
    """Name in what the answers differ, or that one is not about the group's bundle: silence is no agreement."""
    found = [
        name
        for name, values in (
            ("materials", {one.materials for one in gists}),
            ("fee", {one.fee for one in gists}),
            ("days", {one.days for one in gists}),
        )
        if len(values) > 1
    ]
    return (*(["bundle"] if any(one.bundle != bundle for one in gists) else []), *found)
