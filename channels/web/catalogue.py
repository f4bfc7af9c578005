"""The public pages of the guides: what is asked, what is handed in, on which sources, and where those disagree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from assistant.present import citation_view
from assistant.views import CitationView
from channels.present.numbering import Numbered, numbered
from channels.web.lists import source_link
from channels.web.site import Site
from guides.citations import citations_of
from guides.model import Citation, Guide


@dataclass(frozen=True, slots=True)
class GuideLine:
    """A guide in the list of all guides; `unverified` counts citations nobody has read."""

    slug: str
    region: str
    title: str
    summary: str
    place: str
    materials: int
    questions: int
    sources: int
    unverified: int


def router(site: Site) -> APIRouter:
    """Give the routes of these pages."""
    routes = APIRouter(include_in_schema=False)
    house = site.house

    def views(citations: Iterable[Citation]) -> tuple[CitationView, ...]:
        return tuple(citation_view(citation, house.library.sources) for citation in citations)

    site.pages.engine.filters["views"] = views

    def line(guide: Guide) -> GuideLine:
        marks = [citation.verification for citation in views(citations_of(guide))]
        return GuideLine(
            guide.slug,
            guide.region,
            guide.title,
            guide.summary,
            house.place_name(guide.region),
            len(guide.materials),
            len(guide.questions),
            len(guide.sources),
            sum(mark != "read" for mark in marks),
        )

    @routes.get("/guides")
    def every(request: Request) -> Response:
        guides = [line(guide) for guide in house.library.guides]
        here = house.home_region
        return site.pages.page(request, "guides.html", site.reception.look(request), guides=guides, home_region=here)

    @routes.get("/guides/{slug}")
    def one(request: Request, slug: str, region: str = "") -> Response:
        guide = house.guide(slug, house.region_code(region))
        numbers: Numbered = numbered(views(_shown(guide)))
        return site.pages.page(
            request,
            "guide.html",
            site.reception.look(request),
            guide=guide,
            numbers=numbers,
            base=source_link,
            place=house.place_name(guide.region),
            in_force=house.in_force(guide, house.today),
            sources=[house.library.source(name) for name in guide.sources],
        )

    return routes


def _shown(guide: Guide) -> Iterator[Citation]:
    """Give every citation shown on a guide's page, in reading order."""
    for conflict in guide.conflicts:
        yield from conflict.citations
    for material in guide.materials:
        yield from (rule.citation for rule in material.rules)
    for faq in guide.faq:
        yield from faq.citations
    yield from (limit.citation for limit in guide.limits)
    yield from (fee.citation for fee in guide.fees)
    yield from (point.citation for point in guide.points)
