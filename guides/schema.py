"""JSON Schema of the files of the library, read off the models, so that an editor helps while one writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from pydantic.json_schema import models_json_schema

from guides.condition import Value
from guides.model import Example, Guide, Note, Source
from guides.overlay import WHOLE
from guides.terms import hint, terms, words_of
from guides.yaml_source import Plain

Schema = dict[str, Plain]

DRAFT = "https://json-schema.org/draft/2020-12/schema"
REFERENCE = "#/$defs/{model}"
_CONDITIONS = {
    "Is": "情况等于一个选项，或者 true/false：{fact: place, is: clinic}",
    "OneOf": "情况是几个选项之一：{fact: place, one_of: [clinic, home]}",
    "Compare": "数字和一个界限比，恰好写一个：{fact: children, at_least: 2}",
    "DateCompare": "日期和一天比，恰好写一个：{fact: notice, before: 2025-01-01}",
    "Age": "从一个日期到打算去办那天有多久，恰好写一个：{age_of: born, at_most: {months: 6}}",
    "All": "每一条都满足：{all: [...]}",
    "AnyOf": "至少满足一条：{any: [...]}",
    "Not": "不满足：{not: {...}}",
    "Holds": "满足一条常用条件：{holds: 名字}",
    "OnRoute": "走这条路线：{route: joint}，或几条之一",
    "Always": "任何情况都算：{always: true}",
    "Duration": "时长，只写一个单位：{months: 6}",
}


def schemas() -> dict[str, Schema]:
    """Give the schema of each kind of file by its name: guide, examples, notes, sources, overlay."""
    return {name: build() for name, build in _BUILDERS.items()}


def schema_of(name: str) -> Schema:
    """Give one schema; raises KeyError for an unknown kind of file."""
    return _BUILDERS[name]()


def _listing(key: str, kind: type[Value]) -> Callable[[], Schema]:
    def build() -> Schema:
        entries: Schema = {"type": "array", "items": {"$ref": f"#/$defs/{kind.__name__}"}}
        body: Schema = {"type": "object", "properties": {key: entries}, "required": [key]}
        return _whole(f"{key}.yaml", {**body, "additionalProperties": False}, _definitions(kind))

    return build


def _guide() -> Schema:
    return _whole("guide.yaml", {"$ref": "#/$defs/Guide"}, _definitions(Guide))


def _overlay() -> Schema:
    """Describe an overlay: any part of a guide may stand there alone, lists take `add`, `drop` and entries by name."""
    defs = _definitions(Guide)
    changes = {f"{name}Change": _change(name, one, defs) for name, one in defs.items() if "properties" in one}
    text: Schema = {"type": "string"}
    cited: Schema = {"type": "object", "properties": {"source": text, "locator": text}, "required": ["source"]}
    properties: Schema = {
        "base": {**text, "title": "底本", "description": "代号@地区，如 newborn@430100；不写就是上级地区的那一份"},
        "why": {**text, "title": "为什么不同", "description": "这份改动依据什么，一句话"},
        "sources": {"type": "object", "additionalProperties": {"anyOf": [text, cited]}, "title": "换掉的依据"},
        "words": {"type": "object", "additionalProperties": text, "title": "换掉的词"},
        "keep": {"type": "array", "items": text, "title": "照用的别处内容"},
        "values": {"type": "object", "additionalProperties": text, "title": "换了名的选项"},
        "change": {"$ref": "#/$defs/GuideChange", "title": "哪里不同"},
    }
    body: Schema = {"type": "object", "properties": properties, "required": ["why", "change"]}
    return _whole("overlay.yaml", {**body, "additionalProperties": False}, {**defs, **changes})


def _whole(title: str, body: Schema, defs: Mapping[str, Schema]) -> Schema:
    return {"$schema": DRAFT, "title": title, **body, "$defs": dict(defs)}


def _definitions(kind: type[Value]) -> dict[str, Schema]:
    _, made = models_json_schema([(kind, "validation")], by_alias=True, ref_template=REFERENCE)
    defs = cast("dict[str, Schema]", made["$defs"])
    return {name: _in_chinese(name, one) for name, one in sorted(defs.items())}


def _in_chinese(name: str, schema: Schema) -> Schema:
    """Give a definition with our headings and hints instead of the names and docstrings of the code."""
    said = {key: value for key, value in schema.items() if key not in ("title", "description")}
    if name in _CONDITIONS:
        said["description"] = _CONDITIONS[name]
    properties = said.get("properties")
    if isinstance(properties, dict):
        said["properties"] = {key: _property(name, key, one) for key, one in properties.items()}
    return said


def _property(model: str, name: str, schema: Plain) -> Plain:
    made = _bare(schema)
    if not isinstance(made, dict):
        return made
    known = terms().fields.get(model, {}).get(name)
    if known is not None:
        made = {"title": known if isinstance(known, str) else known[0], **made}
    told = [hint(model, name), "；".join(f"{value} {word}" for value, word in words_of(model, name).items())]
    description = "。".join(part for part in told if part)
    return {**made, "description": description} if description else made


def _bare(schema: Plain) -> Plain:
    """Drop the titles made from the names of the code; a condition tells its forms by their own descriptions."""
    if isinstance(schema, dict):
        return {
            key: _bare(part)
            for key, part in schema.items()
            if not (key in ("title", "description") and isinstance(part, str))
        }
    return [_bare(part) for part in schema] if isinstance(schema, list) else schema


def _change(name: str, schema: Schema, defs: Mapping[str, Schema]) -> Schema:
    fixed = ("slug", "region") if name == "Guide" else ()
    properties = schema.get("properties")
    every = properties.items() if isinstance(properties, dict) else ()
    changed = {key: _changed(key, one, defs) for key, one in every if key not in fixed}
    return {"type": "object", "properties": changed, "additionalProperties": False}


def _changed(key: str, schema: Plain, defs: Mapping[str, Schema]) -> Plain:
    if not isinstance(schema, dict):
        return schema
    forms: list[Plain] = [schema, {"type": "null"}]
    inner = None if key in WHOLE else _reference(schema, defs)
    if inner is not None:
        forms.append({"$ref": f"#/$defs/{inner}Change"})
    items = schema.get("items")
    if isinstance(items, dict):
        entry = _reference(items, defs)
        names: Schema = {"type": "array", "items": {"type": ["string", "integer"]}}
        deeper: Plain = {"$ref": f"#/$defs/{entry}Change"} if entry else False
        forms.append({"type": "object", "properties": {"add": schema, "drop": names}, "additionalProperties": deeper})
    titled: Schema = {"title": schema["title"]} if "title" in schema else {}
    return {**titled, "anyOf": forms}


def _reference(schema: Schema, defs: Mapping[str, Schema]) -> str | None:
    """Give the model a schema stands for, where it stands for one with fields of its own."""
    candidates = [schema, *(one for one in _listed(schema.get("anyOf")) if isinstance(one, dict))]
    names = [str(one["$ref"]).rpartition("/")[2] for one in candidates if "$ref" in one]
    return next((name for name in names if "properties" in defs.get(name, {})), None)


def _listed(value: Plain) -> list[Plain]:
    return value if isinstance(value, list) else []


_BUILDERS: dict[str, Callable[[], Schema]] = {
    "guide": _guide,
    "examples": _listing("examples", Example),
    "notes": _listing("notes", Note),
    "sources": _listing("sources", Source),
    "overlay": _overlay,
}
