"""Cut a single item into passages that can be found: what it is, who may apply for it, what is handed in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from ingestion.items import LABELS, Item, source_of
from ingestion.model import Passage
from ingestion.ports import Cut
from ingestion.steps.split import About, Piece, passages_of

KIND = "item"
_ABOUT = ("CATANAME", "TASK_TYPE_TEXT", "DEPT_NAME", "AREA_CODE_TEXT", "service_object_name", "theme_category")


def item_passages(item: Item, digest: str, cut: Cut, *, as_of: date | None) -> tuple[Passage, ...]:
    """Give an item's passages: its head, its conditions, its materials. The other keys open in the archive."""
    about = About(
        source=source_of(item.code),
        title=f"{item.name}（{item.said_of('AREA_CODE_TEXT')}）",
        region=item.region,
        valid_from=as_of,
        kind=KIND,
        digest=digest,
    )
    return passages_of(about, _pieces(item, cut))


def words_at(content: bytes, locator: str) -> str | None:
    """Give the words of an archived item at a locator (`accept_standard`, `material_intro/2`); 全文 gives all."""
    record: dict[str, str | list[str] | None] = json.loads(content)
    key, _, rest = locator.partition("/")
    if key == "全文":
        return "\n".join(f"{LABELS.get(name, name)}：{_joined(value)}" for name, value in record.items() if value)
    value = record.get(key)
    if not rest:
        return _joined(value) or None
    listed = value if isinstance(value, list) else []
    return listed[int(rest) - 1] if rest.isdigit() and 0 < int(rest) <= len(listed) else None


def _joined(value: str | list[str] | None) -> str:
    return "\n".join(value) if isinstance(value, list) else (value or "").strip()


def _pieces(item: Item, cut: Cut) -> Iterator[Piece]:
    lines = [f"{LABELS[key]}：{words.replace(chr(10), '、')}" for key in _ABOUT if (words := item.words(key))]
    yield Piece("TASK_NAME", "\n".join((item.name, *lines)))
    for key in ("accept_standard", "material_intro"):
        for text in cut(item.words(key) or ""):
            yield Piece(key, text)
