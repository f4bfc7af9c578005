"""Which sheet holds which part of a guide: read off the models, so that a new field is never forgotten."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from functools import cache
from typing import Union, get_args, get_origin

from pydantic.fields import FieldInfo

from guides.condition import Condition, Value
from guides.model import Citation, Example, Guide, Note, Parameter
from guides.terms import heading, hint, part_title, words_of

Path = tuple[str, ...]


class Form(StrEnum):
    """How a field is written in a cell."""

    TEXT = "text"
    LINES = "lines"
    CONDITION = "condition"
    CITATIONS = "citations"
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"
    ANSWER = "answer"
    MAPPING = "mapping"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Field:
    """One column: where its value stands inside an entry, its heading, and how it is written."""

    path: Path
    heading: str
    form: Form
    hint: str
    words: Mapping[str, str]
    required: bool
    default: object


@dataclass(frozen=True, slots=True)
class Part:
    """One sheet. `path` leads from the guide to the list; a part of a part names its entry in the first column."""

    path: Path
    title: str
    kind: type[Value]
    fields: tuple[Field, ...]

    @property
    def parent(self) -> str:
        """Give the list whose entries this part belongs to; "" for a part of the guide itself."""
        return self.path[0] if len(self.path) > 1 else ""

    @property
    def parent_heading(self) -> str:
        return f"所属{part_title(self.path[:1])}" if self.parent else ""


KEYS = {"questions": "fact", "derived": "fact", "materials": "id"}
"""What an entry goes by that has parts of its own."""
BESIDE: dict[str, type[Value]] = {"examples": Example, "notes": Note}
"""What lies beside a guide and travels with it."""


@cache
def plan() -> tuple[Part, ...]:
    """Give every part in the order of the book; the head of the guide first."""
    parts = [Part((), part_title(()), Guide, tuple(_fields(Guide, (), "")))]
    for name, info in Guide.model_fields.items():
        kind = _entries(info)
        if kind is not None:
            parts += _with_children((name,), kind)
    parts += [part for name, kind in BESIDE.items() for part in _with_children((name,), kind)]
    return tuple(parts)


def _with_children(path: Path, kind: type[Value]) -> Iterator[Part]:
    yield Part(path, part_title(path), kind, tuple(_fields(kind, (), "")))
    for name, info in kind.model_fields.items():
        inner = _entries(info)
        if inner is not None and inner is not Citation:
            yield from _with_children((*path, name), inner)


def _entries(info: FieldInfo) -> type[Value] | None:
    """Give the kind of the entries where a field is a list of values."""
    inner = _item(info.annotation)
    return inner if isinstance(inner, type) and issubclass(inner, Value) else None


def _item(annotation: object) -> object:
    for one in _alternatives(annotation):
        if get_origin(one) is tuple:
            return get_args(one)[0]
    return None


def _alternatives(annotation: object) -> tuple[object, ...]:
    if get_origin(annotation) in (Union, types.UnionType):
        return tuple(one for one in get_args(annotation) if one is not type(None))
    return (annotation,)


def _fields(kind: type[Value], path: Path, before: str) -> Iterator[Field]:
    for name, info in kind.model_fields.items():
        here, said = (*path, name), before + heading(kind.__name__, name)
        nested = [one for one in _alternatives(info.annotation) if isinstance(one, type) and issubclass(one, Value)]
        if len(nested) == 1:
            # A citation of the entry itself is what its columns are called anyway.
            yield from _fields(nested[0], here, before if nested[0] is Citation else f"{said}·")
            continue
        inner = _entries(info)
        if inner is not None and not (inner is Citation and kind is not Guide):
            continue
        words = words_of(kind.__name__, name)
        form = _form(kind, name, info, words)
        default = None if info.is_required() else info.get_default(call_default_factory=True)
        yield Field(here, said, form, _hint(kind, name, form), words, info.is_required(), default)


def _form(kind: type[Value], name: str, info: FieldInfo, words: Mapping[str, str]) -> Form:
    one = _alternatives(info.annotation)
    if info.annotation == _CONDITION:
        return Form.CONDITION
    if kind is Parameter and name == "value":
        return Form.JSON
    if any(get_origin(part) is dict for part in one):
        return Form.MAPPING
    if _item(info.annotation) is Citation:
        return Form.CITATIONS
    if _item(info.annotation) is not None:
        return Form.LINES
    if words or any(isinstance(part, type) and issubclass(part, Enum) for part in one):
        return Form.CHOICE
    return next((form for sort, form in _SIMPLE if sort in one), Form.TEXT)


_SIMPLE = ((bool, Form.ANSWER), (date, Form.DATE), (float, Form.NUMBER), (int, Form.NUMBER))
_CONDITION = get_args(Condition)[0]
_HINTS = {
    Form.CONDITION: "条件，写法见“说明”；不写就是任何情况",
    Form.DATE: "如 2026-11-22",
    Form.CITATIONS: "一行一处：依据代号｜条款",
}


def _hint(kind: type[Value], name: str, form: Form) -> str:
    return hint(kind.__name__, name) or _HINTS.get(form, "")
