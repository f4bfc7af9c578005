"""The conversations in docs/journeys/ are the ones the product has today; `make journeys` writes them."""

from __future__ import annotations

from pathlib import Path

from evals.door import opened
from evals.journeys.transcript import TEN, documents

WRITTEN = Path(__file__).resolve().parents[2] / "docs" / "journeys"


def test_the_transcripts_are_what_is_said_today() -> None:
    with opened() as house:
        pages = documents(house)
    assert len(pages) == TEN + 1
    assert {path.name: path.read_text(encoding="utf-8") for path in WRITTEN.glob("*.md")} == pages, (
        "the conversations go otherwise now: read the difference after `make journeys`"
    )
