"""The pieces of every guide as passages of the index, and the way back from a hit to its clauses."""

from __future__ import annotations

from collections.abc import Iterator

from guides.library import Library
from guides.model import Guide
from guides.passages import GuidePassage, passages
from ingestion.model import Passage

KIND = "guide"


def source_of(guide: Guide) -> str:
    """Give the index's name of a guide as a document."""
    return f"guide:{guide.region or 'cn'}/{guide.slug}"


def indexable(library: Library) -> Iterator[Passage]:
    """Give every piece of every guide for the index; the wordings people search by are part of its text."""
    for guide in library.guides:
        for piece in passages(guide):
            yield Passage(
                id=piece.id,
                source=source_of(guide),
                title=piece.title,
                locator=piece.locator,
                text="\n".join((piece.text, *piece.asks)),
                region=piece.region,
                valid_from=piece.valid_from,
                valid_to=piece.valid_to,
                kind=KIND,
            )


def pieces(library: Library) -> dict[str, GuidePassage]:
    """Give the pieces of all guides by the id their passages have."""
    return {piece.id: piece for guide in library.guides for piece in passages(guide)}
