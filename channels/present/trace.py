"""An answer reopened, as people and programs read it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from assistant.ports import SourceText
from assistant.trace import Traced, TracedCitation
from assistant.views import AnswerView, CitationView
from channels.present.places import PlaceView, place_view
from guides.condition import Value
from guides.model import Source


class TracedStatementView(Value):
    """A sentence with the places it rests on, in the order of its citations."""

    text: str
    origin: str
    requirement: str
    citations: tuple[CitationView, ...]
    places: tuple[PlaceView, ...]


class TraceView(Value):
    """An answer as it was given, each sentence beside its sources, and whether those have changed since."""

    answer_id: str
    given_at: datetime
    changed: bool
    statements: tuple[TracedStatementView, ...]
    answer: AnswerView


def present_trace(traced: Traced, sources: Mapping[str, Source]) -> TraceView:
    """Give the reopened answer as it is shown and sent."""
    return TraceView(
        answer_id=traced.record.answer.answer_id,
        given_at=traced.record.given_at,
        changed=traced.changed,
        answer=traced.record.answer,
        statements=tuple(
            TracedStatementView(
                text=one.statement.text,
                origin=one.statement.origin,
                requirement=one.statement.requirement,
                citations=one.statement.citations,
                places=tuple(_place(cited, sources) for cited in one.citations),
            )
            for one in traced.statements
        ),
    )


def _place(cited: TracedCitation, sources: Mapping[str, Source]) -> PlaceView:
    held = SourceText(cited.words, cited.digest) if cited.words else None
    return place_view(cited.citation, sources.get(cited.citation.source), held, cited.change.value)
