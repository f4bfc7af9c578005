"""An answer reopened: each sentence beside its sources as they stood, as they stand now, and whether they changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from assistant.ports import SourceText, SourceTexts
from assistant.views import AnswerRecord, CitationView, Pin, StatementView
from guides.library import Library
from guides.model import Citation


class Change(StrEnum):
    """What became of a cited place since the answer was given."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"
    """The source is no longer registered, or its text no longer has the place."""


@dataclass(frozen=True, slots=True)
class TracedCitation:
    """A citation as given, the words that stand there now (None where the text is not held), and what changed."""

    citation: CitationView
    words: str | None
    digest: str
    """Digest of the archived original; "" where none is held."""
    change: Change


@dataclass(frozen=True, slots=True)
class TracedStatement:
    """A sentence as given, with its citations reopened."""

    statement: StatementView
    citations: tuple[TracedCitation, ...]


@dataclass(frozen=True, slots=True)
class Traced:
    """An answer as given, with every sentence reopened; `changed` when any cited place is not the same any more."""

    record: AnswerRecord
    statements: tuple[TracedStatement, ...]

    @property
    def changed(self) -> bool:
        return any(one.change is not Change.SAME for statement in self.statements for one in statement.citations)


def pin(citation: Citation, library: Library, texts: SourceTexts) -> Pin:
    """Pin a cited place: the digest of the source's entry and of the words held there."""
    return Pin(source=citation.source, locator=citation.locator, digest=_digest(citation, library, texts.at(citation)))


def reopen(record: AnswerRecord, library: Library, texts: SourceTexts) -> Traced:
    """Reopen a recorded answer against the library and archive of today."""
    pinned = {(one.source, one.locator): one.digest for one in record.pins}
    return Traced(
        record,
        tuple(
            TracedStatement(statement, tuple(_traced(view, pinned, library, texts) for view in statement.citations))
            for statement in record.answer.statements
        ),
    )


def _traced(
    view: CitationView, pinned: dict[tuple[str, str], str], library: Library, texts: SourceTexts
) -> TracedCitation:
    citation = Citation(source=view.source, locator=view.locator)
    if view.source not in library.sources:
        return TracedCitation(view, None, "", Change.GONE)
    held = texts.at(citation)
    if held is None and texts.holds(view.source):
        return TracedCitation(view, None, "", Change.GONE)
    same = pinned.get((view.source, view.locator)) == _digest(citation, library, held)
    words, digest = (held.text, held.digest) if held else (None, "")
    return TracedCitation(view, words, digest, Change.SAME if same else Change.CHANGED)


def _digest(citation: Citation, library: Library, held: SourceText | None) -> str:
    entry = library.sources[citation.source].model_dump_json(exclude={"retrieved", "note"})
    words = held.text if held else ""
    return hashlib.sha256(f"{entry}\n{citation.locator}\n{words}".encode()).hexdigest()[:16]
