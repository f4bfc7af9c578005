"""Values as they are printed, brought into one normal form per type.

`read_value` gives the normal form and the part of the words it was read from, or None where the words do not have the
shape of the type. Dates become ISO days, numbers of cards and codes lose their spaces, money becomes "1234.50".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from prereview.profile_model import FieldSpec, FieldType

FOREVER = "长期"

_ALIKE = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "|": "1", "Z": "2", "S": "5", "B": "8"})
_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_ETHNIC = (
    "汉",
    "蒙古",
    "回",
    "藏",
    "维吾尔",
    "苗",
    "彝",
    "壮",
    "布依",
    "朝鲜",
    "满",
    "侗",
    "瑶",
    "白",
    "土家",
    "哈尼",
    "哈萨克",
    "傣",
    "黎",
    "傈僳",
    "佤",
    "畲",
    "高山",
    "拉祜",
    "水",
    "东乡",
    "纳西",
    "景颇",
    "柯尔克孜",
    "土",
    "达斡尔",
    "仫佬",
    "羌",
    "布朗",
    "撒拉",
    "毛南",
    "仡佬",
    "锡伯",
    "阿昌",
    "普米",
    "塔吉克",
    "怒",
    "乌孜别克",
    "俄罗斯",
    "鄂温克",
    "德昂",
    "保安",
    "裕固",
    "京",
    "塔塔尔",
    "独龙",
    "鄂伦春",
    "赫哲",
    "门巴",
    "珞巴",
    "基诺",
)
_DATE = re.compile(r"((?:19|20)\d{2})[年./\-·,，、 ]{1,2}(\d{1,2})[月./\-·,，、 ]{1,2}(\d{1,2})(?!\d)")
_PACKED = re.compile(r"(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])([0-3]\d)(?!\d)")
_HAN_DATE = re.compile(
    r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_ID = re.compile(r"(?<![0-9A-Za-z])(\d{17}[\dXx×])(?![0-9A-Za-z])")
_ID_LIKE = re.compile(r"[0-9OoIlBSZ|]{16,18}[\dXx×OoIlBSZ|]")
_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003134f]{1,12}(?:[·•・.][\u3400-\u9fff]{1,12})*")
_NOT_A_NAME = re.compile("性别|民族|国籍|出生|年龄|身份|证件|联系|电话|科室|科别|病案|住院|住址|地址|签名|签字")
_MONEY = re.compile(r"[¥￥Y]?\s*(-?\d{1,3}(?:[,，]\d{3})+(?:\.\d{1,2})?|-?\d+(?:\.\d{1,2})?)")
_CODE = re.compile(r"[A-Za-z]{0,3}[0-9A-Za-z][0-9A-Za-z\-－—/()（）]{4,30}")
_PHONE = re.compile(r"(?<!\d)(1[3-9]\d{9}|0\d{2,3}-?\d{7,8})(?!\d)")
_CARD = re.compile(r"(?<!\d)\d{4}(?:\s?\d{4}){2,3}\s?\d{0,7}(?!\d)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_STRAY = " \t:：;；,，.。、|_—-·*＊"


@dataclass(frozen=True, slots=True)
class ReadValue:
    """A value in its normal form, and where it stands in the words it was read from."""

    value: str
    start: int
    end: int


_Reader = Callable[[str], ReadValue | None]


def plain(text: str) -> str:
    """Give the words in one width, without spaces; the length stays per character so that places can be kept."""
    return "".join(_one_width(character) for character in text if not character.isspace())


def _one_width(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character


def read_value(spec: FieldSpec, text: str) -> ReadValue | None:
    """Read a value of the field's type out of words; None where they do not have its shape."""
    if spec.type is FieldType.CHOICE:
        return _choice(spec, text)
    return _READERS[spec.type](text)


def read_dates(text: str) -> list[tuple[date, int, int]]:
    """Find every calendar date in the words, with its place; days that do not exist are left out."""
    found: list[tuple[date, int, int]] = []
    for pattern in (_DATE, _PACKED):
        found += [
            (day, match.start(), match.end())
            for match in pattern.finditer(text)
            if (day := _day(int(match[1]), int(match[2]), int(match[3]))) is not None
        ]
    for match in _HAN_DATE.finditer(text):
        year = int("".join(str(_DIGITS.get(c, 0)) for c in match[1]))
        if (day := _day(year, _small(match[2]), _small(match[3]))) is not None:
            found.append((day, match.start(), match.end()))
    return sorted(found, key=lambda one: one[1])


def as_day(value: str) -> date | None:
    """Read a normal form back; None for 长期 and for what is no day."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def id_number_fits(number: str) -> bool:
    """Say whether an 18-digit number keeps GB 11643: its check character and a real date; never its region."""
    return re.fullmatch(r"\d{17}[\dX]", number) is not None and (
        check_character(number[:17]) == number[17] and birth_in(number) is not None
    )


def check_character(first17: str) -> str:
    """Give the last character of an identity number (GB 11643: ISO 7064 MOD 11-2)."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(int(c) * w for c, w in zip(first17, weights, strict=True)) % 11]


