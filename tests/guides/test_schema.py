"""The JSON Schemas fit every file of the library, refuse typical mistakes, and speak Chinese."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from guides.library import ROOT
from guides.schema import schemas
from guides.skeleton import skeleton
from guides.yaml_source import Plain, parse_yaml, read_yaml

SCHEMAS = schemas()
KEPT = Path(__file__).parents[2] / "docs" / "schema"
KINDS = ("guide", "examples", "notes", "overlay")
FILES = [(kind, file) for kind in KINDS for file in (ROOT / "library").rglob(f"{kind}.yaml")]
FILES += [("sources", file) for file in (ROOT / "sources").glob("*.yaml")]


def as_json(plain: Plain) -> object:
    """Give content as JSON has it: a date is a text."""
    return json.loads(json.dumps(plain, default=lambda day: day.isoformat() if isinstance(day, date) else day))


def told(kind: str, content: object) -> list[str]:
    return [error.message for error in Draft202012Validator(SCHEMAS[kind]).iter_errors(content)]


@pytest.mark.parametrize("kind", SCHEMAS)
def test_each_schema_is_one_and_is_kept_as_made(kind: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[kind])
    kept = json.loads((KEPT / f"{kind}.json").read_text(encoding="utf-8"))
    assert kept == SCHEMAS[kind], "run `bancheng guides schema`"


@pytest.mark.parametrize("kind", SCHEMAS)
def test_every_file_of_the_library_fits(kind: str) -> None:
    files = [file for sort, file in FILES if sort == kind]
    assert files
    assert {str(file): told(kind, as_json(read_yaml(file).content))[:2] for file in files} == {
        str(f): [] for f in files
    }


def mistakes() -> Iterator[tuple[str, dict[str, Plain]]]:
    content = read_yaml(ROOT / "library" / "430100" / "newborn" / "guide.yaml").content
    assert isinstance(content, dict)
    yield "an unknown key", {**content, "fees_": []}
    yield "a missing key", {key: value for key, value in content.items() if key != "summary"}
    yield "a slug with capitals", {**content, "slug": "Newborn"}
    yield "a list where a text belongs", {**content, "title": ["新生儿"]}
    yield (
        "a bound too many",
        {**content, "impossible": [{"when": {"fact": "a", "at_least": 1, "is": True}, "why": "x"}]},
    )
    yield "no routes", {**content, "routes": []}


@pytest.mark.parametrize(("name", "content"), list(mistakes()), ids=[name for name, _ in mistakes()])
def test_a_mistake_is_seen_by_the_schema(name: str, content: dict[str, Plain]) -> None:
    assert told("guide", as_json(content)), name


def test_a_new_guide_fits_its_schemas() -> None:
    for path, text in skeleton("first-shop", "开第一家店一件事", "430100", "长沙市").items():
        kind = "sources" if path.startswith("sources") else Path(path).stem
        assert told(kind, as_json(parse_yaml(text, Path(path)).content)) == []


def test_an_overlay_may_change_a_part_and_nothing_it_does_not_know() -> None:
    change = {"materials": {"photo": {"rules": {"2": {"handling": "collect"}, "drop": [3]}}, "drop": ["old"]}}
    assert told("overlay", {"why": "x", "change": change}) == []
    assert told("overlay", {"why": "x", "change": {"materials": {"photo": {"colour": "red"}}}})
    assert told("overlay", {"why": "x", "change": {"slug": "other"}})
    assert told("overlay", {"change": {}})


def test_every_field_has_a_chinese_title() -> None:
    schemas_ = json.loads(json.dumps(list(SCHEMAS.values())))
    silent = [
        f"{name}.{key}"
        for schema in schemas_
        for name, one in schema["$defs"].items()
        for key, field in one.get("properties", {}).items()
        if not name.endswith("Change") and "title" not in field and "description" not in one
    ]
    assert silent == []
