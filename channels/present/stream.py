"""An answer as events: verified statements only, one typed block after the other, so that no client parses markup.

meta {answer_id, outcome, matter}  block {i, kind, label}  delta {i, text}  cite {i, cites: [{n, id, title, locator}]}
card {fact, ask, options, why}      done {answer_id}  error {remedy}
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from assistant.views import AnswerView
from channels.present.numbering import of_answer

Json = str | int | float | bool | None | dict[str, "Json"] | list["Json"]
MEDIA_TYPE = "text/event-stream"
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


def frame(event: str, data: dict[str, Json], number: int) -> str:
    """Give one event as server-sent events carry it; `number` lets a client see what it missed."""
    return f"id: {number}\nevent: {event}\ndata: {json.dumps(data, ensure_ascii=False, separators=(',', ':'))}\n\n"


def frames(answer: AnswerView) -> Iterator[str]:
    """Give the whole answer as frames, in reading order."""
    for number, (event, data) in enumerate(events(answer), 1):
        yield frame(event, data, number)


def events(answer: AnswerView) -> Iterator[tuple[str, dict[str, Json]]]:
    """Give the events of an answer."""
    yield (
        "meta",
        {
            "answer_id": answer.answer_id,
            "outcome": answer.outcome,
            "matter": answer.matter.slug if answer.matter else None,
        },
    )
    numbers = of_answer(answer)
    blocks: list[tuple[str, str, list[Json], str]] = [
        ("notice", text, [], "") for text in (answer.message, answer.next_step) if text
    ]
    for statement in answer.statements:
        cites: list[Json] = []
        for number in numbers.of(statement.citations):
            cited = numbers.citations[number - 1]
            cites.append({"n": number, "id": cited.source, "title": cited.title, "locator": cited.locator})
        blocks.append((statement.part, statement.text, cites, statement.label))
    for i, (kind, text, cites, label) in enumerate(blocks):
        yield "block", {"i": i, "kind": kind, **({"label": label} if label else {})}
        yield "delta", {"i": i, "text": text}
        if cites:
            yield "cite", {"i": i, "cites": cites}
    if answer.question is not None:
        yield (
            "card",
            {
                "fact": answer.question.fact,
                "ask": answer.question.ask,
                "why": answer.question.why,
                "options": [{"value": one.value, "label": one.label} for one in answer.question.options],
            },
        )
    yield "done", {"answer_id": answer.answer_id}
