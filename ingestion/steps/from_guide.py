"""Turn the pieces of a guide into passages of the index."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from guides.model import Guide
from guides.passages import passages as pieces_of
from ingestion.model import Passage
from ingestion.steps.split import About, Piece, passages_of

GUIDE = "guide"


def guide_source(guide: Guide) -> str:
    """Name a guide as a source of the index: "guide:430100/newborn"."""
    return f"{GUIDE}:{guide.region or 'cn'}/{guide.slug}"


def from_guide(guide: Guide) -> tuple[Passage, ...]:
    """Give the passages of a guide: `locator` is the piece's own (section/entry), `asks` are searched with it."""
    return tuple(_passages(guide))


def _passages(guide: Guide) -> Iterator[Passage]:
    source = guide_source(guide)
    for piece in pieces_of(guide):
        about = About(source, piece.title, piece.region, piece.valid_from, piece.valid_to, GUIDE)
        for passage in passages_of(about, [Piece(piece.locator, piece.text)]):
            yield replace(passage, asks=piece.asks)
