"""What people say and the words an office uses for it, read once from the YAML file beside this module."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import Field

from guides.condition import Value

_FILE = Path(__file__).parent / "colloquial.zh.yaml"


class _Means(Value):
    said: tuple[str, ...] = Field(min_length=1)
    words: tuple[str, ...] = Field(min_length=1)


class _Colloquial(Value):
    means: tuple[_Means, ...]
    elsewhere: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Colloquial:
    """Patterns of what is said with the official words they stand for, and the words of matters of other counters."""

    means: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]
    elsewhere: tuple[str, ...]

    def official(self, text: str) -> tuple[str, ...]:
        """Give the official words for what is said in a text, each once."""
        return tuple(dict.fromkeys(word for said, words in self.means if said.search(text) for word in words))


@lru_cache(maxsize=1)
def load_colloquial() -> Colloquial:
    """Read colloquial.zh.yaml and compile its patterns; a broken pattern fails here, at start."""
    raw = _Colloquial.model_validate(yaml.safe_load(_FILE.read_text(encoding="utf-8")))
    means = tuple((re.compile("|".join(f"(?:{said})" for said in one.said)), one.words) for one in raw.means)
    return Colloquial(means, tuple(word for line in raw.elsewhere for word in line.split()))
