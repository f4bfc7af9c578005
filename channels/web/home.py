"""The first page, and the small ones around it: looks, privacy, opinions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from pydantic import TypeAdapter
from starlette.responses import RedirectResponse, Response

from channels.web.render import ELDER
from channels.web.site import Site
from channels.web.visitor import safe_path
from channels.wording import wording
from guides.condition import Value
from guides.model import Guide

YEAR = 365 * 24 * 3600


class Event(Value):
    """A life event on the first page, in the words people search for."""

    slug: str
    event: str
    title: str
    summary: str
    asks: tuple[str, ...]


def event_of(guide: Guide) -> Event:
    """Show a guide as the life event it serves; an event without words of its own goes by the guide's title."""
    names = wording()["events"]
    event = names.get(guide.slug, guide.title) if isinstance(names, Mapping) else guide.title
    return Event(
        slug=guide.slug,
        event=str(event),
        title=guide.title,
        summary=guide.summary,
        asks=tuple(faq.asks[0] for faq in guide.faq[:3]),
    )


@dataclass(frozen=True, slots=True)
class EventGroup:
    """Events that belong together; the first group has no title and shows its events as cards."""

    title: str
    events: tuple[Event, ...]


class _Shelf(Value):
    """A group as the wording lists it; the last one takes what no group names."""

    title: str
    matters: tuple[str, ...]


def event_groups(guides: Iterable[Guide]) -> tuple[EventGroup, ...]:
    """Put the guides in the groups of the wording and in its order; none is left out, and no group is empty."""
    waiting = {guide.slug: guide for guide in guides}
    shelves = TypeAdapter(tuple[_Shelf, ...]).validate_python(wording()["event_groups"])
    chosen = [[waiting.pop(slug) for slug in shelf.matters if slug in waiting] for shelf in shelves]
    chosen[-1] += waiting.values()
    groups = (EventGroup(s.title, tuple(map(event_of, found))) for s, found in zip(shelves, chosen, strict=True))
    return tuple(group for group in groups if group.events)


def router(site: Site) -> APIRouter:
    """Give the routes of these pages."""
    routes = APIRouter(include_in_schema=False)
    house = site.house

    @routes.get("/")
    def home(request: Request) -> Response:
        regions = {region.code: region.name for region in house.library.regions}
        guides = [guide for guide in house.local_guides if house.in_force(guide, house.today)]
        return site.pages.page(
            request,
            "home.html",
            site.reception.look(request),
            here="home",
            groups=event_groups(guides),
            places=list(dict.fromkeys(regions.get(guide.region, "全国") for guide in guides)),
        )

    @routes.post("/look")
    def look(elder: Annotated[str, Form()] = "0", back: Annotated[str, Form()] = "/") -> Response:
        response = RedirectResponse(safe_path(back), 303)
        response.set_cookie(ELDER, "1" if elder == "1" else "0", max_age=YEAR, httponly=True, samesite="lax", path="/")
        return response

    @routes.get("/privacy")
    def privacy(request: Request) -> Response:
        return site.pages.page(request, "privacy.html", site.reception.look(request))

    return routes
