"""The console script: the channels' commands, and the judge's own beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from channels.cli import app
from channels.settings import read_settings
from channels.terminal.everywhere import Everywhere
from channels.terminal.options import BadInput, Json, On, careful, print_json, the_day
from channels.wiring import CHINA
from evals import scoring
from evals.report import BarInvalid, CasesUnavailable, SuiteReport, against_so_far

__all__ = ["app"]


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked of a suite on the command line."""

    seed: int
    cases: Path | None
    model: str
    quick: bool
    closed: bool


# A suite is imported when it runs: drawing and judging libraries would slow every other command down.


def _routing(asked: Request) -> SuiteReport:
    from evals.routing.evaluate import evaluate

    return evaluate(asked.seed, closed=asked.closed, cases=asked.cases)


def _situations(asked: Request) -> SuiteReport:
    from evals.situations.evaluate import evaluate

    return evaluate(asked.seed)


def _questions(asked: Request) -> SuiteReport:
    from evals.questions.evaluate import evaluate

    return evaluate(asked.seed, quick=asked.quick)


def _retrieval(asked: Request) -> SuiteReport:
    from evals.retrieval.evaluate import evaluate

    return evaluate(asked.seed, model=asked.model, quick=asked.quick, cases=asked.cases)


def _answers(asked: Request) -> SuiteReport:
    from evals.answers.evaluate import evaluate

    return evaluate(asked.seed, closed=asked.closed, cases=asked.cases)


def _facts(asked: Request) -> SuiteReport:
    from evals.facts.evaluate import evaluate

    return evaluate(asked.seed, closed=asked.closed, quick=asked.quick, cases=asked.cases)


def _outcomes(asked: Request) -> SuiteReport:
    from evals.outcomes.evaluate import evaluate

    return evaluate(asked.seed, closed=asked.closed, cases=asked.cases)


def _journeys(asked: Request) -> SuiteReport:
    from evals.journeys.evaluate import evaluate

    return evaluate(asked.seed, closed=asked.closed, cases=asked.cases)


def _consistency(asked: Request) -> SuiteReport:
    from evals.consistency.evaluate import evaluate

    return evaluate(asked.seed, closed=asked.closed, quick=asked.quick, cases=asked.cases)


def _redteam(asked: Request) -> SuiteReport:
    from evals.redteam.evaluate import evaluate

    return evaluate(asked.seed, closed=asked.closed, cases=asked.cases)


def _lies(asked: Request) -> SuiteReport:
    from evals.lies.evaluate import evaluate

    return evaluate(asked.seed, quick=asked.quick, cases=asked.cases)


def _prereview(asked: Request) -> SuiteReport:
    from evals.prereview.door import reviewing
    from evals.prereview.evaluate import evaluate

    with reviewing() as door:
        return evaluate(door, asked.seed, quick=asked.quick)


SUITES: dict[str, Callable[[Request], SuiteReport]] = {
    "routing": _routing,
    "situations": _situations,
    "questions": _questions,
    "retrieval": _retrieval,
    "answers": _answers,
    "facts": _facts,
    "outcomes": _outcomes,
    "journeys": _journeys,
    "consistency": _consistency,
    "redteam": _redteam,
    "lies": _lies,
    "prereview": _prereview,
}


@app.command("eval", cls=Everywhere)
@careful
def run_suite(
    suite: Annotated[str, typer.Argument(help="、".join(SUITES))],
    *,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="抽样和作画的种子")] = 0,
    cases: Annotated[Path | None, typer.Option("--cases", metavar="FILE", help="换一份题目")] = None,
    model: Annotated[str, typer.Option("--model", metavar="PATH", help="本地 sentence-transformers 模型")] = "",
    quick: Annotated[bool, typer.Option("--quick", help="抽样，几分钟内完成；不得低于已经做到的")] = False,
    closed: Annotated[bool, typer.Option("--closed", help="闭卷：给提交过的代码打分，记入 evals/CLOSED.md")] = False,
    as_json: Json = False,
) -> None:
    """跑一套评测：打印数字和应达到的线，没达到就以 1 退出。"""
    if suite not in SUITES:
        raise BadInput(f"没有“{suite}”这套评测，可以写：{'、'.join(SUITES)}")
    if closed and suite not in scoring.SUITES:
        raise BadInput(f"“{suite}”没有闭卷题，有的是：{'、'.join(scoring.SUITES)}")
    if closed and (cases or quick):
        raise BadInput("--closed 就是整份闭卷题，不能再加 --cases 或 --quick")
    try:
        commit = scoring.commit_to_score() if closed else ""
        report = SUITES[suite](Request(seed, cases, model, quick, closed))
    except (CasesUnavailable, BarInvalid, scoring.ScoringRefused) as missing:
        raise BadInput(str(missing)) from missing
    if quick:
        report = against_so_far(report)
    if closed:
        report = replace(report, config={**report.config, "commit": commit})
    misses = report.write_misses(read_settings().home / "evals", "closed_" if closed else "")
    if closed:
        line = scoring.record(report, commit, datetime.now(CHINA).date())
        typer.echo(f"{scoring.LEDGER.name} 记下了：{line}", err=True)
    if as_json:
        print_json(report.as_json())
    else:
        _show(report, misses)
    if not report.holds:
        raise typer.Exit(1)


def _show(report: SuiteReport, misses: Path) -> None:
    table = Table("数字", "值", "样本", "线", "", title=f"{report.suite}（{report.cases} 题，{report.seconds:.1f} 秒）")
    for name, figure in report.figures.items():
        bar = "" if figure.bar is None else f"{figure.bar:g}"
        table.add_row(name, f"{figure.value:.4g}", str(figure.n), bar, "达到" if figure.holds else "没达到")
    Console().print(table)
    if report.misses:
        typer.echo(f"没答对的 {len(report.misses)} 条在 {misses}")


specimen = typer.Typer(help="样本证件：画出虚构的证件和它的真值。", no_args_is_help=True)
app.add_typer(specimen, name="specimen")


@specimen.callback()
def specimen_main() -> None:
    """样本证件：画出虚构的证件和它的真值。"""


@specimen.command("draw", cls=Everywhere)
@careful
def draw_specimen(
    *,
    kind: Annotated[str, typer.Option("--kind", metavar="K", help="证件种类，如 id_card")],
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="种子：同一种子同一张")] = 0,
    damage: Annotated[
        str, typer.Option("--damage", metavar="D", help="clean、scan、mild、moderate、severe …")
    ] = "mild",
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="写到哪个文件夹")],
    on: On = "",
    as_json: Json = False,
) -> None:
    """画一份样本，写出图片和 truth.json。"""
    from evals.specimens.draw import draw
    from evals.specimens.model import SpecimenError

    try:
        truths = draw(kind, seed, damage, out, the_day(on))
    except SpecimenError as wrong:
        raise BadInput(str(wrong)) from wrong
    files = [str(out / truth.file) for truth in truths]
    if as_json:
        print_json({"files": files, "truth": str(out / "truth.json")})
        return
    for path in files:
        typer.echo(path)
