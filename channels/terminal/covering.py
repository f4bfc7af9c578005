"""`bancheng guides check --cards DIR`: is everything a fact card names in the guide, or noted with a reason?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from channels.terminal.options import BadInput, print_json
from guides.cards import Coverage, Named, coverage
from guides.library import Entry


def check_cards(entries: Sequence[Entry], folder: Path, *, as_json: bool) -> None:
    """Compare each guide written out whole with its card; exit 1 where something is missing, card or guide included."""
    if not folder.is_dir():
        raise BadInput(f"没有文件夹 {folder}，请检查 --cards")
    whole = {entry.guide.slug: entry for entry in entries if not entry.base}
    found = [
        coverage(folder / f"{slug}.md", entry.guide, entry.notes)
        for slug, entry in whole.items()
        if (folder / f"{slug}.md").exists()
    ]
    cards = {card.stem for card in folder.glob("*.md")} - {"README"}
    uncarded, unguided = sorted(whole.keys() - cards), sorted(cards - whole.keys()) if len(whole) > 1 else []
    if as_json:
        bundles: list[object] = [_row(one) for one in found]
        print_json({"bundles": bundles, "without_card": list(uncarded), "without_guide": list(unguided)})
    else:
        _show(found, uncarded, unguided)
    if unguided or any(one.missing for one in found):
        raise typer.Exit(1)


def _show(found: Sequence[Coverage], uncarded: Sequence[str], unguided: Sequence[str]) -> None:
    for one in found:
        counts = f"有 {len(one.found)}，说明了 {len(one.noted)}，缺 {len(one.missing)}"
        typer.echo(f"{one.slug}：{counts}")
        for named in one.missing:
            typer.echo(f"  · 缺{named.kind.value}：{named.text}")
    for slug in uncarded:
        typer.echo(f"{slug}：没有事实卡，未比较")
    for slug in unguided:
        typer.echo(f"{slug}：有事实卡，还没有指南")
    total = [
        sum(len(part) for part in parts) for parts in zip(*((o.found, o.noted, o.missing) for o in found), strict=True)
    ]
    if total:
        typer.echo(f"{len(found)} 份卡：有 {total[0]}，说明了 {total[1]}，缺 {total[2]}")


def _row(one: Coverage) -> dict[str, object]:
    return {
        "slug": one.slug,
        "found": len(one.found),
        "noted": [_named(named) for named in one.noted],
        "missing": [_named(named) for named in one.missing],
    }


def _named(named: Named) -> dict[str, str]:
    return {"kind": named.kind.value, "text": named.text}
