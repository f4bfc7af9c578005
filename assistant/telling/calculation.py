"""Computed facts, step by step, each with its clause; always as 测算，以核定为准."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.model import Part, Statement
from assistant.telling.teller import Teller, sentence


def calculations(teller: Teller) -> Iterator[Statement]:
    """Tell every computed fact: the result first, then how it comes about."""
    words = teller.wording.answer
    for derived in teller.checklist.derived:
        text = words.calculation.format(label=derived.label.removesuffix("（测算）"), text=derived.text)
        yield teller.say(text, derived.citations, Part.CALCULATION)
        for step in derived.steps:
            yield teller.say(words.calculation_step.format(text=sentence(step)), derived.citations, Part.CALCULATION)
