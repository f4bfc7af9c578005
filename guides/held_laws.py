"""Laws at hand, beside what guides say they say: every article that is cited stands in the edition that is cited.

The texts come as JSON lines (`title`, `date`, `text`), plain or packed with xz; only titles and articles are kept.
"""

from __future__ import annotations

import json
import lzma
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from guides.citations import citations_of
from guides.held import HeldInvalid
from guides.model import Citation, Guide, HeldText, Source

Laws = Mapping[tuple[str, str], frozenset[str]]
"""Articles (第五十四条) by title and edition."""

_NUMBER = "第[零〇一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?"
_ARTICLE = re.compile(rf"^\s*(?:\*\*)?({_NUMBER})", re.MULTILINE)


def read_laws(file: Path, wanted: Collection[tuple[str, str]]) -> dict[tuple[str, str], frozenset[str]]:
    """Read the articles of the wanted laws (title, edition); raises HeldInvalid for a file that is none of laws."""
    found: dict[tuple[str, str], frozenset[str]] = {}
    try:
        with lzma.open(file, "rt", encoding="utf-8") if file.suffix == ".xz" else file.open(encoding="utf-8") as lines:
            for line in lines:
                law = json.loads(line)
                if (law["title"], law["date"]) in wanted:
                    found[law["title"], law["date"]] = frozenset(_ARTICLE.findall(law["text"]))
    except (OSError, ValueError, KeyError, TypeError, lzma.LZMAError) as broken:
        raise HeldInvalid(f"{file} 不是法律文本（{broken}）") from broken
    return found


def cited_laws(sources: Mapping[str, Source]) -> set[tuple[str, str]]:
    """Give the titles and editions under which sources say the archive holds a law."""
    held = (source.held for source in sources.values())
    return {(text.key, text.edition) for text in held if text is not None and text.kind == "law"}


def as_cited(guide: Guide, sources: Mapping[str, Source]) -> dict[tuple[str, str], frozenset[str]]:
    """Give what the laws would hold if they held just what a guide cites of them."""
    found: dict[tuple[str, str], frozenset[str]] = {}
    for text, citation in _law_citations(guide, sources):
        key = (text.key, text.edition)
        found[key] = found.get(key, frozenset()) | {_article(citation.locator)}
    return found


def law_problems(guide: Guide, sources: Mapping[str, Source], laws: Laws) -> Iterator[str]:
    """Find articles that a guide cites and the law does not have; nothing is looked at where no law is at hand."""
    missing = {
        f"《{text.key}》（{text.edition}）没有“{citation.locator}”，见依据“{citation.source}”"
        for text, citation in _law_citations(guide, sources)
        if laws and _article(citation.locator) not in laws.get((text.key, text.edition), frozenset())
    }
    yield from sorted(missing)


def _law_citations(guide: Guide, sources: Mapping[str, Source]) -> Iterator[tuple[HeldText, Citation]]:
    for citation in citations_of(guide):
        held = sources[citation.source].held
        if held is not None and held.kind == "law":
            yield held, citation


def _article(locator: str) -> str:
    """Give the article a locator lies in: 第五十四条第一款 lies in 第五十四条."""
    found = re.match(_NUMBER, locator)
    return found[0] if found else locator
