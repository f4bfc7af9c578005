"""Passages as lines of JSON, the form the index keeps them in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date

from ingestion.model import Box, Passage
from ingestion.ports import SourceUnavailable


def to_line(passage: Passage) -> bytes:
    """Write a passage as one line."""
    box = passage.box
    record = {
        "id": passage.id,
        "source": passage.source,
        "title": passage.title,
        "locator": passage.locator,
        "text": passage.text,
        "region": passage.region,
        "valid_from": passage.valid_from.isoformat() if passage.valid_from else None,
        "valid_to": passage.valid_to.isoformat() if passage.valid_to else None,
        "kind": passage.kind,
        "digest": passage.digest,
        "page": passage.page,
        "box": [box.x0, box.y0, box.x1, box.y1] if box else None,
    }
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8") + b"\n"


def from_line(line: bytes) -> Passage:
    """Read a passage back. Raises SourceUnavailable when the line is not one: the index is damaged."""
    try:
        record = json.loads(line)
        return Passage(
            id=record["id"],
            source=record["source"],
            title=record["title"],
            locator=record["locator"],
            text=record["text"],
            region=record["region"],
            valid_from=_day(record["valid_from"]),
            valid_to=_day(record["valid_to"]),
            kind=record["kind"],
            digest=record["digest"],
            page=record["page"],
            box=Box(*record["box"]) if record["box"] else None,
        )
    except (ValueError, KeyError, TypeError) as damaged:
        raise SourceUnavailable("the index is damaged: build it again with `bancheng ingest`") from damaged


def digest_of(passages: Sequence[Passage]) -> str:
    """Give a digest that changes exactly when the passages of a document do."""
    whole = hashlib.sha256()
    for passage in passages:
        whole.update(to_line(passage))
    return whole.hexdigest()


def _day(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None
