"""Personal numbers and names leave the text before anything else sees it: no log, no store, no model, no address bar.

Numbers are recognised by form, and named by their check digit where one exists (GB 11643 for identity numbers, Luhn
for bank cards). A long number that fits no check is covered all the same: a mistyped identity number is still one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

_SEP = r"[\s\-—–_.·,，]{0,2}"
_LONG = re.compile(rf"(?<![0-9])[0-9](?:{_SEP}[0-9]){{14,}}(?:{_SEP}[xX](?![a-zA-Z]))?")
_PHONE = re.compile(rf"(?<![0-9])(?:\+?86{_SEP})?1{_SEP}[3-9](?:{_SEP}[0-9]){{9}}(?![0-9])")
_SPELLED = re.compile(r"[零〇一二三四五六七八九幺](?:\s?[零〇一二三四五六七八九幺]){10,}[xX]?")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_PASSPORT = re.compile(r"(?<![A-Za-z0-9])[EeGgDdSsPpHhMm][A-Za-z]?[0-9]{7,10}(?![A-Za-z0-9])")
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·\s]?"
    r"(?=[A-HJ-NP-Z]{0,5}[0-9])[A-HJ-NP-Z0-9]{5,6}"
)
# No identity number begins with 19 or 20 (no such province), so a row of dates may stay as it is.
_DATES = re.compile(r"(?:(?:19|20)[0-9]{2}[-.](?:0?[1-9]|1[0-2])[-.](?:0?[1-9]|[12][0-9]|3[01])[\s—–-]{0,2}){2,}")

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔"
    "钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_NAME = re.compile(
    r"(?P<lead>我叫|姓名[:：是为]?\s?|名字[叫是:：]\s?|他叫|她叫|孩子叫|宝宝叫|娃叫|老公叫|老婆叫)"
    rf"(?P<name>[{_SURNAMES}](?:(?![要想在是的今年了呢吗我有和跟办能可以不也就都去来到把被给没户])[一-龥]){{1,2}})"
)

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without personal numbers, and the kinds that were covered, in the order found."""

    text: str
    kinds: tuple[str, ...]


def fold(text: str) -> str:
    """Give the text with full-width letters and digits, odd digits and invisible characters made plain."""
    return "".join(_plain(char) for char in text)


def _plain(char: str) -> str:
    code = ord(char)
    if 0xFF10 <= code <= 0xFF5A and (folded := chr(code - 0xFEE0)).isalnum():
        return folded
    if code > 127 and (digit := unicodedata.decimal(char, None)) is not None:
        return str(digit)
    if unicodedata.category(char) in ("Cf", "Cc") and char not in "\n\t":
        return ""
    return " " if char == "\u3000" else char


def mask(text: str) -> Masked:
    """Cover identity, phone, bank-card, passport and plate numbers, mail addresses and stated names.

    >>> mask("我身份证430102199003070013").text
    '我身份证〔身份证号〕'
    """
    kinds: list[str] = []

    def cover(kind: Callable[[str], str]) -> Callable[[re.Match[str]], str]:
        def replace(match: re.Match[str]) -> str:
            name = kind(match[0])
            if not name:
                return match[0]
            kinds.append(name)
            return f"〔{name}〕"

        return replace

    text = fold(text)
    text = _EMAIL.sub(cover(lambda _: "邮箱"), text)
    text = _LONG.sub(cover(_kind_of_long), text)
    text = _PHONE.sub(cover(lambda _: "手机号"), text)
    text = _SPELLED.sub(cover(lambda _: "号码"), text)
    text = _PASSPORT.sub(cover(lambda _: "证件号"), text)
    text = _PLATE.sub(cover(lambda _: "车牌号"), text)

    def cover_name(match: re.Match[str]) -> str:
        kinds.append("姓名")
        return f"{match['lead']}〔姓名〕"

    return Masked(_NAME.sub(cover_name, text), tuple(dict.fromkeys(kinds)))


def _kind_of_long(found: str) -> str:
    """Name a run of 15 or more digits; "" where it is only a row of dates."""
    if _DATES.fullmatch(found):
        return ""
    digits = re.sub(r"[^0-9xX]", "", found).upper()
    if is_identity_number(digits) or (len(digits) == 15 and _a_day(f"19{digits[6:12]}")):
        return "身份证号"
    if 16 <= len(digits) <= 19 and digits.isdigit() and _luhn(digits):
        return "银行卡号"
    return "号码"


def is_identity_number(text: str) -> bool:
    """Tell whether the 18 characters are an identity number: a day of birth and the check character of GB 11643."""
    if len(text) != 18 or not text[:17].isdigit() or not _a_day(text[6:14]):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(text, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == text[17].upper()


def _a_day(digits: str) -> bool:
    return digits[:2] in ("18", "19", "20") and 1 <= int(digits[4:6]) <= 12 and 1 <= int(digits[6:8]) <= 31


def _luhn(digits: str) -> bool:
    total = 0
    for place, char in enumerate(reversed(digits)):
        value = int(char) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
