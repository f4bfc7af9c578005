"""Answers of the guide to questions people ask, in the guide's own words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.model import Part, Statement
from assistant.telling.teller import Teller
from guides.rules import Verdict


def answers(teller: Teller, entries: Sequence[str]) -> Iterator[Statement]:
    """Tell the best entry that can apply in this situation."""
    by_id = {entry.id: entry for entry in teller.guide.faq}
    for name in entries:
        entry = by_id[name]
        if teller.verdict(entry.when) is Verdict.NO:
            continue
        for place, text in enumerate(entry.answer):
            yield teller.say(text, entry.citations, Part.DETAIL if place else Part.LEAD)
        return
