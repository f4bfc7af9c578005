"""`bancheng guides check|freeze`: what proves a guide right, and what keeps its lists as they were read."""

from __future__ import annotations

import difflib
import time
from typing import Annotated

import typer

from channels.terminal.options import BadInput, Json, On, careful, print_json, the_day
from guides.golden import FILE, freeze, mismatches, written
from guides.library import Entry, Library, load_library
from guides.proof import prove


@careful
def check_guides(*, on: On = "", as_json: Json = False) -> None:
    """对每件事的全部情形作证明：路线唯一、每样材料恰有一条规则、没有用不到的问题。"""
    day = the_day(on)
    began = time.perf_counter()
    proofs = [prove(guide, day) for guide in load_library().guides]
    seconds = round(time.perf_counter() - began, 3)
    if as_json:
        print_json(
            {
                "bundles": [
                    {
                        "slug": p.bundle,
                        "region": p.region,
                        "situations": p.situations,
                        "routes": dict(p.by_route),
                        "problems": list(p.problems),
                    }
                    for p in proofs
                ],
                "seconds": seconds,
            }
        )
    else:
        for proof in proofs:
            shares = "，".join(f"{name} {count}" for name, count in proof.by_route)
            typer.echo(f"{proof.bundle}：{proof.situations} 种情形（{shares}），{len(proof.problems)} 处问题")
            for problem in proof.problems:
                typer.echo(f"  · {problem}")
        typer.echo(f"用时 {seconds} 秒")
    if any(proof.problems for proof in proofs):
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
    """Give the entries called `slug` or `slug@region`, all for ""; raises BadInput for an unknown one."""
    slug, _, region = name.partition("@")
    found = [e for e in library.entries if slug in ("", e.guide.slug) and region in ("", e.guide.region)]
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
