"""What a guide's data say under each citation, and whether a sentence says no figure or name beyond it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from pydantic import BaseModel

from assistant.reading.numbers import CHINESE, to_number
from guides.model import Citation, Guide

Place = tuple[str, str]
"""Source and locator."""

_FIGURE = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_COUNTED = re.compile(rf"([{CHINESE}]+)(?=个?(?:工作日|月|小时|星期)|[天日年岁元块]|周岁|周)")
_NAMED = re.compile(r"《([^》]+)》")
_DATE = re.compile(r"([0-9]{4})年([0-9]{1,2})月(?:([0-9]{1,2})日)?")


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
    for name in type(value).model_fields:
        yield from _plain(getattr(value, name))


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


def figures(text: str) -> set[float]:
    """Give every figure of a text: digits, and Chinese numerals that count something."""
    found = {float(match[0]) for match in _FIGURE.finditer(text)}
    for match in _COUNTED.finditer(text):
        number = to_number(match[1])
        if number is not None:
            found.add(number)
    return found


def dates(text: str) -> set[tuple[int, int, int]]:
    """Give every calendar date written out; day 0 where only the month is."""
    return {(int(m[1]), int(m[2]), int(m[3] or 0)) for m in _DATE.finditer(text)}


def beyond(text: str, evidence: Iterable[str]) -> bool:
    """Tell whether the text says a figure, a date or a named document that no evidence says."""
    known = list(evidence)
    joined = "\n".join(known)
    if not figures(text) <= figures(joined):
        return True
    if not dates(text) <= dates(joined):
        return True
    return any(name not in joined for name in _NAMED.findall(text))
