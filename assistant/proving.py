"""Which of a model's sentences may stand instead of the statements they name; the rest is said as it was composed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.agreement import agrees
from assistant.model import Origin, Statement, Worded

Proving = Callable[[Sequence[Worded], Sequence[Statement | None]], tuple[Statement, ...]]
"""Takes what a model worded and the grounded statements (None where one did not stand), gives what is shown."""


def proven(worded: Sequence[Worded], grounded: Sequence[Statement | None]) -> tuple[Statement, ...]:
    """Give every grounded statement, in the model's words where these say the same.

    Several sentences about the same statements count as one. A statement worded twice over keeps its own words.
    """
    said: dict[tuple[int, ...], str] = {}
    for one in worded:
        said[one.numbers] = said.get(one.numbers, "") + one.text
    claimed = [number for numbers in said for number in numbers]
    instead: dict[int, Statement] = {}
    replaced: set[int] = set()
    for numbers, text in said.items():
        if any(claimed.count(number) > 1 for number in numbers):
            continue
        statement = _stands_for(text, numbers, grounded)
        if statement is not None:
            instead[min(numbers)] = statement
            replaced |= set(numbers)
    shown: list[Statement] = []
    for number, composed in enumerate(grounded, 1):
        if number in instead:
            shown.append(instead[number])
        elif composed is not None and number not in replaced:
            shown.append(composed)
    return tuple(shown)


def _stands_for(text: str, numbers: Sequence[int], grounded: Sequence[Statement | None]) -> Statement | None:
    """Give the statement in the model's words, None where a number names nothing or the words say something else."""
    named = [grounded[number - 1] if 1 <= number <= len(grounded) else None for number in numbers]
    there = [one for one in named if one is not None]
    if not there or len(there) < len(named) or len({(one.part, one.requirement) for one in there}) > 1:
        return None
    if any(one.text == text for one in there) or not agrees(text, [one.text for one in there]):
        return None
    citations = tuple(dict.fromkeys(citation for one in there for citation in one.citations))
    return replace(there[0], text=text, citations=citations, origin=Origin.MODEL)