def birth_in(number: str) -> date | None:
    """Give the birth date an identity number carries, or None."""
    return _day(int(number[6:10]), int(number[10:12]), int(number[12:14])) if number[:17].isdigit() else None


def sex_in(number: str) -> str:
    """Give 男 or 女 as the 17th digit says."""
    return "男" if int(number[16]) % 2 else "女"


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _small(words: str) -> int:
    """Read 一 to 三十一."""
    tens, _, ones = words.partition("十")
    if "十" not in words:
        return _DIGITS.get(words, 0)
    return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)


def _date(text: str) -> ReadValue | None:
    dates = read_dates(text)
    return ReadValue(dates[0][0].isoformat(), dates[0][1], dates[0][2]) if dates else None


def _period(text: str) -> ReadValue | None:
    """Read "2016.05.06-2036.05.06" or "2016.05.06-长期" as "first/last"."""
    dates = read_dates(text)
    if len(dates) >= 2:
        return ReadValue(f"{dates[0][0].isoformat()}/{dates[1][0].isoformat()}", dates[0][1], dates[1][2])
    forever = text.find(FOREVER)
    if dates and forever > dates[0][1]:
        return ReadValue(f"{dates[0][0].isoformat()}/{FOREVER}", dates[0][1], forever + 2)
    return None


def _id_number(text: str) -> ReadValue | None:
    squeezed, places = _without(text, " -")
    match = _ID.search(squeezed)
    if match is None:
        match = _ID_LIKE.search(squeezed)
        if match is None or len(match[0]) != 18:
            return None
    number = match[0][:17].translate(_ALIKE) + match[0][17].upper().replace("×", "X").translate(_ALIKE)
    return ReadValue(number, places[match.start()], places[match.end() - 1] + 1)


def _name(text: str) -> ReadValue | None:
    cut = _NOT_A_NAME.search(text)
    match = _NAME.search(text, 0, cut.start() if cut else len(text))
    if match is None or not 2 <= len(match[0]) <= 24:
        return None
    return ReadValue(re.sub("[•・.]", "·", match[0]), match.start(), match.end())


def _sex(text: str) -> ReadValue | None:
    found = [(text.find(sex), sex) for sex in ("男", "女") if sex in text]
    return ReadValue(min(found)[1], min(found)[0], min(found)[0] + 1) if len(found) == 1 else None


def _ethnicity(text: str) -> ReadValue | None:
    stripped = text.lstrip(_STRAY)
    for name in sorted(_ETHNIC, key=len, reverse=True):
        if stripped.startswith(name):
            start = len(text) - len(stripped)
            return ReadValue(name, start, start + len(name))
    return None


def _money(text: str) -> ReadValue | None:
    match = _MONEY.search(text)
    if match is None:
        return None
    return ReadValue(f"{float(re.sub('[,，]', '', match[1])):.2f}", match.start(1), match.end(1))


def _matching(pattern: re.Pattern[str], drop: str = "") -> _Reader:
    def read(text: str) -> ReadValue | None:
        match = pattern.search(text)
        if match is None:
            return None
        value = match[0]
        for character in drop:
            value = value.replace(character, "")
        return ReadValue(value, match.start(), match.end())

    return read


def _text(text: str) -> ReadValue | None:
    stripped = text.strip(_STRAY)
    if not stripped:
        return None
    start = text.index(stripped)
    return ReadValue(stripped, start, start + len(stripped))


def _choice(spec: FieldSpec, text: str) -> ReadValue | None:
    found = sorted((text.find(choice), -len(choice), choice) for choice in spec.choices if choice in text)
    return ReadValue(found[0][2], found[0][0], found[0][0] + len(found[0][2])) if found else None


def _without(text: str, unwanted: str) -> tuple[str, list[int]]:
    kept = [(place, character) for place, character in enumerate(text) if character not in unwanted]
    return "".join(character for _, character in kept), [place for place, _ in kept]


_READERS: dict[FieldType, _Reader] = {
    FieldType.NAME: _name,
    FieldType.SEX: _sex,
    FieldType.ETHNICITY: _ethnicity,
    FieldType.DATE: _date,
    FieldType.PERIOD: _period,
    FieldType.ID_NUMBER: _id_number,
    FieldType.CODE: _matching(_CODE),
    FieldType.MONEY: _money,
    FieldType.NUMBER: _matching(_NUMBER),
    FieldType.PHONE: _matching(_PHONE, "-"),
    FieldType.CARD: _matching(_CARD, " "),
    FieldType.TEXT: _text,
}
