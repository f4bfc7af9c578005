"""Numbers as Chinese law writes them."""

from __future__ import annotations

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
NUMERAL = r"[零〇○一二两三四五六七八九十百千]+|\d+"
"""One number, in Chinese or Arabic numerals."""


def to_number(words: str) -> int | None:
    """Turn "五十四" or "54" into 54; None for what is not a number."""
    if words.isascii() and words.isdigit():
        return int(words)
    if not words or any(char not in _DIGITS and char not in _UNITS for char in words):
        return None
    if not any(char in _UNITS for char in words):
        return int("".join(str(_DIGITS[char]) for char in words))
    total, digit = 0, None
    for char in words:
        if char in _UNITS:
            total += (1 if digit is None or digit == 0 else digit) * _UNITS[char]
            digit = None
        else:
            digit = _DIGITS[char]
    return total + (digit or 0)


def to_words(number: int) -> str:
    """Turn 54 into "五十四" (1 to 9999), the way articles are numbered."""
    if not 0 < number < 10_000:
        raise ValueError(f"articles are numbered from 1 to 9999, not {number}")
    words, pending_zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            words += ("零" if pending_zero and words else "") + "零一二三四五六七八九"[digit] + name
            pending_zero = False
        else:
            pending_zero = True
    return words.removeprefix("一") if words.startswith("一十") else words
