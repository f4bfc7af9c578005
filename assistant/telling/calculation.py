"""Computed facts, step by step, each with its clause; always as 测算，以核定为准."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.model import Part, Statement
from assistant.telling.teller import Teller, sentence


def calculations(teller: Teller) -> Iterator[Statement]:
    """Tell every computed fact: the result first, then how it comes about; or on what it still depends."""
    words = teller.wording.answer
    if not teller.checklist.derived:
        first = teller.guide.derived[0]
        text = words.depends.format(facts=teller.names_of(first.inputs))
        yield teller.say(text, (first.citation, *(p.citation for p in first.parameters)), Part.LEAD)
        return
    for place, derived in enumerate(teller.checklist.derived):
        text = words.calculation.format(label=derived.label.removesuffix("（测算）"), text=derived.text)
        yield teller.say(text, derived.citations, Part.CALCULATION)
        # The first is what was asked for; the others are said beside it, their steps stand in the list.
        for step in derived.steps if place == 0 else ():
            yield teller.say(words.calculation_step.format(text=sentence(step)), derived.citations, Part.CALCULATION)
