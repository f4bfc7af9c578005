"""What workbooks and documents that hold a guide have in common."""

from __future__ import annotations

from collections.abc import Iterable

from guides.sheets.model import Cell, Trouble

KEY, ENTRY = "栏目", "内容"
"""Headings of a table that holds one entry, its fields one below the other."""


def entry_of(named: Iterable[tuple[str, Cell]], troubles: list[Trouble]) -> dict[str, Cell]:
    """Put one upright entry together; a field without a name, or one written twice, is told."""
    entry: dict[str, Cell] = {}
    for name, cell in named:
        if not name.strip():
            if cell.text.strip():
                troubles.append(missing_name(cell.place, cell.text))
        elif name.strip() in entry:
            troubles.append(Trouble(cell.place, f"“{name.strip()}”写了两次，只留了第一次", "合成一格，一行写一样"))
        else:
            entry[name.strip()] = Cell(cell.text, f"{cell.place}（{name.strip()}）")
    return entry


def missing_name(place: str, text: str) -> Trouble:
    """Tell of a text under no heading."""
    return Trouble(place, f"“{text.strip()[:40]}”上面没有栏目名，没有带过来", "挪到有栏目名的格子里")
