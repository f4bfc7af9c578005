"""`bancheng guides promote`: an editor's step from a single item to the draft of a guided one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from channels.settings import read_settings
from channels.terminal.ingesting import write_draft
from channels.terminal.options import BadInput, Json, careful, print_json, the_day
from channels.wiring import open_items
from ingestion.pipeline import draft_item


@careful
def promote(
    item: Annotated[str, typer.Argument(metavar="ITEM", help="单项事项的编码，见事项页面")],
    *,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="草稿写到哪个文件夹")],
    as_json: Json = False,
) -> None:
    """把一个单项事项写成草稿，给编辑改成按情况问的指南；草稿不会被当成指南用。"""
    held = open_items(read_settings()).item(item)
    if held is None:
        raise BadInput(f"没有收进编码是“{item}”的单项事项，先用 bancheng ingest items 收进来")
    files = write_draft(draft_item(held, on=the_day("")), out)
    if as_json:
        print_json({"files": [str(path) for path in files]})
        return
    for path in files:
        typer.echo(f"草稿：{path}")
