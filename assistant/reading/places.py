"""Places in the person's words, as seen from one region: the same city, the same province, another province, abroad."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from assistant.reading.spans import Span
from guides.model import Region


class Near(StrEnum):
    """How far a place is from the region the question is asked in."""

    CITY = "city"
    PROVINCE = "province"
    """The same province, another city (or the province without saying where)."""
    OTHER_PROVINCE = "other_province"
    ABROAD = "abroad"


@dataclass(frozen=True, slots=True)
class Place:
    """A place named; `region` is None where only its distance was said (外省, 国外)."""

    near: Near
    region: Region | None
    span: Span
    words: str


_COUNTRIES = (
    "美国|英国|法国|德国|日本|韩国|朝鲜|加拿大|澳大利亚|澳洲|新西兰|新加坡|马来西亚|泰国|越南|缅甸|老挝|柬埔寨|菲律宾|印尼|印度"
    "|巴基斯坦|俄罗斯|乌克兰|意大利|西班牙|葡萄牙|荷兰|瑞士|瑞典|挪威|巴西|阿根廷|墨西哥|南非|尼日利亚|埃及|迪拜|阿联酋"
)
_DISTANCES: tuple[tuple[str, Near], ...] = (
    (r"外省市?|省外|其他省|别的省|外地省|不是本省|不在本省", Near.OTHER_PROVINCE),
    (r"省内|本省|我省|同省", Near.PROVINCE),
    (r"本市|本地|市内|当地", Near.CITY),
    (rf"国外|境外|海外|港澳台?|外籍|外国|{_COUNTRIES}", Near.ABROAD),
)
_DISTANCE = re.compile("|".join(f"(?P<d{i}>{pattern})" for i, (pattern, _) in enumerate(_DISTANCES)))
# 长沙银行 and 湖南大学 are not places somebody comes from.
_NOT_A_PLACE = re.compile(r"(?:银行|大学|路|街|大道|人民医院|饭店|米粉|菜)")


def find_places(text: str, region: str, regions: Sequence[Region]) -> tuple[Place, ...]:
    """Find every place in order, with its distance from `region` (an administrative code)."""
    found: list[Place] = []
    pattern, by_name = _names(tuple(regions))
    for match in pattern.finditer(text):
        if _NOT_A_PLACE.match(text, match.end()):
            continue
        place = by_name[match[0]]
        found.append(Place(distance(place.code, region), place, Span(match.start(), match.end()), match[0]))
    for match in _DISTANCE.finditer(text):
        near = next(near for i, (_, near) in enumerate(_DISTANCES) if match[f"d{i}"] is not None)
        found.append(Place(near, None, Span(match.start(), match.end()), match[0]))
    return tuple(sorted(_innermost(found, text), key=lambda place: place.span.start))


def distance(code: str, region: str) -> Near:
    """Tell how far the place with this code is from the region."""
    if len(region) >= 4 and code.startswith(region[:4]):
        return Near.CITY
    if code[:2] == region[:2]:
        return Near.PROVINCE
    return Near.ABROAD if code[:2] in ("71", "81", "82") else Near.OTHER_PROVINCE


def _innermost(found: list[Place], text: str) -> list[Place]:
    """Of 湖南长沙 keep 长沙: a place that follows directly inside another says more."""
    kept = []
    for place in found:
        inner = (
            other
            for other in found
            if other is not place
            and other.region is not None
            and place.region is not None
            and 0 <= other.span.start - place.span.end <= 1
            and text[place.span.end : other.span.start] in ("", "的", "省", "市")
            and other.region.code.startswith(place.region.code)
        )
        if next(inner, None) is None:
            kept.append(place)
    return kept


@lru_cache(maxsize=8)
def _names(regions: tuple[Region, ...]) -> tuple[re.Pattern[str], dict[str, Region]]:
    by_name: dict[str, Region] = {}
    for region in regions:
        if region.code:
            for name in (region.name, *region.aliases):
                by_name.setdefault(name, region)
    names = sorted(by_name, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names)) if names else r"(?!)"), by_name
