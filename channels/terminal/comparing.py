"""`bancheng guides diff A B`: what differs between two places or two days, line by line, over every situation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated

import typer

from channels.terminal.options import BadInput, Json, On, careful, print_json, the_day, the_region
from guides.between import Change, GuideDiff, between
from guides.joint import NotComparable, Side, renamed
from guides.library import Entry, Library, load_library

Which = Annotated[str, typer.Argument(help="代号@地区、代号@日期，或 代号@地区@日期，例如 newborn@431022")]


@careful
def diff_guides(a: Which, b: Which, *, on: On = "", as_json: Json = False) -> None:
    """逐行比较两个地方或者两个日期的指南：哪里不同、在哪些情形里、依据哪一条。"""
    library = load_library()
    left, left_name, left_entry = the_side(library, a, the_day(on), "a")
    right, right_name, right_entry = the_side(library, b, the_day(on), "b")
    if left_name == right_name:
        raise BadInput("两边是同一份指南的同一天，没有可比的；换一个地区，或者在后面写上 @日期")
    if right_entry.base == _called(left_entry):
        back = {new: old for old, new in right_entry.values.items()}
        right = replace(right, guide=renamed(right.guide, back))
    elif left_entry.base == _called(right_entry):
        right = replace(right, guide=renamed(right.guide, left_entry.values))
    try:
        found = between(left, right, (left_name, right_name))
    except NotComparable as wrong:
        raise BadInput(str(wrong)) from wrong
    if as_json:
        print_json(_plain(found))
        return
    typer.echo(f"两边都会有的情形 {found.situations} 种，{found.alike} 种完全一样。")
    if found.left_out:
        typer.echo(f"只有一边有的答案没有比较：{'、'.join(found.left_out)}。")
    for change in found.changes:
        typer.echo(f"· {change.sentence}")
    if not found.changes:
        typer.echo("没有不同。")


def _called(entry: Entry) -> str:
    return f"{entry.guide.slug}@{entry.guide.region}"


def the_side(library: Library, text: str, on: date, mark: str) -> tuple[Side, str, Entry]:
    """Read one side; give it with the name it goes by in the sentences. Raises BadInput."""
    slug, *rest = text.split("@")
    region, day = "", None
    for part in rest:
        if "-" in part:
            day = the_day(part)
        else:
            region = part
    entry = library.entry(slug, the_region(library, region), day or on)
    if entry is None:
        raise BadInput(f"本地清单未收录“{text}”，请问当地 12345。库里有的见 guides list")
    place = library.region(entry.guide.region)
    name = place.name if place else entry.guide.region
    return Side(entry.guide, day or on, mark), name + (f"（{day.isoformat()}）" if day else ""), entry


def _plain(found: GuideDiff) -> dict[str, object]:
    return {
        "left": found.left,
        "right": found.right,
        "situations": found.situations,
        "alike": found.alike,
        "left_out": list(found.left_out),
        "changes": [_row(change) for change in found.changes],
    }


def _row(change: Change) -> dict[str, object]:
    return {
        "kind": change.kind,
        "name": change.name,
        "situations": change.situations,
        "where": list(change.where),
        "before": change.before,
        "after": change.after,
        "clauses": list(change.clauses),
        "sentence": change.sentence,
    }
