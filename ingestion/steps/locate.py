"""Open a source at a place: the clause of a law, the point of a notice, the entry of a portal guide."""

from __future__ import annotations

import json
import re
import unicodedata

from ingestion.model import Document
from ingestion.portal import Json, entry_words, in_order
from ingestion.steps.clauses import Article, Law, headed_section, item_number, paragraphs, parse_law
from ingestion.steps.numerals import NUMERAL, to_number

WHOLE = ("全文", "")
_PLACE = re.compile(
    rf"^第({NUMERAL})条(?:之({NUMERAL}))?(?:第({NUMERAL})款)?"
    rf"(?:第?[（(]?({NUMERAL})[）)]?项|[（(]({NUMERAL})[）)])?$"
)
_RANGE = re.compile(rf"^(第(?:{NUMERAL})条)(?:至|到|—|-|~)(第(?:{NUMERAL})条)$")
_SEVERAL = re.compile(r"[、，,；;和及]\s*(?=第)")
_PARAGRAPH = re.compile(r"^段落(\d+)$")
_POINT = re.compile(rf"^({NUMERAL})(?:、|(?=[（(])|$)(.*)$|^([（(](?:{NUMERAL})[）)])(.*)$|^(\d+)[.．](.*)$")
_POINT_LINE = (
    re.compile(rf"^(?:#+\s*)?({NUMERAL})、"),
    re.compile(rf"^(?:#+\s*)?[（(]({NUMERAL})[）)]"),
    re.compile(r"^(?:#+\s*)?(\d+)[.．、]"),
)


def find_clause(text: str, locator: str) -> str | None:
    """Give the words that stand at `locator` in the text of a source, or None when there is no such place.

    Laws: 第十四条, 第一百二十条之一, 第六条第二款, 第六条第（三）项, 第三条至第五条, 第二条、第四条, 第二章.
    Notices: 一, 二、（三）, 三（一）1. Portal guides (JSON): materialList/结婚证, guideCondition/2 (counted from 1 in
    the order of pxh), questionInfo/QUESTION, basicInfo/zxdh. Plain text: 段落3. 全文 gives everything.
    """
    wanted = unicodedata.normalize("NFC", locator).strip()
    if wanted in WHOLE:
        return text.strip() or None
    guide = _as_guide(text)
    if guide is not None:
        return find_in_guide(guide, wanted)
    lines = list(paragraphs(text))
    law = parse_law(text)
    return (
        _articles(law, wanted)
        or headed_section(lines, wanted)
        or _numbered_paragraph(lines, wanted)
        or _point(lines, wanted)
    )


def find_in_document(document: Document, locator: str) -> str | None:
    """Give the words at `locator` in a document as read: a block, a page (第2页), else a clause of its whole text."""
    page = re.match(r"^第(\d+)页$", locator)
    if page is not None:
        lines = [line.text for held in document.pages if held.number == int(page.group(1)) for line in held.lines]
        return "\n".join(lines) or None
    within = [block.text for block in document.blocks if block.locator == locator]
    within = within or [block.text for block in document.blocks if block.locator.startswith(f"{locator}/")]
    return "\n".join(within) or find_clause(document.text, locator)


def find_in_guide(guide: dict[str, Json], locator: str) -> str | None:
    """Give the words of an entry of a portal guide as labelled lines, or one of its values as it stands.

    Codes, ids and timestamps are no words: a number found here is a number the guide states.
    """
    section, _, rest = locator.removeprefix("data/").partition("/")
    here: Json | None = guide.get(section)
    while rest and here is not None:
        here, rest = _step(here, rest)
    if isinstance(here, dict | list):
        entries = here if isinstance(here, list) else [here]
        words = [entry_words(section, entry) for entry in entries if isinstance(entry, dict)]
        return "\n".join(filter(None, words)) or None
    return None if here is None or isinstance(here, bool) else str(here).strip() or None


def names_law(cited: str, held: str) -> bool:
    """Say whether a cited title names a held text: the same law, or a part of it (民法典 is held by its parts)."""
    wanted, found = _bare_title(cited), _bare_title(held)
    return found == wanted or found.startswith(f"{wanted} ")


def _bare_title(title: str) -> str:
    return title.strip().strip("《》").removeprefix("中华人民共和国").strip()


