"""The page of the national lists: which matters there are, how well that is known, and which have a guide here."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from channels.present.national import national_view
from channels.web.site import Site


def router(site: Site) -> APIRouter:
    """Give the route of this page."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/national")
    def national(request: Request) -> Response:
        view = national_view(site.house.library)
        return site.pages.page(request, "national.html", site.reception.look(request), national=view)

    return routes
