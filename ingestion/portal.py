"""Understand the structured guide of a government service portal (its own detail interface), leaf by leaf."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ingestion.model import Block, IgnoredLeaf
from ingestion.portal_fields import CODE_KEY, DUPLICATE, SECTIONS, TITLE_KEY, TOP, Section
from ingestion.ports import DocumentInvalid

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]

_REGION_CODE = re.compile(r"^(\d{2})[0-9A-Z]{6,}J(\d{4})$")
"""A list's code starts with the province and ends with the last four digits of the area: 43…J0100 is 430100."""


@dataclass(slots=True)
class PortalReading:
    """A portal guide as read: its pieces, and what became of every non-empty leaf."""

    title: str = ""
    region: str = ""
    """Administrative code, or the area's own name where the code does not show it; never "" (the whole country)."""
    area: str = ""
    code: str = ""
    """The portal's code of this list (实施编码): stable when the list is published anew."""
    blocks: list[Block] = field(default_factory=list)
    used: list[str] = field(default_factory=list)
    ignored: list[IgnoredLeaf] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)


def read_portal(text: str) -> PortalReading:
    """Read the JSON of one guide and account for every leaf. Raises DocumentInvalid: not_a_guide, error_reply."""
    whole, data = parse_portal(text)
    reading = PortalReading(title=words_of(data[TITLE_KEY]))
    for key, value in whole.items():
        if key in TOP and _is_leaf(value):
            reading.used.extend(leaves(value, key))
        elif key != "data":
            _account_unknown(reading, value, key, None)
    for key, value in data.items():
        path = f"data/{key}"
        section = SECTIONS.get(key)
        if key in (TITLE_KEY, CODE_KEY) and _is_leaf(value):
            reading.used.extend(leaves(value, path))
        elif section is not None and isinstance(value, dict):
            _read_entry(reading, section, value, path, key)
        elif section is not None and isinstance(value, list):
            _read_list(reading, section, value, path, key)
        else:
            _account_unknown(reading, value, path, None)
    reading.code = words_of(data.get(CODE_KEY))
    basic = data.get("basicInfo")
    reading.area = words_of(basic.get("areaName")) if isinstance(basic, dict) else ""
    reading.region = _region(reading.code, reading.area)
    return reading


def entry_words(section: str, entry: Mapping[str, Json]) -> str:
    """Give one entry of a section as labelled lines, the way its passage shows it; "" for an unknown section."""
    known = SECTIONS.get(section)
    return "\n".join(_lines(PortalReading(), known, entry, "")) if known is not None else ""


def parse_portal(text: str) -> tuple[dict[str, Json], dict[str, Json]]:
    """Give the reply of the interface and the guide in it. Raises DocumentInvalid: not_a_guide, error_reply."""
    try:
        whole: Json = json.loads(text)
    except (ValueError, RecursionError) as broken:
        raise _not_a_guide() from broken
    if not isinstance(whole, dict):
        raise _not_a_guide()
    if whole.get("success") is False or whole.get("error") is True or whole.get("code") not in (None, 0, "", "0"):
        remedy = f"接口当时返回的是出错信息（{words_of(whole.get('msg')) or '没有说明'}），不是办事指南，请重新取一次。"
        raise DocumentInvalid("error_reply", remedy)
    data = whole.get("data")
    if not isinstance(data, dict) or not isinstance(data.get(TITLE_KEY), str):
        raise _not_a_guide()
    return whole, data


def _not_a_guide() -> DocumentInvalid:
    remedy = "这不是办事指南接口返回的 JSON（应有 data.sxmc 事项名称），请检查是不是拿错了文件。"
    return DocumentInvalid("not_a_guide", remedy)


def _read_list(reading: PortalReading, section: Section, entries: list[Json], path: str, key: str) -> None:
    places = locators(key, entries)
    for number, entry in enumerate(entries):
        here = f"{path}/{number}"
        if isinstance(entry, dict):
            _read_entry(reading, section, entry, here, places[id(entry)])
        else:
            _account_unknown(reading, entry, here, None)


