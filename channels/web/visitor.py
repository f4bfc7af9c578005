"""Who is at the door: the visit behind the cookie, opened when a person first does something."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from channels.door.visits import KEPT, Visit, Visits, new_token
from channels.wiring import House

COOKIE = "bancheng"


@dataclass(frozen=True, slots=True)
class Visitor:
    """A visit and the token of its cookie."""

    token: str
    visit: Visit


class Reception:
    """Finds, opens, keeps and forgets visits; nothing is stored for people who only read."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.visits: Visits = house.visits

    def look(self, request: Request) -> Visit | None:
        """Give the visit of this browser, or None; a line said once is taken off."""
        token, visit = request.cookies.get(COOKIE, ""), self.peek(request)
        if visit is not None and (visit.said or visit.trouble):
            self.visits.keep(token, visit.model_copy(update={"said": "", "trouble": ""}), self.house.clock())
        return visit

    def peek(self, request: Request) -> Visit | None:
        """Give the visit without showing anything, so that a line to be said once is kept for a page."""
        token = request.cookies.get(COOKIE, "")
        return self.visits.find(token, self.house.clock()) if token else None

    def admit(self, request: Request) -> Visitor:
        """Give the visitor, opening a visit where there was none."""
        token, visit = request.cookies.get(COOKIE, ""), self.peek(request)
        if visit is None:
            # A fresh token always: one that came from outside could have been planted there.
            token, visit = new_token(), Visit(conversation=new_token(), region=self.house.home_region)
        return Visitor(token, visit)

    def go(self, request: Request, visitor: Visitor, to: str) -> Response:
        """Keep the visit and send the browser on with a GET, so that reloading repeats nothing."""
        self.keep(visitor)
        return self.with_cookie(request, visitor, RedirectResponse(to, 303))

    def keep(self, visitor: Visitor) -> None:
        """Remember the visit as it is now."""
        self.visits.keep(visitor.token, visitor.visit, self.house.clock())

    def with_cookie(self, request: Request, visitor: Visitor, response: Response) -> Response:
        """Give the browser its cookie again, so that a visit lasts from its last use."""
        response.set_cookie(
            COOKIE,
            visitor.token,
            max_age=int(KEPT.total_seconds()),
            path="/",
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )
        return response

    def forget(self, request: Request) -> None:
        """Forget this browser's visit."""
        self.visits.forget(request.cookies.get(COOKIE, ""))


def safe_path(back: str, otherwise: str = "/") -> str:
    """Give a path of this site to go back to; anything that could lead elsewhere becomes `otherwise`."""
    fine = back.startswith("/") and not back.startswith(("//", "/\\")) and back.isprintable() and len(back) < 200
    return back if fine else otherwise
