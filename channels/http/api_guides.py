"""The JSON interface to the guides: what can be answered, with the names of facts and materials."""

from __future__ import annotations

from fastapi import APIRouter

from channels.http.problems import documented
from channels.http.schemas import FactView, GuideLineView, GuideView, MaterialView, OptionView
from channels.present.facts import question_view
from channels.present.guide_page import about
from channels.present.history import history
from channels.wiring import House
from guides.model import Guide, Question


def router(house: House) -> APIRouter:
    """Give the routes of the guides."""
    routes = APIRouter(prefix="/api", tags=["指南"])

    @routes.get("/guides", summary="能答的事")
    def guides() -> tuple[GuideLineView, ...]:
        """List the guides."""
        return tuple(_line(guide) for guide in house.library.guides)

    @routes.get("/guides/{slug}", summary="一份指南：情况项、材料、版本和依据", responses=documented(404, 422))
    def one_guide(slug: str, region: str = "") -> GuideView:
        """Give a guide's facts with their options, its materials, and what there is to know about the guide itself."""
        entry = house.entry(slug, house.region_code(region))
        guide = entry.guide
        return GuideView(
            slug=guide.slug,
            title=guide.title,
            region=guide.region,
            summary=guide.summary,
            version=guide.version,
            valid_from=guide.valid_from,
            valid_to=guide.valid_to,
            facts=tuple(_fact(one) for one in guide.questions),
            materials=tuple(
                MaterialView(
                    requirement=m.id,
                    name=m.name,
                    issuer=m.issuer,
                    documents=tuple(dict.fromkeys(need.kind for need in m.documents)),
                )
                for m in guide.materials
            ),
            sources=guide.sources,
            about=about(entry, house.library, house.today, history(house.editing, guide)),
        )

    return routes


def _line(guide: Guide) -> GuideLineView:
    return GuideLineView(
        slug=guide.slug,
        title=guide.title,
        region=guide.region,
        summary=guide.summary,
        version=guide.version,
        valid_from=guide.valid_from,
        valid_to=guide.valid_to,
        questions=len(guide.questions),
        materials=len(guide.materials),
        sources=len(guide.sources),
    )


def _fact(question: Question) -> FactView:
    view = question_view(question, 0)
    options = tuple(
        OptionView(
            value=one.value if isinstance(one.value, str) else str(one.value).lower(), label=one.label, hint=one.hint
        )
        for one in view.options
    )
    return FactView(fact=view.fact, ask=view.ask, why=view.why, kind=view.kind, unit=view.unit, options=options)
