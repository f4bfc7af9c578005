"""What people say and the words an office uses for it, read once from the YAML file beside this module."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import Field

from guides.condition import Value

_REST = 5
"""Characters that must be left to tell which matter is meant."""
_FILE = Path(__file__).parent / "colloquial.zh.yaml"


class _Means(Value):
    said: tuple[str, ...] = Field(min_length=1)
    words: tuple[str, ...] = Field(min_length=1)


class _Colloquial(Value):
    means: tuple[_Means, ...]
    circumstances: tuple[str, ...]
    elsewhere: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Colloquial:
    """What is said with the official words it stands for, what only tells how things stand, other counters' words."""

    means: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]
    circumstances: re.Pattern[str]
    elsewhere: tuple[str, ...]

    def without_circumstances(self, text: str) -> str:
        """Give a question without what is only said of how things stand; all of it where too little else was said."""
        rest = self.circumstances.sub("", text)
        return rest if len(rest) >= _REST else text

    def official(self, text: str) -> tuple[str, ...]:
        """Give the official words for what is said in a text, each once."""
        return tuple(dict.fromkeys(word for said, words in self.means if said.search(text) for word in words))


@lru_cache(maxsize=1)
def load_colloquial() -> Colloquial:
    """Read colloquial.zh.yaml and compile its patterns; a broken pattern fails here, at start."""
    raw = _Colloquial.model_validate(yaml.safe_load(_FILE.read_text(encoding="utf-8")))
    means = tuple((re.compile("|".join(f"(?:{said})" for said in one.said)), one.words) for one in raw.means)
    circumstances = re.compile("|".join(f"(?:{said})" for said in raw.circumstances))
    return Colloquial(means, circumstances, tuple(word for line in raw.elsewhere for word in line.split()))
