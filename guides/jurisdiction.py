"""Whose place decides: which region's guide governs each service, once the places of the parties are known.

A service says by which place it is decided (户籍地, 参保地, 出生机构所在地 …) and of whom. Where that place has a guide
of the same life event, its service, its office and its own lines stand in; where it has none, no other city's lines
are shown for the service, and the sentence sends the person to the local 12345.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from guides.checklist import Checklist, ChecklistItem
from guides.library import Library
from guides.model import Guide, Jurisdiction, Service, Status
from guides.rules import checklist, supported
from guides.situation import Situation, Unsure

WORDS = {
    "hukou": "户籍地",
    "residence": "居住地",
    "birth": "出生的医院所在地",
    "insured": "参保地",
    "property": "房屋所在地",
    "registered": "登记地",
    "work": "工作地",
}
NOT_RECORDED = "本地清单未收录，请问当地 12345。"

Places = Mapping[str, str]
"""Region codes by what they are (`hukou`), or by what and whose (`hukou:father`)."""


class PlaceInvalid(ValueError):
    """A place is called by a name that no service goes by; the message says which can be written."""


@dataclass(frozen=True, slots=True)
class ServiceHere:
    """One service of a situation, with the place that decides it.

    `region` is that place, "" while it is not known; `recorded` is false where that place has no guide.
    """

    service: Service
    by: str
    """户籍地, 参保地 …; "" where no place decides but the guide's own."""
    region: str
    recorded: bool
    say: str


@dataclass(frozen=True, slots=True)
class Governed:
    """The list with each service under the place that decides it, and the services in the guide's order."""

    checklist: Checklist
    services: tuple[ServiceHere, ...]


def governed(library: Library, guide: Guide, situation: Situation, places: Places, *, on: date) -> Governed:
    """Give the list for the places given; raises PlaceInvalid, and FactInvalid as `checklist` does.

    A line that only services decided elsewhere need is left out; lines of a place's own guide come in for its services.
    """
    _check(places)
    made = checklist(guide, situation, on=on, sources=library.sources)
    here = tuple(_here(library, guide, service, places, on) for service in made.services)
    away = {one.service.id for one in here if not one.recorded or _home(library, guide, one, on) is not guide}
    kept = [item for item in made.items if _needed_here(item, made, away)]
    for one in here:
        local = _home(library, guide, one, on)
        if one.recorded and local is not guide:
            kept.extend(_own_lines(library, local, one, situation, kept, on))
    unread = tuple(item.requirement for item in kept if not supported(item.citations, library.sources))
    services = tuple(one.service for one in here)
    return Governed(replace(made, items=tuple(kept), services=services, unverified=unread), here)


def place_of(jurisdiction: Jurisdiction | None, places: Places) -> str:
    """Give the region that decides, "" where it is not known."""
    if jurisdiction is None:
        return ""
    return places.get(f"{jurisdiction.by}:{jurisdiction.of}", places.get(jurisdiction.by, ""))


def _check(places: Places) -> None:
    for name in places:
        if name.partition(":")[0] not in WORDS:
            known = "、".join(f"{key}（{word}）" for key, word in WORDS.items())
            raise PlaceInvalid(f"没有“{name}”这种地方。可以写：{known}")


def _here(library: Library, guide: Guide, service: Service, places: Places, on: date) -> ServiceHere:
    by = WORDS[service.jurisdiction.by] if service.jurisdiction else ""
    region = place_of(service.jurisdiction, places)
    if not region:
        say = f"这一项看{by}；还不知道在哪里，先按{_name(library, guide.region)}的指南列。" if by else ""
        return ServiceHere(service, by, "", recorded=True, say=say)
    local = library.find(guide.slug, region, on)
    if local is None:
        return ServiceHere(service, by, region, recorded=False, say=f"{by}在{_name(library, region)}：{NOT_RECORDED}")
    own = next((one for one in local.services if one.id == service.id), None)
    if own is None:
        say = f"{by}在{_name(library, region)}：当地指南里没有这一项，请问当地 12345。"
        return ServiceHere(service, by, region, recorded=False, say=say)
    say = f"{by}在{_name(library, region)}，按{_name(library, local.region)}的指南办。"
    return ServiceHere(own, by, region, recorded=True, say=say)


def _home(library: Library, guide: Guide, here: ServiceHere, on: date) -> Guide:
    local = library.find(guide.slug, here.region, on) if here.region else guide
    return guide if local is None or local.region == guide.region else local


def _needed_here(item: ChecklistItem, made: Checklist, away: set[str]) -> bool:
    active = {service.id for service in made.services} & set(item.material.services)
    return not active or bool(active - away)


def _own_lines(
    library: Library, local: Guide, here: ServiceHere, situation: Situation, kept: list[ChecklistItem], on: date
) -> list[ChecklistItem]:
    """Give the lines of a service in its own place that say something the list does not say already."""
    told = {(item.requirement, item.status, item.handling, item.reason) for item in kept}
    made = checklist(local, _fitting(local, situation), on=on, sources=library.sources)
    place = _name(library, local.region)
    names = {item.requirement for item in kept}
    lines = []
    for item in made.items:
        new = (item.requirement, item.status, item.handling, item.reason) not in told
        if here.service.id in item.material.services and item.status is not Status.NOT_REQUIRED and new:
            own = f"{item.requirement}@{local.region}" if item.requirement in names else item.requirement
            lines.append(replace(item, requirement=own, name=f"{item.name}（{place}）"))
    return lines


def _fitting(guide: Guide, situation: Situation) -> Situation:
    """Leave out answers that the other place's guide does not know: there they are open, never another answer."""
    options = {question.fact: {option.value for option in question.options} for question in guide.questions}
    facts = {
        name: fact
        for name, fact in situation.facts.items()
        if not options.get(name) or isinstance(fact.value, Unsure) or fact.value in options[name]
    }
    return Situation(facts)


def _name(library: Library, region: str) -> str:
    found = library.region(region)
    return found.name if found else region
