"""Where every sentence comes from: an answer reopened as it was given, and a single cited place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from assistant.views import CitationView
from channels.door.refusal import Refusal
from channels.present.numbering import Numbered, of_answer
from channels.present.places import PlaceView
from channels.present.trace import TracedStatementView, TraceView, present_trace
from channels.web.site import Site
from guides.model import Citation


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence beside its sources; `first` tells for each whether it stands here for the first time on the page."""

    text: str
    origin: str
    requirement: str
    citations: tuple[CitationView, ...]
    places: tuple[tuple[int, PlaceView], ...]
    first: tuple[bool, ...]


def router(site: Site) -> APIRouter:
    """Give the routes of these pages."""
    routes = APIRouter(include_in_schema=False)
    house = site.house

    @routes.get("/t/{answer_id}")
    def trace(request: Request, answer_id: str) -> Response:
        record = house.record(answer_id)
        if record is None:
            raise Refusal("answer", 404)
        traced: TraceView = present_trace(house.reopen(record), house.library.sources)
        numbers = of_answer(record.answer)
        pairs, shown = _pairs(traced.statements, numbers)
        listed = record.answer.checklist
        return site.pages.page(
            request,
            "trace.html",
            site.reception.look(request),
            answer=record.answer,
            given=record.given_at,
            numbers=numbers,
            pairs=pairs,
            base=lambda n, _c: f"#c{n}",
            any_changed=traced.changed,
            rest=[(n, house.place_of(c)) for n, c in enumerate(numbers.citations, 1) if n not in shown],
            items=listed.items if listed else (),
            digests=listed.digests if listed else None,
        )

    @routes.get("/sources/{source}")
    def source(request: Request, source: str, at: Annotated[str, Query(max_length=300)] = "") -> Response:
        if source not in house.library.sources or not at:
            raise Refusal("not_found", 404)
        place = house.place(Citation(source=source, locator=at))
        return site.pages.page(request, "source.html", site.reception.look(request), place=place, n=0)

    return routes


def _pairs(statements: Sequence[TracedStatementView], numbers: Numbered) -> tuple[list[Pair], set[int]]:
    """Lay each sentence beside its places; an anchor is set where a place stands for the first time."""
    shown: set[int] = set()
    pairs: list[Pair] = []
    for statement in statements:
        cited = numbers.of(statement.citations)
        first = tuple(number not in shown for number in cited)
        shown.update(cited)
        pairs.append(
            Pair(
                text=statement.text,
                origin=statement.origin,
                requirement=statement.requirement,
                citations=statement.citations,
                places=tuple(zip(cited, statement.places, strict=True)),
                first=first,
            )
        )
    return pairs, shown