def locators(key: str, entries: Sequence[Json]) -> dict[int, str]:
    """Give the place of each entry of a section by its identity: its name where only it has that, else its rank."""
    section = SECTIONS[key]
    names = Counter(_name(section, entry) for entry in entries)
    places: dict[int, str] = {}
    for rank, entry in enumerate(in_order(entries), 1):
        name = _name(section, entry)
        places[id(entry)] = f"{key}/{name if name and names[name] == 1 else rank}"
    return places


def in_order(entries: Sequence[Json]) -> list[dict[str, Json]]:
    """Give the entries of a list in the order the portal shows them: by `pxh`, as listed where it is missing."""
    known = [entry for entry in entries if isinstance(entry, dict)]
    return sorted(known, key=_rank)


def _rank(entry: Mapping[str, Json]) -> float:
    order = entry.get("pxh")
    return float(order) if isinstance(order, int | float) else 0.0


def _read_entry(reading: PortalReading, section: Section, entry: dict[str, Json], path: str, locator: str) -> None:
    lines = list(_lines(reading, section, entry, path))
    if lines:
        reading.blocks.append(Block(locator, "\n".join(lines), section.label))


def _lines(reading: PortalReading, section: Section, entry: Mapping[str, Json], path: str) -> Iterator[str]:
    """Give the labelled lines of an entry in the order of the table; keys the table does not know are unplaced."""
    used = [
        here for key in section.decides if _is_leaf(entry.get(key)) for here in leaves(entry.get(key), f"{path}/{key}")
    ]
    for key, label in section.used.items():
        value = entry.get(key)
        if _is_leaf(value) and words_of(value):
            used.append(f"{path}/{key}")
            yield f"{label}：{section.words.get(key, {}).get(words_of(value), words_of(value))}"
    for key, value in entry.items():
        here = f"{path}/{key}"
        if _is_leaf(value) and (key in section.used or key in section.decides):
            continue
        original = section.same_as.get(key)
        part = section.parts.get(key)
        if original is not None and _is_leaf(value) and words_of(value):
            if value == entry.get(original):
                reading.ignored.append(IgnoredLeaf(here, DUPLICATE))
            else:
                used.append(here)
                yield f"{section.used[original]}（另一处写法）：{words_of(value)}"
        elif part is not None and isinstance(value, list):
            for number, inner in enumerate(value):
                if isinstance(inner, dict):
                    yield from _lines(reading, part, inner, f"{here}/{number}")
                else:
                    _account_unknown(reading, inner, f"{here}/{number}", None)
        else:
            _account_unknown(reading, value, here, section.ignored.get(key))
    reading.used.extend(used)


def _account_unknown(reading: PortalReading, value: Json, path: str, rule: str | None) -> None:
    """Write every non-empty leaf below `value` down as ignored by `rule`, or as unplaced where no rule names it."""
    for leaf in leaves(value, path):
        if rule is None:
            reading.unplaced.append(leaf)
        else:
            reading.ignored.append(IgnoredLeaf(leaf, rule))


def leaves(value: Json, path: str = "") -> Iterator[str]:
    """Give the path of every leaf that is neither null nor blank text."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}/{key}" if path else key)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from leaves(inner, f"{path}/{number}")
    elif words_of(value):
        yield path


def _is_leaf(value: Json) -> bool:
    return not isinstance(value, dict | list)


def words_of(value: Json) -> str:
    """Give a single value as text, whole numbers without a point; "" for null, lists and objects."""
    if value is None or isinstance(value, dict | list):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _name(section: Section, entry: Json) -> str:
    return words_of(entry.get(section.name_key)) if section.name_key and isinstance(entry, dict) else ""


def _region(code: str, area: str) -> str:
    matched = _REGION_CODE.match(code)
    return matched.group(1) + matched.group(2) if matched else area or "unknown"
