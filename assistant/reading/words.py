"""A text looked at once: who is named, where, when, how much; every reader of facts works on this."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assistant.reading.dates import DateSpan, find_dates
from assistant.reading.numbers import Number, find_numbers
from assistant.reading.people import FATHER, MOTHER, Mention, find_people, people_at, speaker_of
from assistant.reading.places import Place, find_places
from assistant.reading.spans import Span, around, clauses
from guides.model import Region
from guides.situation import FactValue

_FOLLOWS_ME = re.compile(r"(?:随着?|跟着?|上在?|落在?)(?:我|俺|本人)(?!们|家|的?(?:老|爱人|对象|爸|妈|丈夫|妻|媳妇))")


@dataclass(frozen=True)
class Words:
    """The person's words with everything the readers need to know beside them.

    `known` are facts of earlier turns and of this one so far, `asked` is the fact our last turn asked for.
    """

    text: str
    on: date
    region: str
    regions: tuple[Region, ...]
    asked: str
    known: Mapping[str, FactValue]
    facts_by_topic: Mapping[str, str]

    @cached_property
    def people(self) -> tuple[Mention, ...]:
        return find_people(self.text, self._followed)

    @cached_property
    def speaker(self) -> str:
        return self._followed or speaker_of(self.text)

    @property
    def _followed(self) -> str:
        """Give who the speaker is where the child follows "me" and it is known by now whom it follows; else ""."""
        side = self.known.get(self.facts_by_topic.get("household_side", ""))
        return side if isinstance(side, str) and side in (MOTHER, FATHER) and _FOLLOWS_ME.search(self.text) else ""

    @cached_property
    def places(self) -> tuple[Place, ...]:
        return find_places(self.text, self.region, self.regions)

    @cached_property
    def dates(self) -> tuple[DateSpan, ...]:
        return find_dates(self.text, self.on)

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        return find_numbers(self.text)

    @cached_property
    def clauses(self) -> tuple[Span, ...]:
        return clauses(self.text)

    def clause(self, position: int) -> Span:
        """Give the clause around a position."""
        return around(self.clauses, position)

    def clause_text(self, position: int) -> str:
        """Give the words of the clause around a position."""
        span = self.clause(position)
        return self.text[span.start : span.end]

    def whose(self, span: Span) -> frozenset[str]:
        """Tell of whom the words at `span` speak."""
        return people_at(span, self.people, self.text)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible value of a fact and the words it was read from; a higher `weight` wins."""

    value: FactValue
    span: Span
    words: str
    weight: float


def words_at(text: str, spans: Sequence[Span]) -> str:
    """Give the shortest stretch of text that holds all spans."""
    return text[min(span.start for span in spans) : max(span.end for span in spans)]
