"""What every part of a guide is called outside the code: in exported files, in the JSON Schema, in messages."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from guides.condition import Value


class Terms(Value):
    """The table of `terms.zh.yaml`."""

    parts: dict[str, str]
    fields: dict[str, dict[str, str | tuple[str, str]]]
    words: dict[str, dict[str, str]]


@cache
def terms() -> Terms:
    """Give the table."""
    return Terms.model_validate(yaml.safe_load((Path(__file__).parent / "terms.zh.yaml").read_text(encoding="utf-8")))


def part_title(path: tuple[str, ...]) -> str:
    """Name a part of a guide by its path: ("materials", "rules") → 规则; () is the guide's own head."""
    return terms().parts[".".join(path) or "guide"]


def heading(model: str, field: str) -> str:
    """Name a field of a model."""
    found = terms().fields[model][field]
    return found if isinstance(found, str) else found[0]


def hint(model: str, field: str) -> str:
    """Say what to write in a field; "" where its name says it."""
    found = terms().fields.get(model, {}).get(field, "")
    return "" if isinstance(found, str) else found[1]


def words_of(model: str, field: str) -> dict[str, str]:
    """Give the fixed words of a field by the value they stand for; {} where anything may be written."""
    return terms().words.get(f"{model}.{field}", {})
