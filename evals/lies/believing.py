"""What the product would show if it believed its model: only here, to prove that the lies are lies worth catching."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.model import Origin, Statement, Worded


def believing(worded: Sequence[Worded], grounded: Sequence[Statement | None]) -> tuple[Statement, ...]:
    """Show every sentence in the place of what it cites, and what cites nothing known beside the first."""
    shown: dict[int, list[Statement]] = {n: [one] for n, one in enumerate(grounded, 1) if one is not None}
    if not shown:
        return ()
    first = min(shown)
    given = dict(enumerate(grounded, 1))
    said: set[int] = set()
    for one in worded:
        known = [number for number in one.numbers if given.get(number) is not None]
        at = known[0] if known else first
        base = given[at]
        if base is None:
            continue
        sentence = replace(base, text=one.text, origin=Origin.MODEL)
        if known and at not in said:
            shown[at] = [sentence]
            said.add(at)
        else:
            shown[at].append(sentence)
    return tuple(sentence for number in sorted(shown) for sentence in shown[number])
