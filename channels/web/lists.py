"""The personal list: on the screen, for another day, and on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from assistant.views import ChecklistView, CitationView, ItemView
from channels.door.refusal import Refusal
from channels.present.facts import labels, understood
from channels.present.numbering import of_checklist
from channels.web.site import Site
from channels.web.turns import headline
from channels.web.visitor import Visitor
from guides.checklist import Block
from guides.model import Status

UNRELATED = "unrelated"
"""What this situation has nothing to do with; told apart from what is spared, which is the good news."""
BLOCKS = (*(block.value for block in Block), UNRELATED)
YEARS_AHEAD = 3


@dataclass(frozen=True, slots=True)
class BlockOnPage:
    """The rows of one block."""

    name: str
    items: tuple[ItemView, ...]


def blocks(view: ChecklistView) -> list[BlockOnPage]:
    """Give the blocks that have rows, in the order they are read."""
    found = (BlockOnPage(name, tuple(item for item in view.items if _block(item) == name)) for name in BLOCKS)
    return [block for block in found if block.items]


def _block(item: ItemView) -> str:
    return UNRELATED if item.status == Status.NOT_REQUIRED.value else item.block


def source_link(_number: int, citation: CitationView) -> str:
    """Give the address of a cited place."""
    return f"/sources/{citation.source}?{urlencode({'at': citation.locator})}"


def router(site: Site) -> APIRouter:
    """Give the routes of these pages."""
    routes = APIRouter(include_in_schema=False)
    house, reception = site.house, site.reception

    def show(request: Request, template: str) -> Response:
        visit = reception.look(request)
        if visit is None or not visit.matter:
            return site.pages.page(request, "list_empty.html", visit, here="list")
        guide = house.guide(visit.matter, visit.region, visit.on)
        situation = house.situation(visit.answers, guide)
        view = house.view_list(house.checklist(guide, situation, on=visit.on or house.today))
        return site.pages.page(
            request,
            template,
            visit,
            here="list",
            list=view,
            place=house.place_name(guide.region),
            headline=headline(view),
            facts=understood(guide, situation),
            numbers=of_checklist(view),
            blocks=blocks(view),
            materials={material.id: material for material in guide.materials},
            labels=labels(guide),
            base=source_link,
            now=house.clock(),
            updated=house.updated(visit.answers, guide),
        )

    @routes.get("/list")
    def personal_list(request: Request) -> Response:
        return show(request, "list.html")

    @routes.get("/list/print")
    def sheet(request: Request) -> Response:
        return show(request, "print.html")

    @routes.post("/on")
    def on_day(request: Request, on: Annotated[str, Form()] = "") -> Response:
        visitor = reception.admit(request)
        visit = visitor.visit.model_copy(update={"on": _planned(on, house.today)})
        return reception.go(request, Visitor(visitor.token, visit), "/list")

    return routes


def _planned(text: str, today: date) -> date | None:
    """Read the planned day; "" means today, always. Raises Refusal for a day that is none or too far away."""
    if not text.strip():
        return None
    try:
        day = date.fromisoformat(text.strip())
    except ValueError as wrong:
        raise Refusal("day", 422) from wrong
    if not date(today.year - 1, 1, 1) <= day <= date(today.year + YEARS_AHEAD, 12, 31):
        raise Refusal("day", 422)
    return None if day == today else day
