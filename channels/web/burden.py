"""The page of the burden: what each bundle asks now beside what its services ask alone, and the owners' own figures."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from channels.present.burden import as_csv, by_department, figure, headlines, our_now, our_reason, share, whole
from channels.web.site import Site
from guides.burden import LibraryBurden, library_burden
from guides.library import Library

BOM = "\ufeff"
"""Lets a spreadsheet see that the table is UTF-8."""


def router(site: Site) -> APIRouter:
    """Give the routes of the page and its table; counted once for each library."""
    routes = APIRouter(include_in_schema=False)
    site.pages.engine.filters.update(figure=figure, share=share, our_reason=our_reason, our_now=our_now, whole=whole)
    counted: list[tuple[Library, LibraryBurden]] = []

    def found() -> LibraryBurden:
        library = site.house.library
        if not counted or counted[-1][0] is not library:
            counted[:] = [(library, library_burden(library, site.house.home_region))]
        return counted[-1][1]

    @routes.get("/burden")
    def page(request: Request) -> Response:
        burden = found()
        return site.pages.page(
            request,
            "burden.html",
            site.reception.look(request),
            burden=burden,
            headlines=headlines(burden),
            departments=by_department(burden),
            place=site.house.place_name(site.house.home_region),
        )

    @routes.get("/burden.csv")
    def table() -> Response:
        headers = {"Content-Disposition": 'attachment; filename="burden.csv"'}
        return Response(BOM + as_csv(found()), media_type="text/csv; charset=utf-8", headers=headers)

    return routes
