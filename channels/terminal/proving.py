"""`bancheng guides check|freeze`: what proves a guide right, and what keeps its lists as they were read."""

from __future__ import annotations

import difflib
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated

import typer

from channels.terminal.covering import check_cards
from channels.terminal.options import BadInput, Json, On, careful, print_json, the_day
from guides.audit import Audit, Yardstick, audit
from guides.golden import FILE, freeze, mismatches, read_golden, written
from guides.held import HeldGuide, read_held
from guides.held_laws import Laws, cited_laws, read_laws
from guides.library import Entry, Library, load_library
from guides.planted import Found, try_all
from prereview.model import Check

BY_HAND = "manual"
"""A correction that no check finds: a person looks."""
WORKERS = 2
PLANTED_INTO = ("newborn@430100", "open-restaurant@430100", "newborn@431022")
"""Real guides that take every kind of mistake; the last is an overlay."""


Official = Annotated[
    Path | None, typer.Option("--official", metavar="DIR", help="官方办事指南（JSON）的文件夹，逐处核对依据和数字")
]

LawFile = Annotated[
    Path | None, typer.Option("--laws", metavar="FILE", help="法律文本（JSONL，可用 xz 压缩），核对引用的每一条")
]
Cards = Annotated[
    Path | None,
    typer.Option("--cards", metavar="DIR", help="事实卡的文件夹：卡上的每一条，指南里有没有、说明了没有"),
]


@careful
def check_guides(
    slug: Annotated[str, typer.Argument(help="代号，或 代号@地区；不写就是全部")] = "",
    *,
    on: On = "",
    planted: Annotated[bool, typer.Option("--planted", help="往真的指南里埋错，看是不是每一种都查得出来")] = False,
    official: Official = None,
    laws: LawFile = None,
    cards: Cards = None,
    as_json: Json = False,
) -> None:
    """对每件事的全部情形作证明：路线唯一、每样材料恰有一条规则、免交不矛盾、没有用不到的问题、知道得更多不会改口。"""
    day = the_day(on)
    began = time.perf_counter()
    if cards is not None:
        check_cards(the_entries(_library(), slug), cards, as_json=as_json)
        return
    if planted:
        found = try_all(load_library(), PLANTED_INTO, day, _yardstick(official, laws))
        _show_planted(found, time.perf_counter() - began, as_json=as_json)
        return
    names = [entry.name for entry in the_entries(_library(), slug)]
    jobs = [_Job(name, day, official, laws) for name in names]
    with ProcessPoolExecutor(min(WORKERS, len(jobs))) as pool:
        audits = list(pool.map(_audit, jobs))
    _show(audits, time.perf_counter() - began, as_json=as_json)


@dataclass(frozen=True, slots=True)
class _Job:
    """One guide to look at, as it travels to a worker process."""

    name: str
    on: date
    official: Path | None
    laws: Path | None


def _audit(job: _Job) -> Audit:
    entry = the_entries(_library(), job.name)[0]
    yardstick = _yardstick(job.official, job.laws)
    return audit(entry, job.on, _library().sources, yardstick, read_golden(entry.folder))


def _yardstick(official: Path | None, laws: Path | None) -> Yardstick:
    return Yardstick(checks=_check_names(), held=_held(official), laws=_laws(laws))


@cache
def _library() -> Library:
    return load_library()


@cache
def _held(folder: Path | None) -> dict[str, HeldGuide]:
    return {} if folder is None else read_held(folder)


@cache
def _laws(file: Path | None) -> Laws:
    return {} if file is None else read_laws(file, cited_laws(_library().sources))


def _check_names() -> frozenset[str]:
    return frozenset({BY_HAND, *(check.value for check in Check)})


def _show(audits: list[Audit], seconds: float, *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "bundles": [
                    {
                        "slug": one.proof.bundle,
                        "region": one.proof.region,
                        "situations": one.proof.situations,
                        "routes": dict(one.proof.by_route),
                        "problems": list(one.problems),
                    }
                    for one in audits
                ],
                "seconds": round(seconds, 3),
            }
        )
    else:
        for one in audits:
            proof = one.proof
            shares = "，".join(f"{name} {count}" for name, count in proof.by_route)
            name = f"{proof.bundle}@{proof.region}"
            typer.echo(f"{name}：{proof.situations} 种情形（{shares}），{len(one.problems)} 处问题")
            for problem in one.problems:
                typer.echo(f"  · {problem}")
        total = sum(one.proof.situations for one in audits)
        typer.echo(f"{len(audits)} 份指南，{total} 种情形，用时 {seconds:.1f} 秒")
    if any(one.problems for one in audits):
        raise typer.Exit(1)


def _show_planted(found: tuple[Found, ...], seconds: float, *, as_json: bool) -> None:
    if as_json:
        rows: list[object] = [{"kind": one.kind, "guide": one.guide, "sentence": one.sentence} for one in found]
        print_json({"planted": rows, "found": sum(bool(one.sentence) for one in found), "seconds": round(seconds, 3)})
    else:
        for one in found:
            typer.echo(f"{'查出' if one.sentence else '漏掉'}｜{one.kind}（{one.guide}）")
            if one.sentence:
                typer.echo(f"  · {one.sentence}")
        caught = sum(bool(one.sentence) for one in found)
        typer.echo(f"埋了 {len(found)} 种错，查出 {caught} 种，用时 {seconds:.1f} 秒")
    if not all(one.sentence for one in found):
        raise typer.Exit(1)


@careful
def freeze_guides(
    slug: Annotated[str, typer.Argument(help="代号，或 代号@地区；不写就是全部")] = "", *, as_json: Json = False
) -> None:
    """把例子的清单整份冻结进 lists.yaml，打印差别；例子里手写的结果对不上的，不冻结。"""
    library = load_library()
    chosen = the_entries(library, slug)
    rows = [_freeze(library, entry) for entry in chosen]
    if as_json:
        print_json({"bundles": [{"slug": entry.guide.slug, "region": entry.guide.region, "changed": len(lines)}
                                for entry, lines in rows]})  # fmt: skip
        return
    for entry, lines in rows:
        typer.echo(f"{entry.guide.slug}@{entry.guide.region}：{len(entry.examples)} 个情形，{len(lines)} 行有变化")
        for line in lines:
            typer.echo(f"  {line}")


def the_entries(library: Library, name: str) -> list[Entry]:
    """Give the entries called `slug`, `slug@region` or `slug@region@layer`, all for ""; raises BadInput for none."""
    found = [entry for entry in library.every if name in ("", entry.guide.slug, entry.name)]
    if not found:
        raise BadInput(f"库里没有“{name}”，见 guides list")
    return found


def _freeze(library: Library, entry: Entry) -> tuple[Entry, list[str]]:
    """Write one lists.yaml; give the lines that differ from the last one."""
    golden = freeze(entry.guide, entry.examples, library.sources)
    wrong = mismatches(entry.guide, entry.examples, golden, library.sources)
    if wrong:
        raise BadInput(f"“{wrong[0].situation}”和手写的结果对不上：{wrong[0].differences[0]}。先改指南或例子，再冻结")
    file = entry.folder / FILE
    before = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    text = written(golden)
    file.write_text(text, encoding="utf-8")
    changes = difflib.unified_diff(before, text.splitlines(), lineterm="", n=0)
    return entry, [line for line in changes if not line.startswith(("---", "+++", "@@"))]
