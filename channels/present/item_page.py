"""A single item as people read it: every line in the list's own words, labelled, nothing filtered."""

from __future__ import annotations

from datetime import date

from guides.condition import Value
from ingestion.items import LABELS, HeldItem

_APART = ("TASK_NAME", "TASK_CODE", "URL", "accept_standard", "material_intro")
"""Keys with a place of their own in the view."""


class ItemLineView(Value):
    """One line of the list; `locator` is the place it is cited by."""

    locator: str
    label: str
    text: str


class ItemMaterialView(Value):
    """One material as listed: its name is all the list says."""

    locator: str
    name: str


class ItemView(Value):
    """A single item, quoted: which of it concerns a person is not decided here."""

    code: str
    name: str
    agency: str
    region: str
    place: str
    notice: str = "原文照录，未按您的情况筛选"
    as_of: date | None
    """The day the list speaks for; nothing where nobody knows."""
    source: str
    url: str
    conditions: str
    materials: tuple[ItemMaterialView, ...]
    lines: tuple[ItemLineView, ...]


def item_view(held: HeldItem, place: str) -> ItemView:
    """Give the view of an item; `place` is the name of its region."""
    item = held.item
    return ItemView(
        code=item.code,
        name=item.name,
        agency=item.said_of("DEPT_NAME"),
        region=item.region,
        place=place,
        as_of=held.as_of,
        source=held.source.id,
        url=item.said_of("URL"),
        conditions=item.said_of("accept_standard"),
        materials=tuple(
            ItemMaterialView(locator=f"material_intro/{n}", name=name) for n, name in enumerate(item.materials, 1)
        ),
        lines=tuple(
            ItemLineView(locator=key, label=label, text=words.replace("\n", "、"))
            for key, label in LABELS.items()
            if key not in _APART and (words := item.words(key))
        ),
    )
