"""The door of the editorial room: who is inside, and how one gets in; without any account there is no such door."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from channels.door.refusal import Refusal
from channels.door.visits import new_token
from channels.editing.model import Editor
from channels.editing.ports import EditingRefused
from channels.web.site import Site

COOKIE = "bancheng_editor"
AGAIN = timedelta(minutes=15)
MOST_FAILURES = 5
"""Wrong passwords for one name within AGAIN, after which even the right one has to wait."""
SHORTEST = 12
Words = Annotated[str, Form()]


class Failures:
    """Remembers wrong passwords, by the name that was tried."""

    def __init__(self) -> None:
        self._seen: dict[str, deque[datetime]] = {}

    def too_many(self, name: str, now: datetime) -> bool:
        """Tell whether this name has to wait."""
        tries = self._seen.get(name, deque())
        while tries and now - tries[0] > AGAIN:
            tries.popleft()
        return len(tries) >= MOST_FAILURES

    def add(self, name: str, now: datetime) -> None:
        """Note a failure; names nobody has are bounded too."""
        if len(self._seen) > 1000:
            self._seen.clear()
        self._seen.setdefault(name, deque(maxlen=MOST_FAILURES)).append(now)


class NotInside(Exception):
    """Nobody is signed in: the way in is shown first."""


class Gate:
    """Finds out who is inside."""

    def __init__(self, site: Site) -> None:
        self.site, self.store, self.clock = site, site.house.editing.store, site.house.clock

    def exists(self) -> None:
        """Answer 404 as long as there is no account at all."""
        if not self.store.editors():
            raise Refusal("not_found", 404)

    def who(self, request: Request) -> Editor:
        """Give who is inside; raises NotInside, Refusal where there is no such room."""
        self.exists()
        token = request.cookies.get(COOKIE, "")
        found = self.store.session(token, self.clock()) if token else None
        if found is None or (found.fresh and request.url.path != "/editor/password"):
            raise NotInside("/editor/password" if found else "/editor/login")
        return found


def router(site: Site, gate: Gate) -> APIRouter:
    """Give the routes of the door."""
    routes = APIRouter(include_in_schema=False)
    failures = Failures()

    def page(request: Request, template: str, status: int = 200, **data: object) -> Response:
        return site.pages.page(request, template, None, status, **data)

    @routes.get("/editor/login")
    def way_in(request: Request) -> Response:
        gate.exists()
        return page(request, "editor_login.html", error="", given="")

    @routes.post("/editor/login")
    def enter(request: Request, name: Words = "", password: Words = "") -> Response:
        gate.exists()
        name, now = name.strip()[:60], gate.clock()
        if failures.too_many(name, now):
            error = "试得太多了。请过十五分钟再试；忘了密码，请运维人员重新给一个。"
            return page(request, "editor_login.html", 429, error=error, given=name)
        found = gate.store.verify(name, password[:200], now)
        if found is None:
            failures.add(name, now)
            error = "名字或密码不对。一次性密码三天内有效；过期了，请运维人员重新给一个。"
            return page(request, "editor_login.html", 422, error=error, given=name)
        token = new_token()
        gate.store.open_session(found.name, token, now)
        response = RedirectResponse("/editor/password" if found.fresh else "/editor", 303)
        secure = request.url.scheme == "https"
        response.set_cookie(COOKIE, token, path="/editor", httponly=True, samesite="strict", secure=secure)
        return response

    @routes.get("/editor/password")
    def own(request: Request) -> Response:
        return page(request, "editor_password.html", who=gate.who(request), error="")

    @routes.post("/editor/password")
    def choose(request: Request, password: Words = "", again: Words = "") -> Response:
        who = gate.who(request)
        if len(password) < SHORTEST or password != again:
            error = EditingRefused("password", 422).remedy
            return page(request, "editor_password.html", 422, who=who, error=error)
        gate.store.set_password(who.name, password[:200])
        return RedirectResponse("/editor", 303)

    @routes.post("/editor/logout")
    def leave(request: Request) -> Response:
        gate.store.close_session(request.cookies.get(COOKIE, ""))
        response = RedirectResponse("/editor/login", 303)
        response.delete_cookie(COOKIE, path="/editor")
        return response

    return routes
