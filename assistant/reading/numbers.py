"""Numbers as people write them: 20, 二十, 两, 一百二, 1.5万, 半."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.reading.spans import Span

_NUMERALS = ("零〇", "一幺壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
_DIGITS = {char: value for value, chars in enumerate(_NUMERALS) for char in chars}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
CHINESE = "零〇一幺二两三四五六七八九十百千万亿"
NUMBER = rf"(?:[0-9]+(?:\.[0-9]+)?[万千百]?|[{CHINESE}]+|半)"
_NUMBER = re.compile(NUMBER)


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text; `unit` is the word right after it, as written ("平", "年", "")."""

    value: float
    unit: str
    span: Span
    words: str


def to_number(text: str) -> float | None:
    """Read a numeral; None when it is not one.

    >>> [to_number(word) for word in ("二十", "两", "一百二", "1.5万", "半", "一九七五", "平")]
    [20.0, 2.0, 120.0, 15000.0, 0.5, 1975.0, None]
    """
    if not text:
        return None
    if text == "半":
        return 0.5
    if match := re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)([万千百]?)", text):
        factor = {"": 1, "百": 100, "千": 1000, "万": 10_000}[match[2]]
        return float(match[1]) * factor
    if any(char not in _DIGITS and char not in _TENS and char not in _LARGE for char in text):
        return None
    if all(char in _DIGITS for char in text):
        return float("".join(str(_DIGITS[char]) for char in text))
    return float(_composed(text))


def _composed(text: str) -> int:
    """Add up 一千二百三十四; a bare last digit after 百/千/万 counts in the next lower unit (一百二 = 120)."""
    total = section = digit = 0
    last_unit = 1
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
            if digit == 0:
                last_unit = 1
        elif char in _TENS:
            last_unit = _TENS[char]
            section += (digit or 1) * last_unit
            digit = 0
        else:
            last_unit = _LARGE[char]
            total += (section + digit or 1) * last_unit
            section = digit = 0
    if digit and last_unit > 10:
        digit *= last_unit // 10
    return total + section + digit


_UNIT = re.compile(
    r"\s*[多来几]?\s*(个?月|个?小时|平方米|平米|平方|平|㎡|m2|岁|周岁|年|天|号|日|个人|人|张|桌|个|元|块|万|层|楼|席|座)?"
)


def find_numbers(text: str) -> tuple[Number, ...]:
    """Find every number with the unit right after it."""
    found: list[Number] = []
    for match in _NUMBER.finditer(text):
        value = to_number(match[0])
        if value is None:
            continue
        unit = _UNIT.match(text, match.end())
        name = (unit[1] or "") if unit else ""
        end = unit.end() if unit and name else match.end()
        found.append(Number(value, name, Span(match.start(), end), text[match.start() : end]))
    return tuple(found)
