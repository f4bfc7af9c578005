"""A portal's guide as typed values: entries in order, empty words as empty, codes by what they decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, timezone

from ingestion.portal import Json, in_order, locators, parse_portal, read_portal, words_of
from ingestion.portal_fields import CODE_KEY, TITLE_KEY
from ingestion.portal_model import (
    FileKind,
    PortalFile,
    PortalGuide,
    PortalMaterial,
    PortalMatter,
    PortalPoint,
    Said,
    Waived,
)

CHINA = timezone(timedelta(hours=8))
"""The portal's times are milliseconds since 1970 in UTC; its days are days in China."""
_EMPTY = frozenset({"", "无", "暂无", "/", "-", "无结果样本"})


def understand_portal(text: str) -> PortalGuide:
    """Read the JSON of one guide as values. Raises DocumentInvalid: not_a_guide, error_reply."""
    reading = read_portal(text)
    _, data = parse_portal(text)
    materials = _entries(data, "materialList")
    stamps = [stamp for _, entry in materials if isinstance(stamp := entry.get("gxsj"), int) and stamp > 0]
    updated = datetime.fromtimestamp(max(stamps) / 1000, CHINA).date() if stamps else None
    return PortalGuide(
        title=words_of(data[TITLE_KEY]),
        code=words_of(data.get(CODE_KEY)),
        region=reading.region,
        area=reading.area,
        list_id=next((words_of(entry.get("yjsSsqdId")) for _, entry in materials), ""),
        updated=updated,
        conditions=tuple(_condition(place, entry) for place, entry in _entries(data, "guideCondition")),
        materials=tuple(_material(place, entry) for place, entry in materials),
        matters=tuple(_matter(place, entry) for place, entry in _entries(data, "approveList")),
        points=tuple(_point(place, entry) for place, entry in _entries(data, "guidePoint")),
        questions=tuple(
            (Said(place, _said(entry, "problem")), _unquoted(_said(entry, "answer")))
            for place, entry in _entries(data, "questionInfo")
        ),
        fees=tuple(
            Said(place, " ".join(_said(entry, key) for key in ("FEENAME", "FEESTAND", "DESCEXPLAIN")).strip())
            for place, entry in _entries(data, "chargelist")
        ),
        files=tuple(_files(data.get("attachInfo"))),
        basic=_flat(data.get("basicInfo")),
        standard=_flat(data.get("onethingCatalogStandServiceGuide")),
    )


def _entries(data: Mapping[str, Json], key: str) -> list[tuple[str, dict[str, Json]]]:
    """Give the entries in use with their places, in order; a section that is an empty text has none."""
    listed = data.get(key)
    if not isinstance(listed, list):
        return []
    places = locators(key, listed)
    return [(places[id(entry)], entry) for entry in in_order(listed) if words_of(entry.get("zt")) in ("", "0")]


def _said(entry: Mapping[str, Json], key: str) -> str:
    """Give the words of a key; the portal's several ways of saying nothing are nothing."""
    words = words_of(entry.get(key))
    return "" if words.rstrip("。.") in _EMPTY else words


def _unquoted(answer: str) -> str:
    """Take off the pair of typewriter's quotes that some answers are wrapped in."""
    wrapped = len(answer) > 1 and answer.startswith('"') and answer.endswith('"')
    return answer[1:-1].strip() if wrapped else answer


def _flat(section: Json) -> dict[str, str]:
    if not isinstance(section, dict):
        return {}
    return {key: words for key in section if (words := _said(section, key))}


def _condition(place: str, entry: Mapping[str, Json]) -> Said:
    said, more = _said(entry, "bltj"), _said(entry, "smmc")
    return Said(place, f"{said}\n{more}" if more and more != said else said)


def _material(place: str, entry: Mapping[str, Json]) -> PortalMaterial:
    name, bound = _said(entry, "clmc"), _said(entry, "materialTitle")
    copies = words_of(entry.get("zzclfs"))
    waived = words_of(entry.get("mtjfs"))
    return PortalMaterial(
        name=name,
        bound_name=bound if bound != name else "",
        locator=place,
        required=words_of(entry.get("clbyx")) != "2",
        waived=Waived(waived) if waived in list(Waived) else Waived.UNKNOWN,
        kind=words_of(entry.get("cllx")),
        form=words_of(entry.get("clxs")),
        source=words_of(entry.get("cllyqd")),
        copies=int(copies) if copies.isdigit() else 1,
        said=tuple(
            Said(f"{place}/{key}", words)
            for key in ("tbxz", "clbz", "cllyqdsm", "yqtgyj", "mtjfssm")
            if (words := _said(entry, key))
        ),
        files=tuple(_files(entry.get("attachList"))),
    )


def _matter(place: str, entry: Mapping[str, Json]) -> PortalMatter:
    days = entry.get("cnsxsx")
    known = float(days) if isinstance(days, int | float) and not isinstance(days, bool) else None
    return PortalMatter(_said(entry, "lbsxfwmc"), place, known, _said(entry, "resultSampleName"))


def _point(place: str, entry: Mapping[str, Json]) -> PortalPoint:
    return PortalPoint(_said(entry, "bldmc"), place, _said(entry, "infoAddr"), _said(entry, "blsj"))


def _files(listed: Json) -> Iterator[PortalFile]:
    """Give the files; an entry that holds only a day is a placeholder, and one marked invalid is no file."""
    if not isinstance(listed, list):
        return
    for entry in listed:
        if isinstance(entry, dict) and _said(entry, "fjmc") and words_of(entry.get("sfyx")) != "N":
            kind = words_of(entry.get("fjbm"))
            yield PortalFile(_said(entry, "fjmc"), FileKind(kind) if kind in list(FileKind) else FileKind.OTHER)
