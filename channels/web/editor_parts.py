"""The parts of a draft as the forms of the editor show and change them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from channels.editing.checking import Trouble
from channels.editing.fields import Field, Section, Shape, fields_of, name_in, sections
from channels.editing.forms import (
    Posted,
    add_to,
    at_path,
    decode,
    decode_field,
    move_up,
    remove_at,
    with_part,
)
from channels.editing.ports import EditingRefused
from channels.web.site import Site
from guides.citations import citations_of
from guides.model import Guide
from guides.writing import plain_of
from guides.yaml_source import Plain

NEW: Mapping[str, dict[str, Plain]] = {
    "MaterialRule": {"when": {"always": True}, "status": "not_required", "why": "", "citation": {}},
    "Citation": {"source": "", "locator": ""},
}
"""What a new entry begins as, where it is not empty."""


def content_of(guide: Guide) -> Plain:
    """Give a guide as a draft of it would hold it."""
    return plain_of(guide)


def section_named(name: str) -> Section:
    """Give a section by its key; raises EditingRefused."""
    found = next((one for one in sections() if one.key == name), None)
    if found is None:
        raise EditingRefused("no_guide", 404)
    return found


def section_of(steps: tuple[str, ...]) -> Section:
    """Give the section in which a path lies."""
    named = next((s for s in sections() if any(f.name == steps[0] and f.shape is Shape.PARTS for f in s.fields)), None)
    return named or section_named(steps[0])


def kind_at(steps: tuple[str, ...]) -> str:
    """Give the kind of part at a path; "Guide" for the plain fields of a section."""
    return next((f.kind for f in fields_of("Guide") if f.name == steps[0] and f.shape is Shape.PARTS), "Guide")


def fields_at(content: Plain, steps: tuple[str, ...]) -> tuple[tuple[Field, ...], Plain, str]:
    """Give the fields of a form, what they hold now, and the prefix of their names: one entry, or a plain section."""
    kind = kind_at(steps)
    if kind == "Guide":
        return tuple(f for f in section_named(steps[0]).fields if f.shape is not Shape.PARTS), content, ""
    part = at_path(content, steps)
    if len(steps) != 2 or part is None:
        raise EditingRefused("no_guide", 404)
    return fields_of(kind), part, ".".join(steps)


def with_form(content: Plain, steps: tuple[str, ...], form: Posted) -> Plain:
    """Give the content with what a form says."""
    fields, part, prefix = fields_at(content, steps)
    kinds = {name: kind for name, (_, kind, _) in facts_in(content).items()}
    if prefix:
        return with_part(content, steps, decode(kind_at(steps), form, prefix, part, kinds))
    for field in fields:
        value = decode_field(field, form, field.name, at_path(content, (field.name,)), kinds)
        empty = value is None or (value in ("", []) and not field.required)
        content = remove_at(content, (field.name,)) if empty else with_part(content, (field.name,), value)
    return content


def pressed(content: Plain, do: str, steps: tuple[str, ...]) -> tuple[Plain, str]:
    """Do what the pressed button says: `add:Kind:path`, `cond:path`, `del:path`, `up:path`; else only keep."""
    what, _, rest = do.partition(":")
    if what == "add":
        kind, _, at = rest.partition(":")
        return add_to(content, at.split("."), fresh(kind, content)), ""
    if what == "some":
        kind, _, at = rest.partition(":")
        return with_part(content, at.split("."), fresh(kind, content)), ""
    if what == "cond":
        return add_to(content, rest.split("."), {"always": True}), ""
    if what == "up":
        return move_up(content, rest.split(".")), ""
    if what == "del":
        path = tuple(rest.split("."))
        return remove_at(content, path), f"s/{section_of(steps).key}" if path == steps else ""
    return content, "s/" + section_of(steps).key if what == "done" else ""


def fresh(kind: str, content: Plain) -> Plain:
    """Give a new entry: empty, with a name of its own where one is needed."""
    made: dict[str, Plain] = dict(NEW.get(kind, {}))
    for field in fields_of(kind):
        if field.shape is Shape.HIDDEN:
            made[field.name] = unused(kind.lower(), content)
        elif field.shape is Shape.CONDITION and field.required:
            made[field.name] = {"always": True}
        elif field.kind == "Citation" and field.required:
            made[field.name] = [{}] if field.shape is Shape.PARTS else {}
    return made


def unused(stem: str, content: Plain) -> str:
    """Give a name nobody bears: it never changes when the words people read do."""
    taken = set(re.findall(rf"{stem}_(\d+)", repr(content)))
    number = 1
    while str(number) in taken:
        number += 1
    return f"{stem}_{number}"


def entries_in(content: Plain, field: Field, troubles: Sequence[Trouble]) -> list[tuple[int, str, int]]:
    """Give number, name and count of troubles of every entry."""
    rows = at_path(content, (field.name,))
    found = []
    for i, row in enumerate(rows if isinstance(rows, list) else []):
        count = sum(one.path[:2] == (field.name, i) for one in troubles)
        found.append((i, name_in(row, field.kind) or f"第 {i + 1} 条", count))
    return found


def is_near(path: tuple[str | int, ...], steps: tuple[str, ...]) -> bool:
    """Tell whether a trouble belongs on the form of this path."""
    if kind_at(steps) == "Guide" or not path:
        return True
    return tuple(map(str, path))[: len(steps)] == steps


def facts_in(content: Plain) -> dict[str, tuple[str, str, list[tuple[str, str]]]]:
    """Give of every fact its name, its kind and its answers, as the draft has them."""
    found: dict[str, tuple[str, str, list[tuple[str, str]]]] = {}
    for group in ("questions", "derived"):
        rows = at_path(content, (group,))
        for row in rows if isinstance(rows, list) else []:
            if isinstance(row, dict):
                kind = str(row.get("kind", ""))
                options = row.get("options")
                answers = [
                    (str(one.get("value", "")), str(one.get("label", "")))
                    for one in (options if isinstance(options, list) else [])
                    if isinstance(one, dict)
                ]
                answers = [("true", "是"), ("false", "否")] if kind == "yes_no" else answers
                name = str(row.get("short") or row.get("label") or row.get("ask") or row.get("fact"))
                found[str(row.get("fact", ""))] = (name, kind, answers)
    return found


def names_in(content: Plain, group: str, key: str, name: str) -> dict[str, str]:
    """Give the names of the entries of a group, by their ids."""
    rows = at_path(content, (group,))
    rows = rows if isinstance(rows, list) else []
    return {str(row.get(key, "")): str(row.get(name, "")) for row in rows if isinstance(row, dict)}


def locators_for(site: Site, guide: Guide) -> list[str]:
    """Give the places that can be cited: those of the held texts of this guide's sources."""
    found = dict.fromkeys(citation.locator for citation in citations_of(guide))
    held = {one.title: one.source for one in site.house.index.held()}
    for name in guide.sources:
        source = site.house.library.sources[name]
        at = held.get(source.held.key if source.held else "", f"portal:{source.held.key}" if source.held else "")
        found.update(dict.fromkeys(passage.locator for passage in site.house.index.passages(at)))
    return list(found)[:600]
