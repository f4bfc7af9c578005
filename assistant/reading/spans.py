"""A place in a text, and the clauses a sentence falls into."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CLAUSE = re.compile(r"[^，,。；;！!？?\n]+")
_SENTENCE = re.compile(r"[^。；;！!？?\n]+")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters [start, end) of a text."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


def clauses(text: str) -> tuple[Span, ...]:
    """Split at commas and sentence ends."""
    return tuple(Span(match.start(), match.end()) for match in _CLAUSE.finditer(text))


def sentences(text: str) -> tuple[Span, ...]:
    """Split at sentence ends only."""
    return tuple(Span(match.start(), match.end()) for match in _SENTENCE.finditer(text))


def around(spans: tuple[Span, ...], position: int) -> Span:
    """Give the span that holds the position, or an empty one there."""
    return next((span for span in spans if span.start <= position < span.end), Span(position, position))
