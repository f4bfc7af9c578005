"""A guide written back as the file its author would write: canonical order, only what differs from the defaults."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from pathlib import Path

import yaml

from guides.condition import Value
from guides.model import Guide, Parameter
from guides.yaml_source import Plain, parse_yaml

WIDTH = 110
"""Characters of a line before it is folded."""


def write_guide(guide: Guide, head: str = "") -> str:
    """Give the text of guide.yaml for a guide; reading it again gives an equal guide. `head` is kept on top."""
    return written(plain_of(guide), head)


def written(content: Plain, head: str = "") -> str:
    """Give any content as YAML in the order it has; what holds no other list or mapping stands on one line."""
    text = yaml.dump(
        content,
        Dumper=yaml.CSafeDumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=None,
        width=WIDTH,
    )
    return f"{head.rstrip()}\n{text}" if head.strip() else text


def read_plain(text: str) -> Plain:
    """Give the content of a YAML text; raises YamlInvalid."""
    return parse_yaml(text, Path("guide.yaml")).content


def head_of_text(text: str) -> str:
    """Give the comments on top of a file, as they stand."""
    lines = []
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            break
        lines.append(line)
    return "\n".join(lines).strip("\n")


def plain_of(value: Value) -> dict[str, Plain]:
    """Give a value as a file would hold it, by the names used there, without what only repeats a default."""
    made: dict[str, Plain] = {}
    for name, info in type(value).model_fields.items():
        part = getattr(value, name)
        if info.is_required() or part != info.get_default(call_default_factory=True):
            made[info.alias or name] = _plain(part, exact=isinstance(value, Parameter))
    return made


def _plain(part: object, *, exact: bool) -> Plain:
    """Give one part; whole numbers stand without a point, but where a calculation reads them they stay as they are."""
    match part:
        case Value():
            return plain_of(part)
        case tuple() | list():
            return [_plain(one, exact=exact) for one in part]
        case Mapping():
            return {str(key): _plain(one, exact=exact) for key, one in part.items()}
        case Enum():
            return str(part.value)
        case float() if part.is_integer() and not exact:
            return int(part)
        case None | bool() | int() | float() | str() | date():
            return part
    raise TypeError(f"a guide holds no {type(part).__name__}")
