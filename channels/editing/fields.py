"""The form of every part of a guide, read off the model itself; what it is called comes from the table of labels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Union, get_args, get_origin

from channels.editing.words import Words, words
from guides import model
from guides.condition import Value
from guides.yaml_source import Plain


class Shape(StrEnum):
    """How a field is filled in."""

    TEXT = "text"
    LONG = "long"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    ANSWER = "answer"
    LINES = "lines"
    PAIRS = "pairs"
    SERVICES = "services"
    SOURCES = "sources"
    SOURCE = "source"
    PART = "part"
    PARTS = "parts"
    CONDITION = "condition"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a part; `kind` names the model of what it holds, "" for a plain value."""

    name: str
    shape: Shape
    label: str
    hint: str
    kind: str = ""
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A page of the editor: some fields of the guide."""

    key: str
    title: str
    hint: str
    fields: tuple[Field, ...]


@cache
def sections() -> tuple[Section, ...]:
    """Give the sections in the order in which a guide is written."""
    listed = words("labels")["sections"]
    known = {field.name: field for field in fields_of("Guide")}
    made = []
    for key, entry in listed.items() if isinstance(listed, Mapping) else ():
        if isinstance(entry, Mapping):
            names = tuple(known[str(name)] for name in entry["fields"])
            made.append(Section(key, str(entry["title"]), str(entry["hint"]), names))
    return tuple(made)


@cache
def fields_of(kind: str) -> tuple[Field, ...]:
    """Give the fields of a kind of part, in the order of its model; what has no label is left to the file."""
    labels = part_words(kind).get("fields")
    model_ = kind_named(kind)
    if not isinstance(labels, Mapping):
        return ()
    named = ((info.alias or name, name) for name, info in model_.model_fields.items())
    return tuple(_field(kind, alias, name) for alias, name in named if alias in labels)


def kind_named(kind: str) -> type[Value]:
    """Give the model of a kind of part."""
    found = getattr(model, kind)
    if not (isinstance(found, type) and issubclass(found, Value)):
        raise KeyError(kind)
    return found


def part_words(kind: str) -> Words:
    """Give the labels of one kind of part."""
    parts = words("labels")["parts"]
    found = parts.get(kind) if isinstance(parts, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def field_words(kind: str, name: str) -> Words:
    """Give label, hint and choices of a field."""
    labels = part_words(kind).get("fields")
    found = labels.get(name, name) if isinstance(labels, Mapping) else name
    return found if isinstance(found, Mapping) else {"label": str(found)}


def one_of(kind: str) -> str:
    """Give what one entry of a list is called."""
    return str(part_words(kind).get("one", ""))


def name_in(part: Plain, kind: str) -> str:
    """Give what an entry goes by: its name, title or first words."""
    value = part.get(str(part_words(kind).get("name"))) if isinstance(part, dict) else None
    if isinstance(value, list):
        value = value[0] if value else ""
    return str(value)[:24] if value else ""


def _field(kind: str, alias: str, name: str) -> Field:
    said = field_words(kind, alias)
    info = kind_named(kind).model_fields[name]
    shape, held = _shape(kind, alias, info.annotation, said)
    choices = said.get("choices")
    listed = tuple((str(key), str(label)) for key, label in choices.items()) if isinstance(choices, Mapping) else ()
    label, hint = str(said.get("label", alias)), str(said.get("hint", ""))
    return Field(alias, shape, label, hint, held, info.is_required(), listed)


def _shape(kind: str, name: str, annotation: object, said: Words) -> tuple[Shape, str]:
    special = {"when": Shape.CONDITION, "default": Shape.ANSWER, "services": Shape.SERVICES, "after": Shape.SERVICES}
    if said.get("hidden"):
        return Shape.HIDDEN, ""
    if kind == "Guide" and name in ("sources", "services"):
        return (Shape.SOURCES, "") if name == "sources" else (Shape.PARTS, "Service")
    if kind == "Citation" and name == "source":
        return Shape.SOURCE, ""
    if name in special:
        return special[name], ""
    if said.get("choices"):
        return Shape.CHOICE, ""
    return _of_type(annotation, long=bool(said.get("long")))


def _of_type(annotation: object, *, long: bool) -> tuple[Shape, str]:
    parts = get_args(annotation)
    if get_origin(annotation) in (Union, UnionType):
        return _of_type(next(part for part in parts if part is not type(None)), long=long)
    if get_origin(annotation) is tuple:
        inner = parts[0]
        is_part = isinstance(inner, type) and issubclass(inner, Value)
        return (Shape.PARTS, inner.__name__) if is_part else (Shape.LINES, "")
    if get_origin(annotation) is dict:
        return Shape.PAIRS, ""
    if isinstance(annotation, type) and issubclass(annotation, Value):
        return Shape.PART, annotation.__name__
    if annotation in (int, float):
        return Shape.NUMBER, ""
    if getattr(annotation, "__name__", "") == "date":
        return Shape.DATE, ""
    return (Shape.LONG if long else Shape.TEXT), ""
