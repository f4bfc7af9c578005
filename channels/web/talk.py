"""Talking: the chat, its stream, and forgetting it all."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from channels.door.refusal import Refusal
from channels.present.stream import HEADERS, MEDIA_TYPE, frames
from channels.web.site import Site
from channels.web.talking import Talking
from channels.web.turns import turns_on_page
from channels.web.visitor import COOKIE

Words = Annotated[str, Form()]


def router(site: Site) -> APIRouter:
    """Give the routes of these pages."""
    routes = APIRouter(include_in_schema=False)
    house, reception, talking = site.house, site.reception, Talking(site)

    @routes.get("/chat")
    def chat(request: Request) -> Response:
        visit = reception.look(request)
        return site.pages.page(request, "chat.html", visit, here="chat", turns=turns_on_page(talking.answers(visit)))

    @routes.post("/chat")
    def ask(request: Request, question: Words = "") -> Response:
        visitor, answer = talking.say(request, question)
        return reception.go(request, visitor, f"/chat#a-{answer.answer_id}")

    @routes.post("/chat/stream")
    def stream(request: Request, question: Words = "") -> Response:
        visitor, answer = talking.say(request, question)
        reception.keep(visitor)
        streamed = StreamingResponse(frames(answer), media_type=MEDIA_TYPE, headers=HEADERS)
        return reception.with_cookie(request, visitor, streamed)

    @routes.post("/start")
    def start(request: Request, matter: Words) -> Response:
        if house.library.find(matter, house.home_region) is None:
            raise Refusal("bundle", 404)
        visitor, _answer = talking.say(request, matter=matter)
        return reception.go(request, visitor, "/q")

    @routes.post("/forget")
    def forget(request: Request) -> Response:
        visit = reception.look(request)
        if visit is not None:
            house.forget(visit.conversation)
            reception.forget(request)
        response = RedirectResponse("/", 303)
        response.delete_cookie(COOKIE, path="/")
        return response

    return routes
