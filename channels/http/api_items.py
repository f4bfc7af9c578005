"""The JSON interface to single items: quoted as listed, never a personal list."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from channels.http.problems import documented
from channels.present.item_page import ItemView
from channels.web.items import open_view
from channels.wiring import House

Code = Annotated[str, Path(max_length=64, description="事项编码", examples=["11440000006939756B2440101007000"])]


def router(house: House) -> APIRouter:
    """Give the route of single items."""
    routes = APIRouter(prefix="/api", tags=["单项指南"])

    @routes.get("/items/{code}", summary="一个单项事项，原文照录", responses=documented(404, 422))
    def item(code: Code) -> ItemView:
        """Give an item in the list's own words, each with its locator; not filtered by anybody's situation."""
        return open_view(house, code)

    return routes
