"""The one shape every suite reports in: figures against the bar they must hold."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

Plain = str | int | float | bool | None


class BarInvalid(Exception):
    """A bar.toml is missing or malformed; the message names the file and the figure."""


class CasesUnavailable(Exception):
    """The cases or the data a suite needs are not there; the message says what to put where."""


@dataclass(frozen=True, slots=True)
class Bar:
    """What one figure must reach: at least `least` or at most `most`; `raised` says when it was last moved."""

    least: float | None
    most: float | None
    raised: str

    def holds(self, value: float) -> bool:
        """Say whether the value reaches the bar; not-a-number never does."""
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)

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

    def write_misses(self, folder: Path) -> Path:
        """Write the missed cases to `folder/SUITE/misses.jsonl`, replacing the last run's, and give the path."""
        target = folder / self.suite / "misses.jsonl"
        target.parent.mkdir(parents=True, exist_ok=True)
        lines = [json.dumps(dict(miss), ensure_ascii=False) for miss in self.misses]
        target.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
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
        figures[name] = Figure(value=round(value, 6), n=count, bar=bar.number if bar else None, holds=holds)
    missing = set(bars) - set(measured) - set(not_measured)
    holds = not missing and all(figure.holds for figure in figures.values())
    for name in sorted(missing):
        figures[name] = Figure(value=0.0, n=0, bar=bars[name].number, holds=False)
    return SuiteReport(suite, seed, config, cases, figures, holds, seconds, tuple(misses))


def _bar(path: Path, name: str, table: object) -> Bar:
    if not isinstance(table, dict) or set(table) - {"least", "most", "raised", "why"}:
        raise BarInvalid(f"{path}: [{name}] may hold least or most, raised and why")
    least, most, raised = table.get("least"), table.get("most"), table.get("raised")
    if (least is None) == (most is None) or raised is None:
        raise BarInvalid(f"{path}: [{name}] needs raised, and either least or most")
    return Bar(_number(path, name, least), _number(path, name, most), str(raised))


def _number(path: Path, name: str, value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BarInvalid(f"{path}: [{name}] needs a number")
    return float(value)
