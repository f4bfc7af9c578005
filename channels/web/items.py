"""The page of a single item: its own words, not filtered, for its own place alone."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from channels.door.refusal import Refusal
from channels.items import shelf_of
from channels.present.item_page import ItemView, item_view
from channels.web.site import Site
from channels.wiring import House


def router(site: Site) -> APIRouter:
    """Give the route of this page."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/items/{code}")
    def one(request: Request, code: str) -> Response:
        view = open_view(site.house, code)
        return site.pages.page(request, "item.html", site.reception.look(request), item=view)

    return routes


def open_view(house: House, code: str) -> ItemView:
    """Give an item as people read it; raises Refusal where none of this code was taken in."""
    shelf = shelf_of(house.library)
    held = shelf.item(code) if shelf else None
    if held is None:
        raise Refusal("item", 404)
    return item_view(held, house.place_name(held.item.region))
