"""Finding known words in words that were read with mistakes."""

from __future__ import annotations

import re
from functools import lru_cache

_PUNCTUATION = re.compile(r"[\s:：,，.。、·;；\"“”'‘’*_|—\-]")


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """Give the words without spaces and punctuation."""
    return _PUNCTUATION.sub("", text)


def slack(word: str) -> int:
    """Say how many characters of a word may be misread: none of three, one from four, two from eight."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


@lru_cache(maxsize=65536)
def places(word: str, text: str) -> tuple[tuple[int, int], ...]:
    """Find where a word stands in a text, exactly or nearly; (start, end) without overlap, left to right."""
    exact = [(match.start(), match.end()) for match in re.finditer(re.escape(word), text)]
    allowed = slack(word)
    if exact or not allowed or len(set(word) - set(text)) > allowed:
        return tuple(exact)
    return tuple(_near(word, text, slack(word)))


def found(word: str, text: str) -> bool:
    """Say whether a word stands in a text, exactly or nearly."""
    return bool(places(word, text))


def same(word: str, text: str) -> bool:
    """Say whether a text is that word, exactly or nearly."""
    return len(text) in _lengths(word, slack(word)) and distance(word, text) <= slack(word)


def distance(a: str, b: str) -> int:
    """Count the characters to change, drop or add to make one text of the other."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        previous, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (x != y))
    return row[-1]


def _lengths(word: str, allowed: int) -> range:
    """Give how long a misread word may be: a short one keeps its length, or 结婚证 would pass for 结婚证号."""
    return range(len(word), len(word) + 1) if len(word) < 6 else range(len(word) - allowed, len(word) + allowed + 1)


def _near(word: str, text: str, allowed: int) -> list[tuple[int, int]]:
    """Find windows of the text that differ by at most `allowed` characters and share the word's first or last one."""
    hits: list[tuple[int, int, int]] = []
    for start in range(len(text) - len(word) + allowed + 1):
        for length in _lengths(word, allowed):
            window = text[start : start + length]
            if len(window) < length or (window[0] != word[0] and window[-1] != word[-1]):
                continue
            away = distance(word, window)
            if away <= allowed:
                hits.append((away, start, start + length))
    taken: list[tuple[int, int]] = []
    for _, start, end in sorted(hits):
        if all(end <= a or start >= b for a, b in taken):
            taken.append((start, end))
    return sorted(taken)
