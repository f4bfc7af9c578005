"""`bancheng guides draw`: each guide as a flow (SVG, by Graphviz), a page of tables, a sheet of its distinct lists."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from channels.terminal.options import BadInput, Json, On, careful, print_json, the_day
from guides.drawing import flow_dot
from guides.library import Library, load_library
from guides.model import Guide
from guides.table_page import table_csv, table_page

SECONDS = 60
"""Longest time Graphviz may take over one picture."""


@careful
def draw_guides(
    slug: Annotated[str, typer.Argument(help="代号；不写就画全部")] = "",
    *,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="写到哪个文件夹")] = Path("docs/guides"),
    on: On = "",
    as_json: Json = False,
) -> None:
    """画出每件事的流程图（SVG）、规则和清单的表（HTML、CSV）。"""
    day = the_day(on)
    library = load_library()
    guides = [guide for guide in library.guides if slug in ("", guide.slug)]
    if not guides:
        raise BadInput(f"库里没有“{slug}”，见 guides list")
    program = shutil.which("dot")
    if program is None:
        raise BadInput("画流程图要用 Graphviz 的 dot，请先安装：apt-get install graphviz")
    out.mkdir(parents=True, exist_ok=True)
    files = [path for guide in guides for path in _draw(library, guide, day, out, program)]
    if as_json:
        print_json({"files": [str(path) for path in files]})
        return
    for path in files:
        typer.echo(str(path))


def _draw(library: Library, guide: Guide, day: date, out: Path, program: str) -> tuple[Path, Path, Path]:
    name = f"{guide.region or 'cn'}-{guide.slug}"
    flow, page, sheet = out / f"{name}.svg", out / f"{name}.html", out / f"{name}.csv"
    flow.write_text(_svg(flow_dot(guide, day), program), encoding="utf-8")
    page.write_text(table_page(guide, day, library.sources, flow.name, sheet.name), encoding="utf-8")
    sheet.write_text(table_csv(guide, day), encoding="utf-8-sig")
    return flow, page, sheet


def _svg(dot: str, program: str) -> str:
    """Let Graphviz lay a picture out; raises CalledProcessError where it cannot, which only a broken DOT can cause."""
    done = subprocess.run(  # noqa: S603 - the program is found on the path, the text is ours
        [program, "-Tsvg"], input=dot.encode(), capture_output=True, check=True, timeout=SECONDS
    )
    return done.stdout.decode()
