"""Scoring a closed half: only sets as they were frozen, only a tree anybody can check out, and never out of sight."""

from __future__ import annotations

import hashlib
import re
import subprocess
from datetime import date
from pathlib import Path

from evals.report import SuiteReport

HERE = Path(__file__).parent
LEDGER = HERE / "CLOSED.md"
SUITES = ("routing", "facts", "outcomes", "answers", "journeys", "consistency", "redteam")
"""The suites that have a closed half."""
SCORED = ("assistant", "guides", "channels", "ingestion", "evals", ":(exclude)evals/CLOSED.md")
"""What a score depends on; the ledger of scorings grows with each."""
_ROW = re.compile(r"^\| (\S+\.yaml) \| \d+ \| ([0-9a-f]{64}) \|$", re.MULTILINE)
_DETAIL = re.compile(r"^(accuracy|safe)_|^(median|p95)_ms$")


class ScoringRefused(Exception):
    """A closed half cannot be scored now; the message says what stands in the way."""


def commit_to_score(root: Path = HERE.parent) -> str:
    """Give the commit a score would be of, in short; raises ScoringRefused for changed sets or an uncommitted tree."""
    commit = _git(root, "rev-parse", "--short=10", "HEAD").strip()
    if changed := _git(root, "status", "--porcelain", "--", *SCORED).splitlines():
        named = "、".join(line[3:] for line in changed[:5])
        raise ScoringRefused(
            f"{commit} 之后还有没提交的改动（{named}），闭卷只给提交过的代码打分：先提交，或另取一份干净的"
        )
    if changed := unfrozen(root / "evals", _git(root, "show", "HEAD:evals/CLOSED.md")):
        raise ScoringRefused(
            f"闭卷题与 evals/CLOSED.md 里的摘要对不上：{'、'.join(changed)}。题目不能改，只能加题并换摘要"
        )
    return commit


def unfrozen(folder: Path, ledger: str) -> list[str]:
    """Name every closed file that is not the one of its digest, is listed nowhere, or is gone."""
    listed = dict(_ROW.findall(ledger))
    there = {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.glob("*/closed/*.yaml")
    }
    return sorted(name for name in listed.keys() | there.keys() if listed.get(name) != there.get(name))


def record(report: SuiteReport, commit: str, day: date, ledger: Path = LEDGER) -> str:
    """Append a scoring to the ledger and give its line; nothing is ever taken out."""
    line = f"| {day.isoformat()} | {commit} | {report.suite} | {_figures(report)} |"
    text = ledger.read_text(encoding="utf-8")
    ledger.write_text(f"{text.rstrip()}\n{line}\n", encoding="utf-8")
    return line


def _figures(report: SuiteReport) -> str:
    """Give every figure but the details by kind, with its number of cases and whether its bar holds; then the times."""
    told = [
        f"{name} {figure.value:.4f} of {figure.n}"
        + ("" if figure.bar is None or figure.holds else f" (bar {figure.bar:g})")
        for name, figure in report.figures.items()
        if not _DETAIL.match(name)
    ]
    times = [f"{name} {report.figures[name].value:.1f}" for name in ("median_ms", "p95_ms") if name in report.figures]
    return "; ".join([*told, *times])


def _git(root: Path, *words: str) -> str:
    command = ["git", "-C", str(root), *words]
    try:
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 — our own words
    except (OSError, subprocess.CalledProcessError) as broken:
        raise ScoringRefused("闭卷打分要在 git 仓库里做，才说得清打的是哪一版") from broken
