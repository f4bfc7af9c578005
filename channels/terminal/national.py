"""`bancheng guides national`: the national lists and how much of them this library covers."""

from __future__ import annotations

import typer
from rich.console import Console
from rich.table import Table

from channels.present.national import ListView, national_view
from channels.terminal.options import Json, careful, print_json
from guides.library import load_library
from guides.national import Coverage


@careful
def national(*, as_json: Json = False) -> None:
    """国家重点事项清单：每一批几项、名目核到几项、本站有几项的指南；没核到名目的只计数。"""
    view = national_view(load_library())
    if as_json:
        print_json(view)
        return
    for one in view.lists:
        Console().print(_table(one))
    typer.echo(
        f"各批共 {view.total} 项（推算）：名目核到 {view.named} 项，其中 {view.here} 项有指南；"
        f"{view.count_only} 项只知道数目"
    )
    if view.outside:
        typer.echo(f"另有指南，名目还没有在清单里核到：{'、'.join(one.title for one in view.outside)}")


def _table(one: ListView) -> Table:
    count = "项数没有写" if one.count is None else f"{one.count} 项"
    table = Table("名目", "等级", "本站", title=f"{one.title} {one.document_no}（{one.issued}，{count}）")
    for matter in one.matters:
        places = "、".join(dict.fromkeys(place.name for guide in matter.guides for place in guide.regions))
        here = f"有指南：{places}" if matter.status is Coverage.GUIDE_HERE else "名目已知，还没有指南"
        table.add_row(matter.name, matter.reliability, here)
    if one.count_only:
        table.add_row(f"另 {one.count_only} 项", "", "名目没有核到，只计数")
    return table
