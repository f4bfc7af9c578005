"""How a text is held against the closed sets: what it says, and what it asserts."""

from __future__ import annotations

import re
import unicodedata

_NEGATION = re.compile(r"[不没無无未非别勿禁]|并非|难以")
_CLAUSE = re.compile(r"[，。；！？,;!?\n]")


def says(text: str, key: str) -> bool:
    """Say whether the text has one of the key's variants (separated by |); widths, case and spaces do not count."""
    folded = _fold(text)
    return any(_fold(variant) in folded for variant in key.split("|"))


def asserts(text: str, phrase: str) -> bool:
    """Say whether a variant stands in the text with no negation among the six characters before it in its clause."""
    folded = "\n".join(_fold(line) for line in text.splitlines())
    for variant in phrase.split("|"):
        wanted = _fold(variant)
        for found in re.finditer(re.escape(wanted), folded):
            before = _CLAUSE.split(folded[max(0, found.start() - 6) : found.start()])[-1]
            if not _NEGATION.search(before):
                return True
    return False


def _fold(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()
