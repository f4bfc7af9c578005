"""What happens when a person says something: the assistant answers, and the visit remembers the answer's id."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request

from assistant.model import RawFact
from assistant.views import AnswerView
from channels.door.visits import Visit
from channels.web.site import Site
from channels.web.visitor import Visitor

MOST_TURNS = 30
"""Exchanges shown on one page; older ones stay in the ledger under their own links."""


class Talking:
    """One visitor after the other, each in their own conversation."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.house = site.house

    def say(
        self, request: Request, text: str = "", *, facts: Mapping[str, RawFact] | None = None, matter: str = ""
    ) -> tuple[Visitor, AnswerView]:
        """Answer what a visitor wrote or chose; the visitor given back has not been kept yet."""
        visitor = self.site.reception.admit(request)
        visit = visitor.visit
        answer = self.house.view(
            self.house.ask(
                text,
                on=visit.on or self.house.today,
                region=visit.region,
                matter=matter,
                facts=facts or {},
                conversation=visit.conversation,
            )
        )
        kept = visit.model_copy(
            update={
                "answers": (*visit.answers, answer.answer_id)[-MOST_TURNS:],
                "matter": answer.matter.slug if answer.matter else visit.matter,
            }
        )
        return Visitor(visitor.token, kept), answer

    def answers(self, visit: Visit | None) -> list[AnswerView]:
        """Give the answers of a visit, oldest first, as they were given."""
        records = [self.house.record(answer_id) for answer_id in visit.answers] if visit else []
        return [record.answer for record in records if record is not None]
