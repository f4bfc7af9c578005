"""Routing by rules: the names people use for a matter, then how alike the question is to the questions people ask.

A name that stands in the question wins (the longest one); one whose parts stand in order ("宝宝…出生") counts nearly
as much. Without a name the question is compared with all names and asked questions by characters and pairs of them,
rare ones weighing more. Two matters too close together, or nothing near, are "unclear": the person is asked.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.ports import Offer, Routed
from assistant.reading.likeness import Likeness

_SURE = 0.5
"""Likeness from which a question may be taken for a known one; below it the person is asked."""
_ASKED = 0.85
"""Likeness from which a known question counts as asked word for word."""
_HINTED = 0.3
"""What each phrase about the facts of a matter adds; one makes it worth offering, two make it likely."""
_NEAR = 0.3
"""Likeness from which a matter is worth offering as a button."""
_MARGIN = 0.12
"""How far the best matter must be ahead of the next."""


@dataclass(frozen=True, slots=True)
class _Score:
    offer: Offer
    value: float
    words: str


class RulesRouter:
    """Chooses by names and likeness; deterministic."""

    def route(self, question: str, offers: Sequence[Offer]) -> Routed:
        """Choose among `offers`; the same question always gets the same choice."""
        text = _fold(question)
        known = _Known(tuple(offers))
        excluded = [offer.id for offer in offers if _looks_alike(text, offer)]
        scores = sorted(
            (_Score(o, *known.score(text, o)) for o in offers if o.id not in excluded),
            key=lambda score: (-score.value, score.offer.id),
        )
        near = tuple(score.offer.id for score in scores if score.value >= _NEAR)
        if scores and scores[0].value >= _SURE and (len(scores) == 1 or scores[0].value - scores[1].value >= _MARGIN):
            return Routed(scores[0].offer.id, near, scores[0].words, named=scores[0].value > 1)
        if excluded and not near:
            return Routed("", tuple(excluded), excluded=True)
        return Routed("", near)


_VERBS = "开办领取交盘"
_FILLER = re.compile(
    r"请问一?下?|你好|您好|麻烦|那个|就是说?|嗯+|呃+|啊+|哎+|一下|谢谢|在吗|想问问?|我想问|想咨询|咨询"
)
_SPACE = re.compile(r"[\s，,。！!？?、；;：:“”\"'（）()《》〔〕…—~-]+")


def _fold(text: str) -> str:
    return _SPACE.sub("", _FILLER.sub("", text.lower()))


def _looks_alike(text: str, offer: Offer) -> bool:
    """Tell that the question names a look-alike, and no longer name of this matter beside it."""
    rest, alike = text, 0
    for phrase in sorted(offer.not_this, key=len, reverse=True):
        if phrase.lower() in rest:
            rest = rest.replace(phrase.lower(), "■")
            alike = max(alike, len(phrase))
    return alike > 0 and not any(len(name) >= max(alike, 4) and name.lower() in rest for name in offer.names)


class _Known:
    def __init__(self, offers: tuple[Offer, ...]) -> None:
        self._offers = offers
        self._likeness = _likeness(tuple(text for offer in offers for text in (offer.title, *offer.names, *offer.asks)))

    def score(self, text: str, offer: Offer) -> tuple[float, str]:
        """Give how sure it is that the question is about this matter, and the words that say so.

        0 to 1 where it is only alike, 1 to 2 where the matter is named (or a known question asked word for word): asks
        like "去哪里办" belong to every matter, so they never outweigh a name.
        """
        alike, ask = self._likeness.best(text, (offer.title, *offer.names, *offer.asks))
        found = [hint for hint in offer.hints if hint in text and self._own(hint, offer)]
        hints = [hint for hint in found if not any(hint != other and hint in other for other in found)]
        hinted = min(_HINTED * len(set(hints)), 0.74)
        named, name = max(_named(text, offer), default=(0.0, ""))
        if alike >= _ASKED:
            named, name = max((named, name), (alike, ask))
        if named:
            return 1 + named, name
        return max((alike, ask), (hinted, "、".join(hints)))

    def _own(self, hint: str, offer: Offer) -> bool:
        """Tell that no other matter is talked about in these words."""
        return all(hint not in other.hints for other in self._offers if other is not offer)


@lru_cache(maxsize=16)
def _likeness(texts: tuple[str, ...]) -> Likeness:
    return Likeness(_fold(text) for text in texts)


def _named(text: str, offer: Offer) -> Iterator[tuple[float, str]]:
    for name in (offer.title, *offer.names):
        folded = _fold(name)
        if len(folded) >= 2 and folded in text:
            # A longer name leaves less room for another matter.
            yield min(0.99, 0.75 + 0.05 * math.log2(len(folded))), name
        elif (len(folded) >= 4 or (len(folded) == 3 and folded[0] in _VERBS)) and (
            found := _apart(folded).search(text)
        ):
            yield 0.7 + 0.01 * min(len(folded), 9), found[0]


@lru_cache(maxsize=4096)
def _apart(name: str) -> re.Pattern[str]:
    """Match the two halves of a name in order with a few words between: 宝宝…出生, 孩子…上户口, 开…面馆."""
    if name[0] in _VERBS and len(name) == 3:
        return re.compile(f"{name[0]}.{{1,3}}{re.escape(name[1:])}")
    cuts = range(2, len(name) - 1)
    return re.compile("|".join(f"{re.escape(name[:cut])}.{{1,10}}{re.escape(name[cut:])}" for cut in cuts))
