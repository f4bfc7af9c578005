"""Numbers as they stand in Chinese text, brought to one form: 六个月 and 6个月 are the same, 2025年5月 is one date."""

from __future__ import annotations

import re
import unicodedata

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_CHINESE = re.compile(
    r"[零〇一二两三四五六七八九十百千万]+(?=(?:周岁|个|年|月|日|天|小时|岁|元|份|样|次|条|款|倍|趟|级|楼|层|平))"
)
_NUMBER = re.compile(r"0\d{2,3}-\d{5,8}|\d+(?:,\d{3})*(?:\.\d+)?")
"""A phone with its area code is one number; 9:00-12:00 are four."""


def numbers(text: str) -> set[str]:
    """Give every number of a text in digits; Chinese numerals count where a unit follows them."""
    plain = _CHINESE.sub(lambda match: str(_value(match[0])), unicodedata.normalize("NFKC", text))
    return {_canonical(match) for match in _NUMBER.findall(plain)}


def _canonical(number: str) -> str:
    if "-" in number:
        return number
    bare = number.replace(",", "")
    return f"{float(bare):g}" if "." in bare else bare.lstrip("0") or "0"


def _value(words: str) -> int:
    """Read a Chinese numeral below a hundred million; also digit by digit (二〇二五)."""
    if not any(unit in words for unit in "十百千万"):
        return int("".join(str(_DIGITS[c]) for c in words))
    high, _, low = words.rpartition("万")
    return (_small(high) if high else 0) * 10_000 + (_small(low) if low else 0)


def _small(words: str) -> int:
    total, digit = 0, 0
    for c in words:
        if c in _UNITS:
            total += (digit or 1) * _UNITS[c]
            digit = 0
        else:
            digit = _DIGITS[c]
    return total + digit
