"""Useful, useless, wrong, and letters to the operator."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from channels.door.opinions import Opinion, Opinions
from channels.door.refusal import Refusal
from channels.web.site import Site
from channels.web.visitor import Visitor
from channels.wording import say

MARKS = frozenset({"useful", "useless", "wrong"})
LONGEST = 4000


def router(site: Site, opinions: Opinions) -> APIRouter:
    """Give the routes of these pages."""
    routes = APIRouter(include_in_schema=False)
    house, reception = site.house, site.reception

    @routes.post("/feedback/{answer_id}")
    def marked(request: Request, answer_id: str, mark: Annotated[str, Form()] = "") -> Response:
        if mark not in MARKS or house.record(answer_id) is None:
            raise Refusal("answer", 404)
        opinions.add(Opinion(at=house.clock(), answer_id=answer_id, mark=mark))
        visitor = reception.admit(request)
        thanked = visitor.visit.model_copy(update={"said": say("feedback.thanks")})
        return reception.go(request, Visitor(visitor.token, thanked), f"/chat#a-{answer_id}")

    @routes.get("/feedback")
    def letter(request: Request) -> Response:
        return site.pages.page(request, "feedback.html", reception.look(request), error="")

    @routes.post("/feedback")
    def sent(request: Request, words: Annotated[str, Form()] = "") -> Response:
        if not words.strip():
            return site.pages.page(request, "feedback.html", reception.look(request), 422, error=say("feedback.empty"))
        opinions.add(Opinion(at=house.clock(), words=words.strip()[:LONGEST]))
        visitor = reception.admit(request)
        thanked = visitor.visit.model_copy(update={"said": say("feedback.sent", phone=house.settings.phone)})
        reception.keep(Visitor(visitor.token, thanked))
        return reception.with_cookie(request, visitor, RedirectResponse("/feedback", 303))

    return routes
