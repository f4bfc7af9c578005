"""Consent before the first upload: per sensitive kind what is read, why, how long it is kept and who sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from starlette.requests import Request
from starlette.responses import Response

from channels.door.visits import Visit
from channels.papers import Papers
from channels.web.site import Site
from channels.wiring import House
from channels.wording import say
from guides.checklist import Checklist
from guides.model import Guide
from guides.situation import Situation
from prereview.desk import KEPT_AT_MOST
from prereview.profile_model import Profile
from prereview.wording import wording


@dataclass(frozen=True, slots=True)
class ConsentKind:
    """One sensitive kind of document, in plain words."""

    kind: str
    title: str
    reads: str
    why: str


@dataclass(frozen=True, slots=True)
class Offered:
    """What a visit may hand in: the matter, the situation, the day and the kinds that need consent."""

    guide: Guide
    situation: Situation
    on: date
    kinds: tuple[ConsentKind, ...]


def offered(house: House, visit: Visit | None) -> Offered | None:
    """Give what this visit may hand in; None where there is no list yet."""
    if visit is None or not visit.matter:
        return None
    guide = house.guide(visit.matter, visit.region)
    situation = house.situation(visit.answers, guide)
    on = visit.on or house.today
    return Offered(guide, situation, on, kinds_of(house.papers, house.checklist(guide, situation, on=on)))


def kinds_of(papers: Papers, found: Checklist) -> tuple[ConsentKind, ...]:
    """Give the kinds of a list that need consent, each with what would be read of it."""
    return tuple(_kind(profile) for profile in papers.sensitive(found))


def consent_page(site: Site, request: Request, visit: Visit | None, error: str = "") -> Response:
    """Show the page; a visit without a list is told how to begin."""
    offer = offered(site.house, visit)
    if offer is None:
        return site.pages.page(request, "list_empty.html", visit, here="list")
    submission = visit.submission if visit else ""
    agreed = site.house.papers.consents(submission) if submission else ()
    today = site.house.today
    planned = offer.on if today < offer.on <= today + KEPT_AT_MOST - timedelta(days=1) else None
    return site.pages.page(
        request,
        "consent.html",
        visit,
        422 if error else 200,
        here="list",
        kinds=offer.kinds,
        agreed=agreed,
        planned=planned,
        error=error,
        again=bool(agreed),
    )


def _kind(profile: Profile) -> ConsentKind:
    names = [field.name for side in profile.sides for field in side.fields]
    names += [field.name for side in profile.sides if side.persons for field in side.persons.fields]
    words = wording()
    reads = dict.fromkeys(words.field(name) for name in names)
    return ConsentKind(profile.kind, profile.title, "、".join(reads), say("upload.consent_why"))
