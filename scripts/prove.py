"""`make prove`: full evaluations, the proof of every guide, a set-up from nothing; figures go to docs/."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from scripts.measure import Figures, measure
from scripts.served import BANCHENG, ROOT, environment_for

SUITE_HEAD = ("suite", "figure", "value", "n", "bar", "holds")
README_TITLES = (
    ("zh", "## 数字\n\n两核、无显卡，用 `make prove` 量的；评测的数字见 [docs/figures.md](docs/figures.md)。"),
    ("en", "Measured on two cores without a GPU (`make prove`); evaluations in [docs/figures.md](docs/figures.md)."),
)
SUITES = ("routing", "situations", "questions", "retrieval", "answers", "prereview")


@dataclass(frozen=True, slots=True)
class SetUp:
    """What a newcomer waits for and what it takes on the disk."""

    seconds: float
    size_mib: float


@dataclass(frozen=True, slots=True)
class Told:
    """What a command printed as JSON, and whether its bars held."""

    command: str
    held: bool
    said: dict[str, object]


def set_up_from_nothing() -> SetUp:
    """Clone the project into an empty folder and time `make setup` there."""
    with tempfile.TemporaryDirectory(prefix="bancheng-") as folder:
        clone = Path(folder) / "bancheng"
        subprocess.run(["git", "clone", "-q", "--no-hardlinks", str(ROOT), str(clone)], check=True)
        began = time.monotonic()
        subprocess.run(["make", "setup"], cwd=clone, env=environment_for(clone / "var"), check=True)
        seconds = time.monotonic() - began
        size = sum(
            path.stat().st_size for path in (clone / ".venv").rglob("*") if path.is_file() and not path.is_symlink()
        )
        return SetUp(seconds, size / 2**20)


def tell(home: Path, *arguments: str) -> Told:
    """Run one command with --json on the state in `home`."""
    shown = f"bancheng {' '.join(arguments)}"
    print(shown, flush=True)
    done = subprocess.run(
        [BANCHENG, *arguments, "--json"],
        env=environment_for(home),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode not in {0, 1} or not done.stdout.strip():
        raise SystemExit(f"{shown}: exit {done.returncode}")
    return Told(shown, done.returncode == 0, json.loads(done.stdout.strip().splitlines()[-1]))


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write a table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def suite_rows(told: Told) -> list[list[str]]:
    """Give one row per figure of a suite."""
    figures = told.said["figures"]
    if not isinstance(figures, dict):
        raise SystemExit(f"{told.command}: no figures")
    suite = str(told.said["suite"])
    return [
        [
            suite,
            name,
            number(figure["value"]),
            str(figure["n"]),
            "–" if figure["bar"] is None else str(figure["bar"]),
            "yes" if figure["holds"] else "**no**",
        ]
        for name, figure in figures.items()
    ]


def number(value: object) -> str:
    """Write a figure with four digits at most behind the point."""
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def guide_rows(told: Told) -> list[list[str]]:
    """Give one row per proved bundle."""
    bundles = told.said["bundles"]
    if not isinstance(bundles, list):
        raise SystemExit(f"{told.command}: no bundles")
    return [[str(one["slug"]), str(one["situations"]), str(len(one["problems"]))] for one in bundles]


def product_rows(set_up: SetUp | None, figures: Figures) -> list[list[str]]:
    """Give what a newcomer and an operator want to know."""
    rows = [
        ["暖启动到第一页 / warm start to the first page", f"{figures.start_s:.1f} s"],
        ["完整回答，中位数 / full answer, median", f"{figures.median_ms:.0f} ms"],
        ["完整回答，95% 以内 / full answer, 95 in 100", f"{figures.p95_ms:.0f} ms"],
        ["内存，刚启动 / memory, started", f"{figures.memory_idle_mib:.0f} MiB"],
        [
            f"内存，{figures.answers} 次回答后 / memory, after {figures.answers} answers",
            f"{figures.memory_after_mib:.0f} MiB",
        ],
    ]
    if set_up:
        rows.insert(0, ["第一次安装（含建索引） / first set-up, index included", f"{set_up.seconds:.0f} s"])
        rows.insert(1, ["装好后占用 / on disk", f"{set_up.size_mib:.0f} MiB"])
    return rows


def write_readme(rows: Sequence[Sequence[str]]) -> None:
    """Put the product's figures between the README's marks, each language its own."""
    readme = ROOT / "README.md"
    text = readme.read_text(encoding="utf-8")
    for side, (language, title) in enumerate(README_TITLES):
        shown = [[label.split(" / ")[side], value] for label, value in rows]
        start, end = f"<!-- figures:{language} -->", f"<!-- /figures:{language} -->"
        before, _, rest = text.partition(start)
        after = rest.partition(end)[2]
        text = f"{before}{start}\n{title}\n\n{table(('', ''), shown)}\n{end}{after}"
    readme.write_text(text, encoding="utf-8")


def main() -> None:
    """Prove, measure and write down; exit 1 when a bar does not hold."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--without-setup", action="store_true", help="leave out the set-up from nothing")
    options.add_argument("--suites", nargs="*", default=list(SUITES))
    chosen = options.parse_args()

    set_up = None if chosen.without_setup else set_up_from_nothing()
    home = Path(tempfile.mkdtemp(prefix="bancheng-"))
    try:
        subprocess.run([BANCHENG, "setup"], env=environment_for(home), cwd=ROOT, check=True)
        product = product_rows(set_up, measure(home))
        guides = tell(home, "guides", "check")
        suites = [tell(home, "eval", suite) for suite in chosen.suites]
    finally:
        shutil.rmtree(home, ignore_errors=True)

    machine = f"{platform.system()}, Python {platform.python_version()}, {os.cpu_count()} cores, no GPU"
    parts = [
        "# Figures\n",
        f"Written by `make prove` on {datetime.now(UTC).date().isoformat()}: {machine}.\n",
        f"## The product\n\n{table(('', 'measured'), product)}\n",
        f"## Guides, every reachable situation\n\n{table(('bundle', 'situations', 'problems'), guide_rows(guides))}\n",
        "## Evaluations\n",
        table(SUITE_HEAD, [row for told in suites for row in suite_rows(told)]) + "\n",
    ]
    (ROOT / "docs").mkdir(exist_ok=True)
    (ROOT / "docs/figures.md").write_text("\n".join(parts), encoding="utf-8")
    write_readme(product)
    missed = [told.command for told in (guides, *suites) if not told.held]
    if missed:
        sys.exit(f"not held: {', '.join(missed)}")


if __name__ == "__main__":
    main()
