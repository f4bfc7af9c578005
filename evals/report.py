"""The one shape every suite reports in: figures against the bar they must hold."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

Plain = str | int | float | bool | None


class BarInvalid(Exception):
    """A bar.toml is missing or malformed; the message names the file and the figure."""


class CasesUnavailable(Exception):
    """The cases or the data a suite needs are not there; the message says what to put where."""


@dataclass(frozen=True, slots=True)
class Bar:
    """What one figure must reach: at least `least` or at most `most`; `raised` says when it was last moved.

    `so_far` is what the open half has reached on the way there; a quick run holds when it does not fall behind it.
    """

    least: float | None
    most: float | None
    raised: str
    so_far: float | None = None

    def holds(self, value: float) -> bool:
        """Say whether the value reaches the bar; not-a-number never does."""
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)

    @property
    def guard(self) -> Bar:
        """The bar a quick run is held against: what was reached already, where the promise is not kept yet."""
        if self.so_far is None:
            return self
        return Bar(None if self.least is None else self.so_far, None if self.most is None else self.so_far, self.raised)

    @property
    def number(self) -> float | None:
        """The threshold itself."""
        return self.least if self.least is not None else self.most


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number over `n` cases; `bar` is None where it is only reported."""

    value: float
    n: int
    bar: float | None
    holds: bool
    guard: Bar | None = None


@dataclass(frozen=True, slots=True)
class SuiteReport:
    """What a suite found. `holds` is true when every figure with a bar holds it and every bar has its figure."""

    suite: str
    seed: int
    config: Mapping[str, Plain]
    cases: int
    figures: Mapping[str, Figure]
    holds: bool
    seconds: float
    misses: Sequence[Mapping[str, Plain]] = field(default=())

    def as_json(self) -> dict[str, object]:
        """Give the object that `bancheng eval --json` prints on one line; misses go to their own file."""
        return {
            "suite": self.suite,
            "seed": self.seed,
            "config": dict(self.config),
            "cases": self.cases,
            "figures": {
                name: {"value": figure.value, "n": figure.n, "bar": figure.bar, "holds": figure.holds}
                for name, figure in self.figures.items()
            },
            "holds": self.holds,
            "seconds": round(self.seconds, 3),
        }

    def write_misses(self, folder: Path, half: str = "") -> Path:
        """Write the missed cases to `folder/SUITE/{half}misses.jsonl` and the figures with their configuration beside.

        The last run's are replaced; gives the path of the misses.
        """
        target = folder / self.suite / f"{half}misses.jsonl"
        target.parent.mkdir(parents=True, exist_ok=True)
        lines = [json.dumps(dict(miss), ensure_ascii=False) for miss in self.misses]
        target.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        whole = json.dumps(self.as_json(), ensure_ascii=False, indent=1)
        (target.parent / f"{half}report.json").write_text(f"{whole}\n", encoding="utf-8")
        return target


def read_bars(path: Path) -> dict[str, Bar]:
    """Read a bar.toml: one table per figure with `least` or `most`, and `raised`, the date it was last moved.

    Raises BarInvalid with file and figure.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as broken:
        raise BarInvalid(f"{path}: {broken}") from broken
    return {name: _bar(path, name, table) for name, table in tables.items()}


def judge(
    suite: str,
    seed: int,
    measured: Mapping[str, tuple[float, int]],
    bars: Mapping[str, Bar],
    *,
    config: Mapping[str, Plain],
    cases: int,
    seconds: float,
    misses: Iterable[Mapping[str, Plain]] = (),
    not_measured: Iterable[str] = (),
) -> SuiteReport:
    """Hold measured values (value, n) against their bars.

    A bar without a figure does not hold, unless its name is in `not_measured` (a partial run that says so); a figure
    over no cases never holds its bar.
    """
    figures: dict[str, Figure] = {}
    for name, (value, count) in measured.items():
        bar = bars.get(name)
        holds = bar is None or (count > 0 and bar.holds(value))
        figures[name] = Figure(round(value, 6), count, bar.number if bar else None, holds, bar.guard if bar else None)
    missing = set(bars) - set(measured) - set(not_measured)
    holds = not missing and all(figure.holds for figure in figures.values())
    for name in sorted(missing):
        figures[name] = Figure(value=0.0, n=0, bar=bars[name].number, holds=False)
    return SuiteReport(suite, seed, config, cases, figures, holds, seconds, tuple(misses))


def against_so_far(report: SuiteReport) -> SuiteReport:
    """Give the report held against what was reached already, where that is less than the bar; it says so."""
    figures = {
        name: figure
        if figure.guard is None
        else replace(figure, bar=figure.guard.number, holds=figure.n > 0 and figure.guard.holds(figure.value))
        for name, figure in report.figures.items()
    }
    config = {**report.config, "bars": "so_far"}
    return replace(report, figures=figures, config=config, holds=all(figure.holds for figure in figures.values()))


def _bar(path: Path, name: str, table: object) -> Bar:
    if not isinstance(table, dict) or set(table) - {"least", "most", "so_far", "raised", "why"}:
        raise BarInvalid(f"{path}: [{name}] may hold least or most, so_far, raised and why")
    least, most, raised = table.get("least"), table.get("most"), table.get("raised")
    if (least is None) == (most is None) or raised is None:
        raise BarInvalid(f"{path}: [{name}] needs raised, and either least or most")
    so_far = _number(path, name, table.get("so_far"))
    return Bar(_number(path, name, least), _number(path, name, most), str(raised), so_far)


def _number(path: Path, name: str, value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BarInvalid(f"{path}: [{name}] needs a number")
    return float(value)
