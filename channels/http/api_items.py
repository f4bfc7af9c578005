"""The JSON interface to what lies around the guides: single items as listed, and the national lists."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from channels.http.problems import documented
from channels.present.item_page import ItemView
from channels.present.national import NationalView, national_view
from channels.web.items import open_view
from channels.wiring import House

Code = Annotated[str, Path(max_length=64, description="事项编码", examples=["11440000006939756B2440101007000"])]


def router(house: House) -> APIRouter:
    """Give the routes of single items and of the national lists."""
    routes = APIRouter(prefix="/api", tags=["单项指南"])

    @routes.get("/items/{code}", summary="一个单项事项，原文照录", responses=documented(404, 422))
    def item(code: Code) -> ItemView:
        """Give an item in the list's own words, each with its locator; not filtered by anybody's situation."""
        return open_view(house, code)

    @routes.get("/national", summary="国家重点事项清单和本站的覆盖", responses=documented())
    def national() -> NationalView:
        """Give the national lists by batch; what has no confirmed name only counts."""
        return national_view(house.library)

    return routes
