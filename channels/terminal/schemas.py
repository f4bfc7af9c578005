"""`bancheng guides schema`: JSON Schema of the library's files, for editors that help while one writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from channels.terminal.options import BadInput, Json, careful, print_json
from guides.schema import schemas


@careful
def write_schemas(
    kind: Annotated[str, typer.Argument(help="guide、examples、notes、sources 或 overlay；不写就是全部")] = "",
    *,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="写到哪个文件；全部时是文件夹")] = Path(
        "docs/schema"
    ),
    as_json: Json = False,
) -> None:
    """写出指南库各种文件的 JSON Schema；在编辑器里配上它，写错一个键马上看得见。"""
    every = schemas()
    if kind and kind not in every:
        raise BadInput(f"没有“{kind}”这种文件，可以写：{'、'.join(every)}")
    one = kind and out.suffix == ".json"
    files = {out if one else out / f"{name}.json": made for name, made in every.items() if kind in ("", name)}
    for file, made in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if as_json:
        print_json({"files": [str(file) for file in files]})
        return
    for file in files:
        typer.echo(str(file))
