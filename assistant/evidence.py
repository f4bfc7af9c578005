"""What a guide's data say under each citation, and whether a sentence says no figure or name beyond it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from pydantic import BaseModel

from assistant.reading.numbers import CHINESE, to_number
from guides.model import Citation, Fee, Guide, TimeLimit

Place = tuple[str, str]
"""Source and locator."""

_UNITS: tuple[tuple[str, str], ...] = (
    (r"个?工作日", "working_day"),
    (r"个?小时", "hour"),
    (r"个?月", "month"),
    (r"个?(?:星期|周)(?!岁)", "week"),
    (r"周?岁", "age"),
    (r"[天日]", "day"),
    (r"年", "year"),
    (r"[元块]", "yuan"),
    (r"%", "percent"),
)
_UNIT = "|".join(f"(?P<u{place}>{pattern})" for place, (pattern, _) in enumerate(_UNITS))
_FIGURE = re.compile(
    rf"(?P<n>[0-9]+(?:\.[0-9]+)?|[{CHINESE}]+(?=\s*(?:{_UNIT.replace('?P<', '?P<x')})))\s*(?:{_UNIT})?"
)
_NAMED = re.compile(r"《([^》]+)》")
_DATE = re.compile(r"([0-9]{4})\s*年\s*([0-9]{1,2})\s*月\s*(?:([0-9]{1,2})\s*日)?")


def places(citations: Iterable[Citation]) -> Iterator[Place]:
    """Give the places of citations, without their marks."""
    for citation in citations:
        yield citation.source, citation.locator


class Evidence:
    """Everything a guide says under each citation: the texts of the entry and the names of what it belongs to."""

    def __init__(self, guide: Guide) -> None:
        self._texts: dict[Place, list[str]] = defaultdict(list)
        self._walk(guide, (), depth=0)

    def texts(self, citations: Iterable[Citation]) -> list[str]:
        """Give the texts under any of the citations."""
        return [text for place in places(citations) for text in self._texts.get(place, ())]

    def _walk(self, value: BaseModel, above: tuple[str, ...], depth: int) -> None:
        own = tuple(_texts_of(value))
        cited = tuple(_citations_of(value))
        for place in places(cited):
            self._texts[place].extend((*above, *own, *_inner_texts(value)) if depth else own)
        # The guide's own fields are about everything, so they prove nothing in particular.
        below = (*above, *own) if depth else above
        for child in _children(value):
            self._walk(child, below, depth + 1)


def _texts_of(value: BaseModel) -> Iterator[str]:
    if isinstance(value, TimeLimit):
        yield f"{value.days:g}{_LIMIT_UNITS[value.unit]}"
    if isinstance(value, Fee) and value.amount_yuan is not None:
        yield f"{value.amount_yuan:g}元"
    for name in type(value).model_fields:
        yield from _plain(getattr(value, name))


_LIMIT_UNITS = {"working_day": "个工作日", "day": "天", "month": "个月"}


def _plain(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, bool):
        return
    elif isinstance(value, (int, float)):
        yield f"{value:g}"
    elif isinstance(value, date):
        yield f"{value.year}年{value.month}月{value.day}日"
    elif isinstance(value, tuple):
        for one in value:
            yield from _plain(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _plain(one)


def _inner_texts(value: BaseModel) -> Iterator[str]:
    """Give the texts of parts that carry no citation of their own."""
    for child in _children(value):
        if not isinstance(child, Citation) and not any(True for _ in _citations_of(child)):
            yield from _texts_of(child)
            yield from _inner_texts(child)


def _children(value: BaseModel) -> Iterator[BaseModel]:
    for name in type(value).model_fields:
        held = getattr(value, name)
        for one in held if isinstance(held, tuple) else (held,):
            if isinstance(one, BaseModel):
                yield one


def _citations_of(value: BaseModel) -> Iterator[Citation]:
    for child in _children(value):
        if isinstance(child, Citation):
            yield child


# --- figures and names ------------------------------------------------------------------------------------------------


Figure = tuple[float, str]
"""A number and what it counts ("" where no unit follows it)."""


def figures(text: str) -> set[Figure]:
    """Give every figure of a text with its unit: digits, and Chinese numerals that count something."""
    found: set[Figure] = set()
    for match in _FIGURE.finditer(_DATE.sub(" ", text)):
        number = to_number(match["n"])
        unit = next((name for place, (_, name) in enumerate(_UNITS) if match[f"u{place}"]), "")
        if number is not None:
            found.add((number, unit))
    return found


def dates(text: str) -> set[tuple[int, int, int]]:
    """Give every calendar date written out; day 0 where only the month is."""
    return {(int(m[1]), int(m[2]), int(m[3] or 0)) for m in _DATE.finditer(text)}


def beyond(text: str, evidence: Iterable[str]) -> bool:
    """Tell whether the text says a figure, a date or a named document that no evidence says.

    Five days are not five yuan: a figure counts as said only with the same unit.
    """
    joined = "\n".join(evidence)
    if not figures(text) <= figures(joined):
        return True
    if not dates(text) <= dates(joined):
        return True
    return any(name not in joined for name in _NAMED.findall(text))
