"""Extract: the fields of a recognised document, each with the place it stands at, and the places left blank.

Rows are cut at their labels; a value is what follows a label up to the next one, what stands beside it in a taller
cell, or, where the profile says so, under it. People on one page are told apart by where their block begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from prereview.labels import Hit, Piece, Places, Table, read_table
from prereview.layout import Sheet
from prereview.model import Blank, ExtractedField
from prereview.people import BlockMap, adopt, map_blocks
from prereview.profile_model import BlankSpec, FieldSpec, FieldType, PersonBlocks, Side
from prereview.values import ReadValue, read_value, sex_in

SIGNING_ROOM = 7.0
"""Length of the place to sign right of its label, in line heights, where nothing bounds it."""
FILLING_ROOM = 4.0
CELL_GAP = 1.5
"""Words of one value stand closer than this many line heights."""
_ASIDE = re.compile(r"^[:：]?\([^()]{1,8}\)")
"""A remark right after a label: 委托人（母亲）"""
_SHAPELY = frozenset({FieldType.ID_NUMBER, FieldType.PERIOD, FieldType.CARD})
"""Shapes so plain that a value is known without its label."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was read from one document: its fields, and the places that are blank or to be signed."""

    fields: tuple[ExtractedField, ...]
    blanks: tuple[Blank, ...]


def extract(sheet: Sheet, side: Side) -> Extraction:
    """Read one side; a field that is not found gives nothing, a label without a value gives a Blank."""
    table = adopt(read_table(sheet, side), side)
    fields: list[ExtractedField] = []
    blanks: list[Blank] = []
    own = _Taken()
    blocks = map_blocks(table, side)
    for spec in side.fields:
        hits = [hit for hit in table.hits_of(spec.labels) if blocks.owner(hit, default_only=True) is None]
        _read(table, spec, hits or table.hits_of(spec.labels), own, fields, blanks)
    if side.persons is not None:
        people = _people(table, side.persons, blocks, own)
        fields += people.fields
        blanks += people.blanks
    blanks += [blank for spec in side.blanks if (blank := _signature(table, spec)) is not None]
    return Extraction(tuple(fields), tuple(blanks))


class _Taken:
    """Characters that already belong to a field, so that a shape is not read twice."""

    def __init__(self) -> None:
        self.places: set[tuple[int, int]] = set()

    def add(self, places: Iterable[tuple[int, int]]) -> None:
        self.places.update(places)


def _read(
    table: Table,
    spec: FieldSpec,
    hits: Sequence[Hit],
    own: _Taken,
    fields: list[ExtractedField],
    blanks: list[Blank],
) -> None:
    """Read one field under the first label that has a value of its shape; else by pattern or by its shape alone."""
    shapeless: ExtractedField | None = None
    for hit in hits:
        found = _under(table, spec, hit)
        if found is not None and found[0].expected_shape:
            fields.append(found[0])
            own.add(found[1])
            return
        shapeless = shapeless or (found[0] if found else None)
    found = _by_pattern(table, spec) or (_by_shape(table, spec, own) if spec.anywhere else None)
    if found is not None:
        fields.append(found[0])
        own.add(found[1])
    elif shapeless is not None:
        fields.append(shapeless)
    elif hits and (box := table.sheet.beyond(hits[0].places, _room(table, hits[0], FILLING_ROOM))) is not None:
        blanks.append(Blank(spec.name, box, person=spec.person, confidence=hits[0].confidence))


def _under(table: Table, spec: FieldSpec, hit: Hit) -> tuple[ExtractedField, Places] | None:
    """Read the value that belongs to a label: in its row, in its cell, or below it."""
    tries = [table.after(hit)]
    if spec.multiline or not tries[0].text:
        tries.insert(0, table.cell(hit, spec.multiline))
    if spec.below:
        tries.append(table.below(hit))
    shapeless: tuple[ExtractedField, Places] | None = None
    for piece in tries:
        trimmed = _without_aside(_without_echo(table.sheet, hit, piece))
        if not trimmed.text:
            continue
        found = _field(table.sheet, spec, trimmed)
        if found is not None and found[0].expected_shape:
            return found
        shapeless = shapeless or found
    return shapeless


