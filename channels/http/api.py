"""The JSON interface: ask, list, trace, guides. The same house and the same views as the pages."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import StreamingResponse

from assistant.views import AnswerView, ChecklistView
from channels.door.refusal import Refusal
from channels.http.problems import documented, linked
from channels.http.schemas import (
    ChatRequest,
    ChecklistRequest,
    TraceView,
)
from channels.present.stream import HEADERS, MEDIA_TYPE, frames
from channels.present.trace import present_trace
from channels.wiring import House
from guides.rules import read_facts

EVENT = {
    "type": "object",
    "description": "data 是一行 JSON",
    "required": ["event", "data"],
    "properties": {"id": {"type": "string"}, "event": {"type": "string"}, "data": {"type": "string"}},
}


def router(house: House) -> APIRouter:
    """Give the routes of the interface."""
    routes = APIRouter(prefix="/api", tags=["问答与清单"])

    def answer(asked: ChatRequest) -> AnswerView:
        region = house.region_code(asked.region)
        return house.view(
            house.ask(
                asked.question,
                on=asked.on or house.today,
                region=region,
                matter=asked.matter,
                facts=asked.facts,
                conversation=asked.conversation,
            )
        )

    @routes.post(
        "/chat",
        summary="问一句",
        responses={**documented(400, 413, 422), **linked(200, reopened="answer_id", trace="answer_id")},
    )
    def chat(asked: ChatRequest) -> AnswerView:
        """Answer a question; every statement carries its citations."""
        return answer(asked)

    @routes.post(
        "/chat/stream",
        summary="问一句，逐句给出",
        response_class=StreamingResponse,
        responses={
            **documented(400, 413, 422),
            200: {
                "description": "事件流：meta、block、delta、cite、card、done",
                "content": {MEDIA_TYPE: {"schema": EVENT}},
            },
        },
    )
    def stream(asked: ChatRequest) -> StreamingResponse:
        """Answer a question sentence by sentence; only verified statements are sent."""
        return StreamingResponse(frames(answer(asked)), media_type=MEDIA_TYPE, headers=HEADERS)

    @routes.get("/answers/{answer_id}", summary="重新打开一条回答", responses=documented(404, 422))
    def reopened(answer_id: str) -> AnswerView:
        """Give an answer exactly as it was given."""
        record = house.record(answer_id)
        if record is None:
            raise Refusal("answer", 404)
        return record.answer

    @routes.get("/trace/{answer_id}", summary="一条回答的依据", responses=documented(404, 422))
    def trace(answer_id: str) -> TraceView:
        """Give an answer with the words of its sources, and whether they changed since."""
        record = house.record(answer_id)
        if record is None:
            raise Refusal("answer", 404)
        return present_trace(house.reopen(record), house.library.sources)

    @routes.post("/checklist", summary="按情况列清单", responses=documented(400, 404, 413, 422))
    def personal_list(asked: ChecklistRequest) -> ChecklistView:
        """Give the personal list of a situation on a day."""
        guide = house.guide(asked.bundle, house.region_code(asked.region), asked.on)
        situation = read_facts(guide, asked.facts)
        return house.view_governed(guide, situation, asked.places, on=asked.on or house.today)

    return routes
