"""The words of the editorial room, from `wording.zh.yaml` and the table of labels beside it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

Words = Mapping[str, "str | Words | list[str]"]

HERE = Path(__file__).parent


@cache
def words(name: str = "wording") -> Words:
    """Give all words of a file, nested as in it."""
    found = yaml.safe_load((HERE / f"{name}.zh.yaml").read_text(encoding="utf-8"))
    if not isinstance(found, dict):
        raise KeyError(name)
    return found


def say(path: str, **slots: str | int) -> str:
    """Give the sentence at `path` with its slots filled; raises KeyError for a path that names none."""
    found: str | Words | list[str] = words()
    for part in path.split("."):
        if not isinstance(found, Mapping):
            raise KeyError(path)
        found = found[part]
    if not isinstance(found, str):
        raise KeyError(path)
    return found.format(**slots) if slots else found
