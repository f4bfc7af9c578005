"""What the assistant needs from the world, each as a small promise.

Exceptions (outcomes are values; these mean something is broken):

    AssistantError
    ├── ConversationsUnavailable   try again: the store of conversations did not answer
    ├── LedgerUnavailable          try again: the ledger did not answer
    ├── WriterUnavailable          try again: a model behind Router, FactReader or Writer did not answer
    └── InquiryInvalid             fix it: a fact, an option or a date in the request does not exist; `remedy` says how
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from assistant.model import Turn, Understood
from assistant.views import AnswerRecord
from guides.model import Citation, Question, Region
from guides.situation import FactValue


class AssistantError(Exception):
    """Something is broken in answering; see the subclasses for what to do."""


class ConversationsUnavailable(AssistantError):
    """The store of conversations did not answer: trying again may help."""


class LedgerUnavailable(AssistantError):
    """The ledger did not answer: trying again may help."""


class WriterUnavailable(AssistantError):
    """A model did not answer in time: the rules answer instead."""


class InquiryInvalid(AssistantError):
    """The request carries something that does not exist; `remedy` is a Chinese sentence for the person."""

    def __init__(self, field: str, remedy: str) -> None:
        super().__init__(f"{field}: {remedy}")
        self.field = field
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Offer:
    """A matter as offered to a router: its id, what people call it and ask about it, look-alikes, and `hints`.

    Hints are the phrases in which people tell the facts the matter needs ("集体户", "在长沙生"); `summary` and `words`
    are what else its guide says of it, which is weak evidence each and telling together.
    """

    id: str
    title: str
    names: tuple[str, ...]
    asks: tuple[str, ...] = ()
    not_this: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    summary: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Routed:
    """An offered id, or "" for unclear; `candidates` are the ids worth offering as buttons, best first.

    `words` are the words that decided; `named` is true when they are a name of the matter, not a likeness; `excluded`
    when the question names a look-alike that is another matter.
    """

    id: str
    candidates: tuple[str, ...] = ()
    words: str = ""
    named: bool = False
    excluded: bool = False


class Router(Protocol):
    """An offered id or "unclear", never another."""

    def route(self, question: str, offers: Sequence[Offer]) -> Routed:
        """Choose among `offers`; the same question always gets the same choice."""


@dataclass(frozen=True, slots=True)
class ReadingContext:
    """What a reader of facts may know besides the words: the day, the place, earlier facts, and what was asked last."""

    on: date
    region: str
    regions: tuple[Region, ...]
    asked: str = ""
    known: Mapping[str, FactValue] = field(default_factory=dict)


class FactReader(Protocol):
    """Facts with the words they were read from; what was not said is not read."""

    def read(self, text: str, questions: Sequence[Question], context: ReadingContext) -> tuple[Understood, ...]:
        """Read facts of `questions` from `text`; each value is one the question allows, `words` stand in `text`."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A passage offered to a writer under its number [n], counted from 1 in the order given."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a writer and the numbers of the passages it rests on; `quoted` when it is their own words."""

    text: str
    cites: tuple[int, ...]
    quoted: bool = False


class Writer(Protocol):
    """Sentences citing [n] of these passages, and nothing else."""

    def write(self, question: str, passages: Sequence[Numbered]) -> tuple[Sentence, ...]:
        """Word an answer from `passages`; empty when they do not answer the question."""


class Rewriter(Protocol):
    """A follow-up as a question of its own, made of words that were said; never an answer."""

    def rewrite(self, question: str, earlier: Sequence[str]) -> str:
        """Word `question` so that it stands without `earlier` (oldest first); "" where it does, or nobody can tell."""


class Chat(Protocol):
    """A language model: words for words, in time. It sees no personal number, no address of a page and no id."""

    def reply(self, task: str, words: str, share: float) -> str:
        """Give the whole reply to `words` under the instructions `task`, within `share` of the time of an answer.

        Raises WriterUnavailable when it is down, slow, cut off, resting after failures, or its budget is spent.
        """


class Conversations(Protocol):
    """Turns in order, forgotten on time."""

    def turns(self, conversation: str) -> tuple[Turn, ...]:
        """Give the turns of a conversation, oldest first; empty for an unknown one."""

    def append(self, conversation: str, turn: Turn, keep_until: datetime) -> None:
        """Add a turn; the whole conversation is then kept until `keep_until`."""

    def forget(self, conversation: str) -> None:
        """Forget a conversation at once; an unknown one is harmless."""

    def sweep(self, now: datetime) -> int:
        """Forget every conversation whose time is up and give their number."""


class Ledger(Protocol):
    """Answers as given, append-only."""

    def record(self, record: AnswerRecord) -> None:
        """Keep an answer; an id can be written once."""

    def get(self, answer_id: str) -> AnswerRecord | None:
        """Give the answer exactly as it was recorded, or None for an unknown id."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """The source's own words at a locator, with the digest of the archived original."""

    text: str
    digest: str


class SourceTexts(Protocol):
    """The text a citation points at, where the archive holds it."""

    def at(self, citation: Citation) -> SourceText | None:
        """Give the words at the clause, or None where the text is not held or the clause is not found in it."""

    def holds(self, source: str) -> bool:
        """Tell whether the text of this source is held at all."""
