"""The sources' own words, from the data nobody here wrote: laws as promulgated, guides as the portal publishes them."""

from __future__ import annotations

import json
import lzma
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from evals.report import CasesUnavailable
from guides.model import Source
from ingestion.steps.locate import find_clause, names_law

DATA = Path(__file__).parents[3] / "shared" / "data"


class Evidence:
    """What stands at a place of a source; held texts are read once."""

    def __init__(self, sources: Mapping[str, Source], data: Path = DATA) -> None:
        if not data.is_dir():
            raise CasesUnavailable(f"没有 {data}：答案评测要用其中 laws 与 official_guides 的原文")
        self._sources = sources
        self._data = data

    def holds(self, source: str) -> bool:
        """Tell whether the text of a source is held."""
        return self._text(source) is not None

    def at(self, source: str, locator: str) -> str | None:
        """Give the words at a place, or None where the text is not held or has no such place."""
        text = self._text(source)
        return None if text is None else find_clause(text, locator)

    def _text(self, source: str) -> str | None:
        held = self._sources[source].held if source in self._sources else None
        if held is None:
            return None
        if held.kind == "portal_json":
            return _portal(self._data).get(held.key)
        if held.kind == "law":
            return _law(self._data, held.key, held.edition)
        return None


@cache
def _portal(data: Path) -> dict[str, str]:
    guides: dict[str, str] = {}
    for file in sorted((data / "official_guides").glob("*.json")):
        text = file.read_text(encoding="utf-8")
        guides[json.loads(text)["data"]["yjsSsqdbm"]] = text
    return guides


@cache
def _laws(data: Path) -> tuple[tuple[str, str, str], ...]:
    with lzma.open(data / "laws" / "laws.jsonl.xz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return tuple((row["title"], row["date"], row["text"]) for row in rows)


@cache
def _law(data: Path, title: str, edition: str) -> str | None:
    found = [row for row in _laws(data) if names_law(title, row[0]) and edition in ("", row[1])]
    return "\n".join(row[2] for row in found) or None
