"""The first page, and the small ones around it: looks, privacy, opinions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form, Request
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


def _place_on_page(guide: Guide) -> int:
    """Put the events in the order of the wording, those without words of their own last."""
    order = list(wording()["events"])
    return order.index(guide.slug) if guide.slug in order else len(order)


def router(site: Site) -> APIRouter:
    """Give the routes of these pages."""
    routes = APIRouter(include_in_schema=False)
    house = site.house

    @routes.get("/")
    def home(request: Request) -> Response:
        regions = {region.code: region.name for region in house.library.regions}
        guides = sorted(
            (guide for guide in house.local_guides if house.in_force(guide, house.today)), key=_place_on_page
        )
        return site.pages.page(
            request,
            "home.html",
            site.reception.look(request),
            here="home",
            guides=[event_of(guide) for guide in guides],
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
