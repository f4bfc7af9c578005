"""What an office's own structured guide says, beside what ours says it says: clauses, days, phones, head.

The portal's JSON is read as it came (`data` of the portal's answer); locators are those of `Citation`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from guides.citations import citations_of
from guides.model import Guide, Source

_SECTIONS = {"materialList": "clmc", "approveList": "lbsxfwmc", "questionInfo": "problem", "guidePoint": "bldmc"}
_HEADS = ("basicInfo", "onethingCatalogStandServiceGuide")


class HeldInvalid(ValueError):
    """A file is not a guide of the portal; the message names it."""


@dataclass(frozen=True, slots=True)
class HeldGuide:
    """One official guide: its code, every place that can be cited, and the figures that can be compared."""

    code: str
    locators: frozenset[str]
    days: Mapping[str, float]
    """Promised days by locator (`approveList/<name>`, `basicInfo/completedLimit`)."""
    phones: str
    """The text in which telephone numbers are looked up."""
    agency: str
    charged: bool | None
    """Whether it says that something is charged; None where it does not say."""


def read_held(folder: Path) -> dict[str, HeldGuide]:
    """Read every official guide of a folder, by code; raises HeldInvalid."""
    held = (read_one(file) for file in sorted(folder.glob("*.json")))
    return {guide.code: guide for guide in held}


def read_one(file: Path) -> HeldGuide:
    """Read one official guide; raises HeldInvalid."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))["data"]
        days = {f"approveList/{row['lbsxfwmc']}": float(row["cnsxsx"]) for row in data["approveList"]}
        basic = data["basicInfo"]
        days["basicInfo/completedLimit"] = float(basic["completedLimit"])
        return HeldGuide(
            code=data["yjsSsqdbm"],
            locators=frozenset(_locators(data)),
            days=days,
            phones=json.dumps(data, ensure_ascii=False),
            agency=basic["qtbmmc"],
            charged={"0": False, "1": True}.get(str(basic.get("isCharge"))),
        )
    except (OSError, ValueError, KeyError, TypeError) as broken:
        raise HeldInvalid(f"{file} 不是门户的办事指南（{broken}）") from broken


def _locators(data: Mapping[str, list[dict[str, str]]]) -> Iterator[str]:
    for section, key in _SECTIONS.items():
        yield from (f"{section}/{row[key]}" for row in data[section])
    yield from (f"guideCondition/{n}" for n in range(1, len(data["guideCondition"]) + 1))
    for head in _HEADS:
        yield from (f"{head}/{key}" for key in data[head])


def as_stated(guide: Guide, source: str) -> HeldGuide:
    """Give what an official guide would hold that says exactly what ours says of it."""
    cited = {citation.locator for citation in citations_of(guide) if citation.source == source}
    days = {limit.citation.locator: limit.days for limit in guide.limits if limit.citation.source == source}
    for service in guide.services:
        if service.limit is not None and service.limit.citation.source == source:
            days[service.limit.citation.locator] = service.limit.days
    return HeldGuide(
        code=guide.code,
        locators=frozenset(cited),
        days=days,
        phones=" ".join(phone.number for phone in guide.phones),
        agency=guide.lead_agency,
        charged=any((fee.amount_yuan or 0) > 0 for fee in guide.fees) if guide.fees else None,
    )


def held_problems(guide: Guide, sources: Mapping[str, Source], held: Mapping[str, HeldGuide]) -> Iterator[str]:
    """Find what our guide says an official guide says, and it does not; only guides that are held are looked at."""
    for name in guide.sources:
        key = sources[name].held
        official = held.get(key.key) if key is not None and key.kind == "portal_json" else None
        if official is not None:
            yield from _clauses(guide, name, official)
            yield from _figures(guide, name, official)


def _clauses(guide: Guide, source: str, official: HeldGuide) -> Iterator[str]:
    missing = {c.locator for c in citations_of(guide) if c.source == source} - official.locators
    for locator in sorted(missing):
        yield f"依据“{source}”里没有“{locator}”这一处"


def _figures(guide: Guide, source: str, official: HeldGuide) -> Iterator[str]:
    limits = [limit for limit in (*guide.limits, *(s.limit for s in guide.services)) if limit is not None]
    for limit in limits:
        said = official.days.get(limit.citation.locator) if limit.citation.source == source else None
        if said is not None and said != limit.days:
            yield f"时限写 {limit.days:g}，依据“{source} {limit.citation.locator}”写的是 {said:g}"
    for phone in guide.phones:
        if phone.citation.source == source and phone.number not in official.phones:
            yield f"电话 {phone.number}（{phone.about}）在依据“{source}”里查不到"
    if guide.code == official.code and guide.lead_agency != official.agency:
        yield f"牵头部门写“{guide.lead_agency}”，依据“{source}”写的是“{official.agency}”"
    for fee in guide.fees:
        wrong = fee.citation.source == source and fee.citation.locator == "basicInfo/isCharge"
        if wrong and official.charged is False and (fee.amount_yuan or 0) > 0:
            yield f"收费写 {fee.amount_yuan:g} 元，依据“{source} basicInfo/isCharge”写的是不收费"