def _as_guide(text: str) -> dict[str, Json] | None:
    if not text.lstrip().startswith("{"):
        return None
    try:
        whole: Json = json.loads(text)
    except (ValueError, RecursionError):
        return None
    data = whole.get("data") if isinstance(whole, dict) else None
    return data if isinstance(data, dict) else None


def _step(here: Json, rest: str) -> tuple[Json | None, str]:
    """Go one step down the path; a name may itself hold a slash, so the longest match wins."""
    parts = rest.split("/")
    for taken in range(len(parts), 0, -1):
        name, remaining = "/".join(parts[:taken]), "/".join(parts[taken:])
        if isinstance(here, dict) and name in here:
            return here[name], remaining
        if isinstance(here, list):
            entry = _entry(here, name)
            if entry is not None:
                return entry, remaining
    return None, ""


def _entry(entries: list[Json], name: str) -> Json | None:
    if name.isascii() and name.isdigit():
        shown = in_order(entries)
        return shown[int(name) - 1] if 0 < int(name) <= len(shown) else None
    wanted = _plain(name)
    return next(
        (
            entry
            for entry in entries
            if isinstance(entry, dict)
            and any(isinstance(value, str) and _plain(value) == wanted for value in entry.values())
        ),
        None,
    )


def _plain(words: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", words))


def _articles(law: Law, wanted: str) -> str | None:
    span = _RANGE.match(wanted)
    if span is not None:
        return _article_range(law, span.group(1), span.group(2))
    found: list[str] = []
    for part in _SEVERAL.split(wanted):
        words = _one_place(law, part.strip())
        if words is None:
            return None
        found.append(words)
    return "\n".join(found)


def _article_range(law: Law, first: str, last: str) -> str | None:
    low, high = (to_number(place.removeprefix("第").removesuffix("条")) for place in (first, last))
    if low is None or high is None or low > high:
        return None
    numbers = {article.number for article in law.articles}
    if low not in numbers or high not in numbers:
        return None
    return "\n".join(article.text for article in law.articles if low <= article.number <= high)


def _one_place(law: Law, wanted: str) -> str | None:
    matched = _PLACE.match(wanted)
    if matched is None:
        return None
    number, branch, clause, item, bare_item = (to_number(group) if group else None for group in matched.groups())
    article = next((held for held in law.articles if (held.number, held.branch) == (number, branch or 0)), None)
    if article is None:
        return None
    return _inside(article, clause, item or bare_item)


def _inside(article: Article, clause: int | None, item: int | None) -> str | None:
    """Give the 款 and 项 of an article; an item without a clause is looked for in the whole article."""
    parts = article.clauses()
    if clause is not None:
        if clause > len(parts):
            return None
        parts = parts[clause - 1 : clause]
    if item is None:
        return "\n".join(line for part in parts for line in part)
    return next((line for part in parts for line in part if item_number(line) == item), None)


def _numbered_paragraph(lines: list[str], wanted: str) -> str | None:
    matched = _PARAGRAPH.match(wanted)
    if matched is None:
        return None
    counted = lines[1:] if lines and lines[0].startswith("# ") else lines
    number = int(matched.group(1))
    return counted[number - 1] if 0 < number <= len(counted) else None


def _point(lines: list[str], wanted: str) -> str | None:
    """Follow a path of numbered points (一、 → （二） → 3.) down a notice."""
    rest, section = wanted, lines
    while rest:
        step = _next_point(rest)
        if step is None:
            return None
        level, number, rest = step
        found = _point_section(section, level, number)
        if found is None:
            return None
        section = found
    return "\n".join(section)


def _next_point(rest: str) -> tuple[int, int, str] | None:
    matched = _POINT.match(rest.lstrip("/第"))
    if matched is None:
        return None
    for level, (group, after) in enumerate(((1, 2), (3, 4), (5, 6))):
        words = matched.group(group)
        if words is not None:
            number = to_number(words.strip("（）()"))
            return None if number is None else (level, number, matched.group(after).strip().removesuffix("项"))
    return None


def _point_section(lines: list[str], level: int, number: int) -> list[str] | None:
    start = next((at for at, line in enumerate(lines) if _point_number(line, level) == number), None)
    if start is None:
        return None
    end = start + 1
    while end < len(lines) and all(_point_number(lines[end], above) is None for above in range(level + 1)):
        end += 1
    return lines[start:end]


def _point_number(line: str, level: int) -> int | None:
    matched = _POINT_LINE[level].match(line)
    return to_number(matched.group(1)) if matched else None
