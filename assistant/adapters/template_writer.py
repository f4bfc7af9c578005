"""Words an answer without a model: the passages' own sentences that speak of what was asked, unchanged."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.ports import Numbered, Sentence
from assistant.reading.likeness import Likeness

_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
_MOST = 3
_BARE = re.compile(r"[\W_]+")


class TemplateWriter:
    """Quotes; it can add nothing."""

    def write(self, question: str, passages: Sequence[Numbered]) -> tuple[Sentence, ...]:
        """Give the sentences nearest to the question from the first passage, in their order."""
        if not passages:
            return ()
        said = [match[0].strip() for match in _SENTENCE.finditer(passages[0].text) if match[0].strip()]
        if len(said) <= _MOST:
            return tuple(Sentence(text, (1,), quoted=True) for text in said)
        likeness = Likeness(map(_bare, said))
        near = sorted(said, key=lambda text: -likeness.covered(_bare(question), _bare(text)))[:_MOST]
        return tuple(Sentence(text, (1,), quoted=True) for text in said if text in near)


def _bare(text: str) -> str:
    return _BARE.sub("", text)
