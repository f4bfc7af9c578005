"""How dates and sums are written on paper, and the one place a page of values is put together."""

from collections.abc import Mapping
from datetime import date

from evals.specimens.model import Paper

_DIGITS = "零壹贰叁肆伍陆柒捌玖"


def chinese_date(day: date) -> str:
    """2026年1月2日."""
    return f"{day.year}年{day.month}月{day.day}日"


def dashed(day: date) -> str:
    """2026-01-02."""
    return day.isoformat()


def dotted(day: date) -> str:
    """2026.01.02."""
    return f"{day:%Y.%m.%d}"


def capital(cents: int) -> str:
    """A sum in the capital numerals of invoices: 1234500 → 壹万贰仟叁佰肆拾伍元整 (below one hundred million yuan)."""
    yuan, rest = divmod(cents, 100)
    out = ""
    for name, part in (("万", yuan // 10000), ("", yuan % 10000)):
        if not part:
            continue
        section, gap = "", bool(out) and part < 1000
        for unit, weight in (("仟", 1000), ("佰", 100), ("拾", 10), ("", 1)):
            digit = part // weight % 10
            if digit:
                section += ("零" if gap else "") + _DIGITS[digit] + unit
                gap = False
            elif section:
                gap = True
        out += ("零" if out and part < 1000 and not section.startswith("零") else "") + section + name
    out = (out or "零") + "元"
    jiao, fen = divmod(rest, 10)
    if not rest:
        return out + "整"
    return out + (_DIGITS[jiao] + "角" if jiao else "零") + (_DIGITS[fen] + "分" if fen else "")


def paper(kind: str, page: str, seed: int, values: Mapping[str, str]) -> Paper:
    """A page of values."""
    return Paper(kind, page, tuple(values.items()), seed)
