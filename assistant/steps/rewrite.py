"""Rewrite: a follow-up as a question of its own, where a model can tell; only words that were said may stand in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.model import Answer, Draft
from assistant.ports import Rewriter, WriterUnavailable

_LOOKED_AT = 4
"""Earlier questions a follow-up can point back to."""
_LONGEST = 24
"""Characters of the longest question that still leans on the one before."""
_SAID = re.compile(r"[\W_]+")
_PLAIN = re.compile(
    r"请问|怎么样?|如何|什么|哪些|哪里|多少|多久|需要|可以|能|要|带|办理?|吗|呢|的|了|在|和|如果|是|我|那"
)


def rewrite(rewriter: Rewriter) -> Callable[[Draft], Draft | Answer]:
    """Make the step. The words people said stay as they are; what is made of them only helps to find the matter."""

    def step(draft: Draft) -> Draft | Answer:
        earlier = tuple(turn.question for turn in draft.turns if turn.question)[-_LOOKED_AT:]
        # Who answers our question needs no other wording of it.
        if not earlier or not draft.text or draft.asked or len(draft.text) > _LONGEST:
            return draft
        try:
            found = rewriter.rewrite(draft.text, earlier)
        except WriterUnavailable:
            return draft
        return replace(draft, standalone=found) if says_only(found, (draft.text, *earlier)) else draft

    return step


def says_only(rewritten: str, said: Sequence[str]) -> bool:
    """Tell whether every piece of a rewritten question was said, but for the words of every question.

    Nothing said last may be missing: a question about the wife is not rewritten into one about the child.
    """
    if not rewritten.strip():
        return False
    whole = "\n".join(_SAID.sub("", text) for text in said)
    pieces = (piece for part in _SAID.split(rewritten) for piece in _PLAIN.split(part))
    if not all(piece in whole for piece in pieces if piece):
        return False
    last = _PLAIN.split(_SAID.sub("", said[0]))
    return all(piece in _SAID.sub("", rewritten) for piece in last if piece)
