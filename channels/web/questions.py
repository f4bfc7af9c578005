"""One question as a page: the next one worth asking, or one that a person wants to answer otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from assistant.views import QuestionView, UnderstoodView
from channels.door.refusal import Refusal
from channels.door.visits import Visit
from channels.present.facts import form_value, question_view, understood
from channels.web.site import Site
from channels.web.talking import Talking
from channels.web.visitor import safe_path
from channels.wiring import House
from channels.wording import say
from guides.rules import FactInvalid, next_question

Words = Annotated[str, Form()]
MATTER = "matter"
"""The question what it is about; asked in the chat only."""


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """What the page of one question shows."""

    ask: QuestionView
    value: str
    facts: tuple[UnderstoodView, ...]
    matter: str
    place: str


def question_page(house: House, visit: Visit, fact: str) -> QuestionPage | None:
    """Give the page of `fact`, or of the next question for ""; None when nothing is left to ask.

    Raises Refusal for a fact the guide does not know.
    """
    guide = house.guide(visit.matter, visit.region)
    situation = house.situation(visit.answers, guide)
    if fact:
        asked = next((question for question in guide.questions if question.fact == fact), None)
        if asked is None:
            raise Refusal("fact", 404)
        remaining = 0
    else:
        found = next_question(guide, situation, on=visit.on or house.today)
        if found is None:
            return None
        asked, remaining = found.question, found.remaining
    return QuestionPage(
        ask=question_view(asked, remaining),
        value=form_value(situation, asked.fact),
        facts=understood(guide, situation),
        matter=guide.title,
        place=house.place_name(guide.region),
    )


def router(site: Site) -> APIRouter:
    """Give the routes of these pages."""
    routes = APIRouter(include_in_schema=False)
    talking, reception = Talking(site), site.reception

    @routes.get("/q")
    def next_one(request: Request) -> Response:
        return _show(site, request, "", to="/q")

    @routes.get("/q/{fact}")
    def this_one(request: Request, fact: str) -> Response:
        return _show(site, request, fact, to="/list")

    @routes.post("/fact")
    def answered(
        request: Request, fact: Words = "", value: Words = "", unsure: Words = "", back: Words = "/q"
    ) -> Response:
        visit, to = reception.look(request), safe_path(back, "/q")
        given = "unknown" if unsure else value.strip()
        wrong = "" if given else say("question.missing")
        if fact == MATTER and given:
            visitor, answer = talking.say(request, matter="" if given == "unknown" else given)
            return reception.go(request, visitor, f"/chat#a-{answer.answer_id}")
        if not wrong:
            wrong = _unreadable(site.house, visit, fact, given)
        if wrong:
            return _show(site, request, fact, to=to, error=wrong)
        matter = visit.matter if visit else ""
        visitor, answer = talking.say(request, facts={fact: given}, matter=matter)
        if to == "/q" and answer.question is None:
            to = "/list"
        return reception.go(request, visitor, f"/chat#a-{answer.answer_id}" if to == "/chat" else to)

    return routes


def _unreadable(house: House, visit: Visit | None, fact: str, given: str) -> str:
    """Say what is wrong with an answer, "" when nothing is."""
    if visit is None or not visit.matter:
        return ""
    try:
        house.read_fact(house.guide(visit.matter, visit.region), fact, given)
    except FactInvalid as wrong:
        return wrong.remedy
    return ""


def _show(site: Site, request: Request, fact: str, *, to: str, error: str = "") -> Response:
    visit = site.reception.look(request)
    page = question_page(site.house, visit, fact) if visit and visit.matter and fact != MATTER else None
    if visit is None or page is None:
        # Nothing is left to ask, or nothing was begun: the list says which.
        return RedirectResponse("/list" if visit and visit.matter else "/", 303)
    return site.pages.page(
        request,
        "question.html",
        visit,
        422 if error else 200,
        ask=page.ask,
        value=page.value,
        facts=page.facts,
        matter=page.matter,
        place=page.place,
        error=error,
        to=to,
        back="/list",
    )
