"""The public pages of the guides: what is asked, what is handed in, on which sources, and where those disagree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.responses import FileResponse, JSONResponse, Response

from assistant.present import citation_view
from assistant.views import CitationView
from channels.door.refusal import Refusal
from channels.present.guide_page import about
from channels.present.history import history
from channels.present.numbering import Numbered, numbered
from channels.web.lists import source_link
from channels.web.site import Site
from guides.citations import citations_of
from guides.linked import linked
from guides.model import Citation, Guide
from guides.terms import words_of

DRAWINGS = Path(__file__).parents[2] / "docs" / "guides"


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
    site.pages.engine.filters["element_name"] = lambda one: words_of("GuideElement", "kind")[one.kind.value]

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

    @routes.get("/guides/{slug}.jsonld")
    def data(slug: str, region: str = "") -> Response:
        guide = house.guide(slug, house.region_code(region))
        return JSONResponse(
            linked(guide, house.library.sources, house.library.regions), media_type="application/ld+json"
        )

    @routes.get("/guides/{slug}")
    def one(request: Request, slug: str, region: str = "") -> Response:
        entry = house.entry(slug, house.region_code(region))
        guide = entry.guide
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
            about=about(entry, house.library, house.today, history(house.editing, guide)),
            today=house.today,
            drawn=drawing(guide).exists(),
            query=f"?region={region}" if region else "",
        )

    @routes.get("/guides/{slug}/flow.svg")
    def flow(slug: str, region: str = "") -> Response:
        file = drawing(house.guide(slug, house.region_code(region)))
        if not file.exists():
            raise Refusal("not_found", 404)
        return FileResponse(file, media_type="image/svg+xml")

    return routes


def drawing(guide: Guide) -> Path:
    """Name the file in which `guides draw` keeps a guide's flow."""
    return DRAWINGS / f"{guide.region or 'cn'}-{guide.slug}.svg"


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
    yield from (element.citation for element in guide.elements)
