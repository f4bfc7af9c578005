"""An answer as the front door gives it, and what is wrong with it; read with models of the judge's own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class _Seen(BaseModel):
    """What the judge looks at; the rest of the front door's JSON is none of its business."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class GivenCitation(_Seen):
    """A source and a place in it, as shown."""

    source: str
    title: str
    document_no: str
    locator: str
    verification: str


class GivenStatement(_Seen):
    """A sentence with what it rests on."""

    text: str
    origin: str
    citations: tuple[GivenCitation, ...]
    requirement: str = ""


class GivenFact(_Seen):
    """A fact as understood."""

    fact: str
    value: bool | int | float | str


class GivenMatter(_Seen):
    """Which guide the answer is about."""

    slug: str
    region: str


class GivenAnswer(_Seen):
    """The answer."""

    answer_id: str
    outcome: str
    asked: str
    on: str
    understood: tuple[GivenFact, ...]
    statements: tuple[GivenStatement, ...]
    matter: GivenMatter | None = None
    message: str = ""
    next_step: str = ""


class Fault(StrEnum):
    """What can be wrong with a sentence."""

    UNCITED = "uncited"
    UNKNOWN_SOURCE = "unknown_source"
    """The source is not registered, or is shown under another title or number."""
    NO_SUCH_PLACE = "no_such_place"
    WRONG_PLACE = "wrong_place"
    """The place cited is not one that the statement's own line of the guide rests on."""
    NUMBER = "number"
    """A number, date, amount or phone stands in no cited place."""
    NEGATION = "negation"
    """Nearly the guide's sentence, but a negation, a number or a modal word differs."""
    STATUS = "status"
    """Says of a material what the rules do not say."""
    HIDDEN_DOUBT = "hidden_doubt"
    """Rests on an unread source without saying 未核实."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """One fault of one statement, with what gave it away."""

    answer_id: str
    statement: str
    fault: Fault
    detail: str
