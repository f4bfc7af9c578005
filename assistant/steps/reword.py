"""Reword: a model may say the composed statements in plainer words; nothing of it is shown before it is proven."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.masking import mask
from assistant.model import Answer, Draft, Part, Statement, Worded
from assistant.ports import Numbered, Writer, WriterUnavailable

_MOST = 12
"""Statements offered at once: more would not be worded in time."""
_KEPT_AS_THEY_ARE = frozenset({Part.CALCULATION, Part.CONDITION, Part.CONFLICT})
"""A computed day and a supposition carry what the person told; contradicting sources are said word for word."""
_ADDRESS = re.compile(r"https?:|www\.|[A-Za-z0-9-]+\.(?:cn|com|gov|net|org)|[A-Za-z]+_[A-Za-z_]+")


def reword(writer: Writer) -> Callable[[Draft], Draft | Answer]:
    """Make the step. A writer that does not answer changes nothing."""

    def step(draft: Draft) -> Draft | Answer:
        offered = [number for number, one in enumerate(draft.statements, 1) if _may_be_worded(one)][:_MOST]
        if not offered:
            return draft
        passages = tuple(Numbered("", draft.statements[number - 1].text) for number in offered)
        try:
            sentences = writer.write(draft.text, passages)
        except WriterUnavailable:
            return draft
        # A number that was not offered stays out of reach, so that the proof sees it as the model gave it.
        known = dict(enumerate(offered, 1))
        worded = tuple(Worded(one.text, tuple(known.get(n, 0) for n in one.cites)) for one in sentences)
        return replace(draft, worded=worded)

    return step


def _may_be_worded(statement: Statement) -> bool:
    """Tell whether a statement may be shown to a model: nothing a person told, no address, no number of theirs."""
    if statement.part in _KEPT_AS_THEY_ARE or not statement.verified:
        return False
    return not _ADDRESS.search(statement.text) and not mask(statement.text).kinds
