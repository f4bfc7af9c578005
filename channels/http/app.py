"""The application: doors in front, pages and interface behind them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.routing import APIRoute
from starlette.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from channels.door.headers import SafeHeaders
from channels.door.limits import BoundedBody
from channels.door.opinions import Opinions
from channels.door.origin import OwnFormsOnly
from channels.door.refusal import Refusal
from channels.http import api, api_guides, api_items, api_submissions, problems
from channels.settings import Settings
from channels.web import (
    burden,
    catalogue,
    editor,
    editor_gate,
    home,
    items,
    lists,
    national,
    opinions,
    papers,
    questions,
    talk,
    traces,
)
from channels.web.render import STATIC
from channels.web.site import Site, open_site
from channels.wiring import House, open_house

TITLE = "办成"
_CROSS_SITE = problems.as_problem(Refusal("cross_site", 403))
FORM = 256 * 1024
"""Bytes of a form or a JSON request: twenty times a long question, far from what fills memory."""
FILES_AT_ONCE = 4
"""Largest files one request may carry: both sides of two identity cards."""


def create_app(settings: Settings, house: House | None = None) -> FastAPI:
    """Build the web application; opens the house itself unless one is given."""
    built = house or open_house(settings)
    site = open_site(built, settings)

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        built.worker.start()
        yield
        built.close()

    app = FastAPI(title=TITLE, docs_url=None, redoc_url=None, lifespan=life, generate_unique_id_function=_name)
    problems.install(app, lambda request, problem: _problem_page(site, request, problem))
    for pages in (home, talk, questions, lists, traces, catalogue, items, national, burden, papers):
        app.include_router(pages.router(site))
    app.include_router(opinions.router(site, Opinions(settings.home / "opinions.jsonl")))
    gate = editor_gate.Gate(site)
    app.add_exception_handler(editor_gate.NotInside, lambda _request, way: RedirectResponse(str(way), 303))
    app.include_router(editor_gate.router(site, gate))
    app.include_router(editor.router(site, gate))
    for interface in (api, api_guides, api_items, api_submissions):
        app.include_router(interface.router(built))
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_middleware(
        OwnFormsOnly,
        origin=settings.origin,
        except_under="/api",
        refuse=lambda request: _problem_page(site, request, _CROSS_SITE),
    )
    upload = (settings.upload_mib * FILES_AT_ONCE + 1) * 1024 * 1024
    app.add_middleware(BoundedBody, bounds={"": FORM, "/papers/files": upload, "/api/submissions/": upload})
    app.add_middleware(SafeHeaders)
    return app


def _name(route: APIRoute) -> str:
    """Name operations after their functions: short and stable for those who generate clients."""
    return route.name


def _problem_page(site: Site, request: Request, problem: problems.Problem) -> Response:
    return site.pages.page(request, "problem.html", None, problem.status, problem=problem)
