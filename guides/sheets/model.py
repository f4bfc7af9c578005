"""The nouns of an export: sheets of cells as we write them, and as they come back from somebody's desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, what to write, and the words to choose from where they are fixed."""

    heading: str
    hint: str = ""
    choices: tuple[str, ...] = ()
    wide: bool = False
    """Holds sentences."""
    from_sheet: str = ""
    """Title of the sheet whose first column holds what may be chosen here."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One part of a guide; `upright`: one entry only, its columns stand as rows."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    upright: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of one cell and where it stands, as its reader would point at it: 规则 第5行 C列."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class FoundSheet:
    """A sheet as read: every entry as its cells by heading; empty entries are left out."""

    title: str
    place: str
    headings: tuple[str, ...]
    rows: tuple[Mapping[str, Cell], ...]
    row_places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that could not be taken over exactly: where, why, and what to do."""

    place: str
    cause: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}：{self.cause} → {self.remedy}"


@dataclass(frozen=True, slots=True)
class FoundBook:
    """Everything read from one file; `troubles` names what a sheet of cells cannot carry."""

    sheets: tuple[FoundSheet, ...]
    troubles: tuple[Trouble, ...] = field(default=())
