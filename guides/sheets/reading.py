"""Sheets that came back, read as a guide; what cannot be taken over exactly is told with its cell, never dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import ValidationError

from guides.condition import Value
from guides.files import explain
from guides.model import Example, Guide, Note, Source
from guides.notation import Glossary, Naming, NotationInvalid
from guides.references import reference_problems
from guides.sheets.cells import CellInvalid, read_cell
from guides.sheets.model import Cell, FoundBook, FoundSheet, Trouble
from guides.sheets.naming import entries, naming_of, parents_of
from guides.sheets.plan import BESIDE, KEYS, Field, Part, plan
from guides.sheets.writing import ABOUT, columns_of, source_sheet
from guides.yaml_source import Plain

Where = tuple[str | int, ...]
V = TypeVar("V", bound=Value)
_NONE = Cell("", "")


@dataclass(frozen=True, slots=True)
class ReadGuide:
    """What came back: the guide where every cell made sense, the content in any case, and every trouble."""

    guide: Guide | None
    examples: tuple[Example, ...]
    notes: tuple[Note, ...]
    content: dict[str, Plain]
    """As guide.yaml would hold it; a cell that made no sense stands there as it was written."""
    beside: dict[str, Plain]
    troubles: tuple[Trouble, ...]


def read_sheets(book: FoundBook, sources: Mapping[str, Source]) -> ReadGuide:
    """Read a book of sheets as a guide, its examples and its notes."""
    reader = _Reader(book, list(book.troubles))
    content, beside = reader.content()
    guide = reader.made(Guide, content, ())
    if guide is not None:
        for path, cause, remedy in reference_problems(guide, sources):
            reader.tell(reader.place(path), cause, remedy)
    reader.look_up_only(content, sources)
    examples = [reader.made(Example, one, ("examples", i)) for i, one in enumerate(_listed(beside, "examples"))]
    notes = [reader.made(Note, one, ("notes", i)) for i, one in enumerate(_listed(beside, "notes"))]
    return ReadGuide(
        guide,
        tuple(one for one in examples if one is not None),
        tuple(one for one in notes if one is not None),
        content,
        beside,
        tuple(dict.fromkeys(reader.troubles)),
    )


def _listed(content: Mapping[str, Plain], name: str) -> list[Plain]:
    found = content.get(name)
    return found if isinstance(found, list) else []


@dataclass(slots=True)
class _Reader:
    book: FoundBook
    troubles: list[Trouble]
    places: dict[Where, str] = field(default_factory=dict)

    def tell(self, place: str, cause: str, remedy: str) -> None:
        self.troubles.append(Trouble(place, cause, remedy))

    def content(self) -> tuple[dict[str, Plain], dict[str, Plain]]:
        """Read every part: first what names things, then the conditions that use the names."""
        found = self._sheets()
        for title in found.keys() - {part.title for part in plan()} - {ABOUT, source_sheet((), {}).title}:
            self.tell(found[title].place, f"不认识“{title}”这一页，没有带过来", "把内容挪到已有的页里，再删掉它")
        bare = Naming(Glossary({}), {}, Glossary({}), Glossary({}))
        names, beside = self._parts(found, bare, silent=True)
        content, beside = self._parts(found, naming_of(names), silent=False)
        return content, beside

    def _sheets(self) -> dict[str, FoundSheet]:
        found: dict[str, FoundSheet] = {}
        for sheet in self.book.sheets:
            was = found.get(sheet.title)
            rows = (*was.rows, *sheet.rows) if was else sheet.rows
            places = (*was.row_places, *sheet.row_places) if was else sheet.row_places
            headings = tuple(dict.fromkeys((*(was.headings if was else ()), *sheet.headings)))
            found[sheet.title] = FoundSheet(sheet.title, sheet.place, headings, rows, places)
        return found

    def _parts(
        self, found: Mapping[str, FoundSheet], naming: Naming, *, silent: bool
    ) -> tuple[dict[str, Plain], dict[str, Plain]]:
        """Read all sheets; `silent`: a first look for names, mistakes are told in the second."""
        content: dict[str, Plain] = {}
        beside: dict[str, Plain] = {name: [] for name in BESIDE}
        told = len(self.troubles)
        for part in plan():
            sheet = found.get(part.title)
            if sheet is None:
                self.tell(f"“{part.title}”", "少了这一页", "从导出的文件里把这一页放回来；没有内容也要留着栏目")
                continue
            self._columns(part, sheet)
            if part.path == ():
                content |= self._entry(part, sheet, 0, naming, ()) if sheet.rows else {}
            elif part.parent:
                self._children(part, sheet, content, naming)
            else:
                self._entries(part, sheet, beside if part.path[0] in BESIDE else content, naming)
        if silent:
            del self.troubles[told:]
        return content, beside

    def _columns(self, part: Part, sheet: FoundSheet) -> None:
        wanted = [column.heading for column in columns_of(part)]
        for name in sheet.headings:
            if name not in wanted and any(row.get(name, _NONE).text.strip() for row in sheet.rows):
                self.tell(sheet.place, f"不认识“{name}”这一栏，没有带过来", f"可以有的栏：{'、'.join(wanted)}")
        for one in part.fields:
            if one.required and len(one.path) == 1 and one.heading not in sheet.headings and sheet.rows:
                self.tell(sheet.place, f"少了“{one.heading}”这一栏", "照导出的文件把这一栏放回来")

    def _entries(self, part: Part, sheet: FoundSheet, into: dict[str, Plain], naming: Naming) -> None:
        name = part.path[0]
        made: list[Plain] = [self._entry(part, sheet, i, naming, (name, i)) for i in range(len(sheet.rows))]
        if made or _required(name):
            into[name] = made

    def _children(self, part: Part, sheet: FoundSheet, content: dict[str, Plain], naming: Naming) -> None:
        owners = parents_of(content, part.parent)
        by_key = {str(one.get(KEYS[part.parent])): i for i, one in enumerate(entries(content, part.parent))}
        for number, row in enumerate(sheet.rows):
            cell = row.get(part.parent_heading, _NONE)
            try:
                owner = by_key[owners.meant(cell.text.strip(), part.parent_heading.removeprefix("所属"))]
            except NotationInvalid as wrong:
                where = cell.place or sheet.row_places[number]
                self.tell(where, f"{wrong.cause}，这一行没有带过来", wrong.remedy)
                continue
            parent = entries(content, part.parent)[owner]
            siblings = parent.setdefault(part.path[1], [])
            if isinstance(siblings, list):
                path = (part.parent, owner, part.path[1], len(siblings))
                siblings.append(self._entry(part, sheet, number, naming, path))

    def _entry(self, part: Part, sheet: FoundSheet, number: int, naming: Naming, at: Where) -> dict[str, Plain]:
        made: dict[str, Plain] = {}
        row = sheet.rows[number]
        self.places[at] = sheet.row_places[number]
        for one in part.fields:
            cell = row.get(one.heading, _NONE)
            self.places[*at, *one.path] = cell.place or f"{sheet.row_places[number]}“{one.heading}”"
            if cell.text.strip():
                _put(made, one.path, self._value(one, cell, naming))
        return made

    def _value(self, one: Field, cell: Cell, naming: Naming) -> Plain:
        try:
            return read_cell(one, cell.text, naming)
        except CellInvalid as wrong:
            self.tell(cell.place, wrong.cause, wrong.remedy)
            return cell.text

    def made(self, kind: type[V], content: Plain, at: Where) -> V | None:
        """Make a value; None after mistakes, each told at its cell."""
        try:
            return kind.model_validate(content)
        except ValidationError as error:
            for detail in error.errors():
                self.tell(self.place((*at, *detail["loc"])), *explain(detail))
            return None

    def place(self, path: Where) -> str:
        """Name the cell of a path, or the nearest thing around it that stands on a sheet."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.places:
                return self.places[path[:length]]
        return self.places.get((), "整份指南")

    def look_up_only(self, content: Mapping[str, Plain], sources: Mapping[str, Source]) -> None:
        """Tell what was changed on the sheet of sources, which only mirrors the registry."""
        names = content.get("sources")
        shown = source_sheet([str(name) for name in names] if isinstance(names, list) else [], sources)
        known = {row[0]: dict(zip((c.heading for c in shown.columns), row, strict=True)) for row in shown.rows}
        first = shown.columns[0].heading
        for sheet in self.book.sheets:
            for row in sheet.rows if sheet.title == shown.title else ():
                registered = known.get(row.get(first, _NONE).text.strip())
                for name, cell in row.items():
                    if registered is not None and registered.get(name, "").strip() != cell.text.strip():
                        cause = f"“{name}”改成了“{cell.text.strip()}”，没有带过来"
                        self.tell(cell.place, cause, "依据文件在 guides/sources/ 里改")


def _required(name: str) -> bool:
    return name in Guide.model_fields and Guide.model_fields[name].is_required()


def _put(content: dict[str, Plain], path: tuple[str, ...], value: Plain) -> None:
    for name in path[:-1]:
        inner = content.setdefault(name, {})
        if isinstance(inner, dict):
            content = inner
    content[path[-1]] = value
