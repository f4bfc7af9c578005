"""`bancheng guides burden`: what each bundle takes off a person, counted and beside the owners' own figures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from channels.present.burden import as_csv, figure, our_now
from channels.terminal.options import Json, Region, careful, print_json, the_region
from channels.wording import say
from guides.burden import BundleBurden, Change, library_burden
from guides.library import load_library
from guides.model import BurdenKind

_SHOWN = (BurdenKind.MATERIALS, BurdenKind.VISITS, BurdenKind.DAYS)


@careful
def burden(
    *,
    region: Region = "",
    file: Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="另写一份表格")] = None,
    as_json: Json = False,
) -> None:
    """减负：每件事分开办和现在各要几样、几次、几天，和公布的数字摆在一起；能共享还要交的有几样。"""
    library = load_library()
    found = library_burden(library, the_region(library, region))
    if file is not None:
        file.write_text("\ufeff" + as_csv(found), encoding="utf-8", newline="")
    if as_json:
        totals = {kind.value: _pair(change) for kind, change in found.totals.items()}
        print_json({"bundles": [_row(bundle) for bundle in found.bundles], "totals": totals})
        return
    table = Table(
        "一件事", "情形", *(say(f"burden.kind.{kind.value}") for kind in _SHOWN), "能共享还要交", "公布：材料"
    )
    for bundle in found.bundles:
        claims = [one for one in bundle.claims if one.claim.kind is BurdenKind.MATERIALS]
        said = "\n".join(f"{figure(one.claim.before)}→{figure(one.claim.now)}" for one in claims)
        means = [_words(bundle.means[kind]) for kind in _SHOWN]
        table.add_row(bundle.title, str(len(bundle.situations)), *means, str(len(bundle.shareable)), said)
    table.add_row(say("burden.each_once"), "", *(_words(found.totals[kind]) for kind in _SHOWN), "", "")
    Console().print(table)


def _words(change: Change) -> str:
    return f"{figure(change.before)}→{figure(change.now)}"


def _pair(change: Change) -> dict[str, float | None]:
    return {"before": change.before, "now": change.now}


def _row(bundle: BundleBurden) -> dict[str, object]:
    return {
        "slug": bundle.slug,
        "title": bundle.title,
        "region": bundle.region,
        "situations": len(bundle.situations),
        "left_out": bundle.left_out,
        "steps": bundle.steps,
        "unverified": bundle.unverified,
        **{kind.value: _pair(bundle.means[kind]) for kind in _SHOWN},
        "claims": [
            {
                "kind": one.claim.kind.value,
                "by": one.claim.by,
                "before": one.claim.before,
                "now": one.claim.now,
                "read": one.read,
                "ours": our_now(one),
                "differs": one.claim.differs,
            }
            for one in bundle.claims
        ],
        "shareable": [
            {"name": one.name, "held_by": one.department, "shown_only": one.shown_only, "share": round(one.share, 4)}
            for one in bundle.shareable
        ],
    }