def _without_echo(sheet: Sheet, hit: Hit, piece: Piece) -> Piece:
    """Drop the label's last character where it was read once more: two overlapping boxes both saw it (姓名, 名张三)."""
    if not piece.places or not hit.places:
        return piece
    (here, first), (label, last) = piece.places[0], hit.places[-1]
    echoed = here != label and piece.text[0] == sheet.words[label].text[last]
    overlaps = sheet.words[here].at(first)[0] < sheet.words[label].at(last + 1)[0]
    return piece.cut(1) if echoed and overlaps else piece


def _without_aside(piece: Piece) -> Piece:
    match = _ASIDE.match(piece.text)
    return piece.cut(match.end()) if match else piece


def _field(sheet: Sheet, spec: FieldSpec, piece: Piece) -> tuple[ExtractedField, Places] | None:
    """Make a field of a piece of text; words of another shape are kept as they are, and marked."""
    if spec.type is FieldType.NAME:
        piece = _first_cell(sheet, piece)
    value = read_value(spec, piece.text)
    if value is None:
        stripped = piece.text.strip(" :：_.。")
        if not stripped:
            return None
        start = piece.text.index(stripped)
        made = _make(sheet, spec, piece, ReadValue(stripped, start, start + len(stripped)))
        return None if made is None else (replace(made[0], expected_shape=False), made[1])
    return _make(sheet, spec, piece, value)


def _first_cell(sheet: Sheet, piece: Piece) -> Piece:
    """Cut at the first wide gap: the next cell's label may have been lost, and a name must not swallow its value."""
    for spot in range(1, len(piece.places)):
        (before, last), (here, first) = piece.places[spot - 1], piece.places[spot]
        if before == here or not piece.text[:spot].strip(" :：()"):
            continue
        gap = sheet.words[here].at(first)[0] - sheet.words[before].at(last + 1)[0]
        if gap > CELL_GAP * sheet.words[before].height:
            return piece.span(0, spot)
    return piece


def _make(sheet: Sheet, spec: FieldSpec, piece: Piece, value: ReadValue) -> tuple[ExtractedField, Places] | None:
    places = piece.places[value.start : value.end]
    box = sheet.box(places)
    if box is None:
        return None
    confidence = min(sheet.words[word].confidence for word, _ in places)
    return ExtractedField(spec.name, value.value, piece.text[value.start : value.end], box, confidence), places


def _by_pattern(table: Table, spec: FieldSpec) -> tuple[ExtractedField, Places] | None:
    if not spec.pattern:
        return None
    whole = table.stream
    match = re.search(spec.pattern, whole.text)
    return _field(table.sheet, spec, whole.span(match.start(1), match.end(1))) if match else None


def _by_shape(
    table: Table, spec: FieldSpec, own: _Taken, pieces: Sequence[Piece] | None = None
) -> tuple[ExtractedField, Places] | None:
    """Find a value by its shape where no label led to it; only in words that no other field has taken."""
    if spec.type is FieldType.DATE:
        return _only_date(table, spec, own)
    if spec.type not in _SHAPELY:
        return None
    for piece in table.lines if pieces is None else pieces:
        value = read_value(spec, piece.text)
        if value is not None and not own.places & set(piece.places[value.start : value.end]):
            return _make(table.sheet, spec, piece, value)
    return None


