"""See the structure of a law or a notice: articles with their paragraphs and items, or numbered points."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingestion.steps.numerals import NUMERAL, to_number

_ARTICLE = re.compile(rf"^(?:\*\*)?第({NUMERAL})条(?:之({NUMERAL}))?(?:\*\*)?(?=(\s)|(.)|$)")
_HEADING = re.compile(rf"^(#{{1,6}}\s*.+|第(?:{NUMERAL})(?:编|分编|章|节)(?:\s.*)?)$")
_ITEM = re.compile(rf"^[（(]({NUMERAL})[）)]")
_LEVEL = {"编": 1, "分编": 2, "章": 3, "节": 4}
_UNIT = re.compile(rf"^第({NUMERAL})(分编|编|章|节)")
_TITLE = "# "
LAW_FROM = 3
"""A text with at least this many articles is cut at its articles."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its locator ("第五十四条"), its number, its paragraphs as written, and the headings above it.

    The first paragraph keeps the article's number; items （一）… are paragraphs of their own, as the text has them.
    """

    locator: str
    number: int
    branch: int
    """The 之一, 之二 of an inserted article; 0 for none."""
    heading: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """The article as written."""
        return "\n".join(self.paragraphs)

    def clauses(self) -> tuple[tuple[str, ...], ...]:
        """Give the 款 of the article: each a paragraph with the items that belong to it."""
        found: list[list[str]] = []
        for paragraph in self.paragraphs:
            if found and _ITEM.match(paragraph):
                found[-1].append(paragraph)
            else:
                found.append([paragraph])
        return tuple(tuple(clause) for clause in found)


@dataclass(frozen=True, slots=True)
class Law:
    """A text as articles; `preamble` holds the paragraphs before the first one."""

    preamble: tuple[str, ...]
    articles: tuple[Article, ...]

    @property
    def is_law(self) -> bool:
        """Say whether the text is structured by articles."""
        return len(self.articles) >= LAW_FROM


def parse_law(text: str) -> Law:
    """Cut a text at its articles. Every line with words is the title, a heading, the preamble's or an article's."""
    preamble: list[str] = []
    articles: list[Article] = []
    headings: list[tuple[int, str]] = []
    for number, line in enumerate(paragraphs(text)):
        if number == 0 and line.startswith(_TITLE):
            continue
        begun = _begins_article(line, articles[-1].number if articles else 0)
        if begun is not None:
            at, branch, locator = begun
            articles.append(Article(locator, at, branch, " / ".join(words for _, words in headings), (line,)))
        elif _HEADING.match(line):
            level, words = _heading(line)
            headings = [(above, kept) for above, kept in headings if above < level] + [(level, words)]
            if not articles:
                preamble.append(line)
        elif articles:
            last = articles[-1]
            articles[-1] = Article(last.locator, last.number, last.branch, last.heading, (*last.paragraphs, line))
        else:
            preamble.append(line)
    return Law(tuple(preamble), tuple(articles))


def paragraphs(text: str) -> Iterator[str]:
    """Give the lines that hold words, trimmed of the spaces printers put around them."""
    for line in text.splitlines():
        trimmed = line.strip().strip("\u3000").strip()
        if trimmed:
            yield trimmed


def item_number(paragraph: str) -> int | None:
    """Give the number of an item （一）, or None for running text."""
    matched = _ITEM.match(paragraph)
    return to_number(matched.group(1)) if matched else None


def headed_section(lines: Sequence[str], wanted: str) -> str | None:
    """Give the lines under a heading such as 第二章 up to the next of its rank or above; None when there is none."""
    unit = _UNIT.match(wanted)
    for start, line in enumerate(lines):
        if not _HEADING.match(line):
            continue
        level, words = _heading(line)
        here = _UNIT.match(words)
        same = words == wanted or (
            unit is not None
            and here is not None
            and unit.group(2) == here.group(2)
            and to_number(unit.group(1)) == to_number(here.group(1))
        )
        if same:
            end = next(
                (
                    later
                    for later in range(start + 1, len(lines))
                    if _HEADING.match(lines[later]) and _heading(lines[later])[0] <= level
                ),
                len(lines),
            )
            return "\n".join(lines[start:end])
    return None


def _begins_article(line: str, last: int) -> tuple[int, int, str] | None:
    """Say which article a line begins, if any.

    A line that merely mentions 第五条 at its start is told apart by what follows: a number is followed by a space,
    or directly by words only where it is the next in order.
    """
    matched = _ARTICLE.match(line)
    if matched is None:
        return None
    number = to_number(matched.group(1))
    branch = to_number(matched.group(2)) if matched.group(2) else 0
    if number is None or branch is None:
        return None
    spaced = matched.group(3) is not None or matched.group(4) is None
    if not spaced and (number != last + 1 or matched.group(4) in "第款项的规、，和及至之"):
        return None
    locator = f"第{matched.group(1)}条" + (f"之{matched.group(2)}" if matched.group(2) else "")
    return number, branch, locator


def _heading(line: str) -> tuple[int, str]:
    """Give the rank of a heading (1 highest) and its words."""
    marks = len(line) - len(line.lstrip("#"))
    words = re.sub(r"\s+", " ", line.lstrip("#").strip())
    unit = _UNIT.match(words)
    if unit is not None:
        return _LEVEL[unit.group(2)], words
    return max(1, marks), words
