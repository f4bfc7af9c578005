"""The words people read, from `wording.zh.yaml`: templates take them whole, code asks for one by its path."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

Words = Mapping[str, "str | Words | list[str]"]


class WordMissing(KeyError):
    """A path names no sentence: a fault in the code, found by the tests."""


@cache
def wording() -> Words:
    """Give all words, nested as in the file."""
    words = yaml.safe_load((Path(__file__).parent / "wording.zh.yaml").read_text(encoding="utf-8"))
    if not isinstance(words, dict):
        raise WordMissing("wording.zh.yaml")
    return words


def say(path: str, **slots: str | int) -> str:
    """Give the sentence at `path` ("problems.too_large.title") with its slots filled; raises WordMissing."""
    found: str | Words | list[str] = wording()
    for part in path.split("."):
        if not isinstance(found, Mapping) or part not in found:
            raise WordMissing(path)
        found = found[part]
    if not isinstance(found, str):
        raise WordMissing(path)
    return found.format(**slots) if slots else found