def _only_date(table: Table, spec: FieldSpec, own: _Taken) -> tuple[ExtractedField, Places] | None:
    """Find the one date that stands under no label the profile knows; of several, none is the right one."""
    found: list[tuple[ExtractedField, Places]] = []
    for number, line in enumerate(table.lines):
        first = min((hit.start for hit in table.hits if hit.row == number), default=len(line.text))
        piece = line.span(0, first)
        value = read_value(spec, piece.text)
        if value is not None and not own.places & set(piece.places[value.start : value.end]):
            made = _make(table.sheet, spec, piece, value)
            found += [made] if made else []
    return found[0] if len({one[0].value for one in found}) == 1 else None


def _people(table: Table, persons: PersonBlocks, blocks: BlockMap, own: _Taken) -> Extraction:
    """Read the fields each person has, block by block, then name the blocks by role or by sex."""
    read: dict[int, tuple[list[ExtractedField], list[Blank]]] = {number: ([], []) for number in blocks.numbers}
    for number, (fields, blanks) in read.items():
        for spec in persons.fields:
            hits = [hit for hit in table.hits_of(spec.labels) if blocks.owner(hit) == number]
            _read(table, spec, hits, own, fields, blanks)
    for number, (fields, blanks) in read.items():
        for spec in persons.fields:
            if spec.type is FieldType.ID_NUMBER and not any(one.name == spec.name for one in fields):
                lines = [piece for piece in table.words if blocks.around(piece) == number]
                if (found := _by_shape(table, spec, own, lines)) is not None:
                    fields.append(found[0])
                    own.add(found[1])
                    blanks[:] = [blank for blank in blanks if blank.name != spec.name]
    out_fields: list[ExtractedField] = []
    out_blanks: list[Blank] = []
    for number, person in _roles(persons.by_sex, blocks, read).items():
        fields, blanks = read[number]
        out_fields += [replace(one, name=f"{person}_{one.name}") for one in fields]
        out_blanks += [replace(one, name=f"{person}_{one.name}", person=person) for one in blanks]
    return Extraction(tuple(out_fields), tuple(out_blanks))


def _roles(
    by_sex: dict[str, str], blocks: BlockMap, read: dict[int, tuple[list[ExtractedField], list[Blank]]]
) -> dict[int, str]:
    """Name each block: by its label, else by the sex printed in it or carried by its identity number."""
    roles = {number: blocks.person(number) for number in read if blocks.person(number)}
    if not by_sex:
        return roles
    for number, (fields, _) in read.items():
        values = {one.name: one for one in fields if one.expected_shape}
        sex = values["sex"].value if "sex" in values else ""
        if "id_number" in values:
            sex = sex_in(values["id_number"].value)
        if (role := by_sex.get(sex)) and role not in roles.values():
            roles[number] = role
    unnamed = [number for number in read if number not in roles]
    spare = [role for role in by_sex.values() if role not in roles.values()]
    if len(unnamed) == len(spare) == 1 and roles:
        roles[unnamed[0]] = spare[0]
    return roles


def _signature(table: Table, spec: BlankSpec) -> Blank | None:
    """Find the place to sign right of its label, with what was read in it."""
    for label in sorted(spec.labels, key=len, reverse=True):
        for hit in table.hits_of((label,)):
            piece = _without_aside(table.after(hit))
            if not piece.text.strip(" :：_"):
                piece = _without_aside(table.cell(hit, wrapped=False))
            box = table.sheet.beyond(hit.places, _room(table, hit, SIGNING_ROOM))
            if box is not None:
                text = piece.text.strip(" :：_()")
                return Blank(spec.name, box, text=text, person=spec.person, signature=True, confidence=hit.confidence)
    return None


def _room(table: Table, hit: Hit, most: float) -> float:
    """Give how far the place right of a label reaches, in line heights: to the next label of the row at most."""
    word = table.sheet.words[hit.places[-1][0]]
    following = table.next_in_row(hit)
    if following is None:
        return most
    here = word.at(hit.places[-1][1] + 1)[0]
    there = table.sheet.words[following.places[0][0]].at(following.places[0][1])[0]
    return max(1.0, min(most, (there - here) / word.height - 0.5))
