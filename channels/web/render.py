"""Rendering of pages: templates with strict variables, the words, and what every page shows."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from channels.door.visits import Visit
from channels.settings import Settings
from channels.wording import wording

HERE = Path(__file__).parent
STATIC = HERE / "static"
ELDER = "elder"


@cache
def asset_version() -> str:
    """Give a short digest of all static files, so that a browser never mixes two editions."""
    digest = hashlib.sha256()
    for file in sorted(STATIC.rglob("*")):
        if file.is_file():
            digest.update(file.read_bytes())
    return digest.hexdigest()[:10]


def environment() -> Environment:
    """Give the template engine: everything escaped, unknown names are errors."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["w"] = wording()
    made.globals["version"] = asset_version()
    return made


class Pages:
    """Turns data into pages of this product."""

    def __init__(self, engine: Environment, settings: Settings) -> None:
        self.engine = engine
        self.fixed = {
            "office": settings.office,
            "operator": settings.operator,
            "phone": settings.phone,
            "window": settings.window,
        }

    def page(self, request: Request, name: str, visit: Visit | None, status: int = 200, **data: object) -> HTMLResponse:
        """Render a whole page for this visit."""
        look = {
            "elder": request.cookies.get(ELDER) == "1",
            "path": _here(request),
            "visit": visit,
            "said": visit.said if visit else "",
            "trouble": visit.trouble if visit else "",
            "here": "",
        }
        return HTMLResponse(self.engine.get_template(name).render({**self.fixed, **look, **data}), status)

    def piece(self, name: str, **data: object) -> HTMLResponse:
        """Render a piece of a page, for a module that puts it in place."""
        return HTMLResponse(self.engine.get_template(name).render({**self.fixed, **data}))


def _here(request: Request) -> str:
    """Give the path to come back to; only pages that can be opened by GET."""
    return request.url.path if request.method == "GET" else "/"
