"""Phrases in a text, with what turns their sense around (没领证) and what makes them no statement (是不是)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.reading.spans import Span
from assistant.reading.variants import varied

_NEGATION = re.compile(
    r"(?:不是|并不是|不属于|不算|没有|没|未曾|未|并非|非|无|不用|不想|不需要|不打算|不要|不准备|不|别)"
    r"(?:再|去|过|在|打算|准备|想|什么|任何|办|领|是|有|要|的|给[^，。]{0,3})?\s*$"
)
_ASKED = re.compile(
    r"(?:是不是|是否|要不要|有没有|用不用|需不需要|需要不需要|算不算|能不能|可不可以|要不|该不该)"
    r"(?:要|算|是|得|先|再|去|带|交|有|办|提供)?\s*$"
)
_DOUBLE = re.compile(r"不(?:是|得)不$|不是没$|没有不$|不能不$")


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase at its place; `negated` when a negation stands right before it, `asked` when it is only asked about.

    `words` include the negation.
    """

    span: Span
    negated: bool
    asked: bool
    words: str


def find_phrase(text: str, phrase: str) -> Iterator[Found]:
    """Find every place where the phrase stands."""
    start = text.find(phrase)
    while phrase and start >= 0:
        yield _found(text, phrase, start, start + len(phrase))
        start = text.find(phrase, start + 1)


def find_varied(text: str, phrase: str) -> Iterator[Found]:
    """Find every place where the phrase stands in other words: little ones put in, common ones replaced."""
    pattern = varied(phrase, text)
    if pattern is not None and phrase not in text:
        for match in pattern.finditer(text):
            yield _found(text, match[0], match.start(), match.end())


def _found(text: str, phrase: str, start: int, end: int) -> Found:
    before = text[max(0, start - 8) : start]
    denial = None if _DOUBLE.search(before) else _NEGATION.search(before)
    asked = _ASKED.search(before) or _either_or(before, phrase)
    first = start
    if not asked and denial is not None:
        first = start - (len(before) - denial.start())
    return Found(Span(start, end), not asked and denial is not None, bool(asked), text[first:end])


def _either_or(before: str, phrase: str) -> bool:
    """Tell that a denial is the second half of a question: 是不是双胞胎, 有没有公积金."""
    return len(phrase) > 1 and phrase[0] in "不没" and before.endswith(phrase[1])
