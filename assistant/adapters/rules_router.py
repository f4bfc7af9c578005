"""Routing by rules: the names people use for a matter, then how alike the question is to the questions people ask.

A name that stands in the question wins (the longest one); one whose parts stand in order ("宝宝…出生")
counts nearly as much. A name inside another matter's longer name that was said ("社保卡" in "新生儿社保卡")
says nothing. Without a name, the phrases in which people tell a matter's facts and the likeness to
its known questions make it likely or worth offering; words every matter shares ("去哪里办") count for
nothing. Where that decides nothing, all words of all guides are weighed against the question (`belonging`), with the
official words for what people say beside it and the matters of other counters as rivals. Two matters too close
together, or nothing near, are "unclear": the person is asked.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.colloquial import load_colloquial
from assistant.ports import Offer, Routed
from assistant.reading.belonging import Belonging, Collections
from assistant.reading.likeness import Likeness
from assistant.reading.sounds import Sounds
from assistant.wording import load_listening

_SURE = 0.5
"""Score from which a matter is taken without asking."""
_ASKED = 0.85
"""Likeness from which a known question counts as asked word for word, which is as good as a name."""
_WHOLE = 0.99
_LIKE = 0.7
"""What a known question counts, asked in just these words and in like ones; a name counts 0.7 to 0.99."""
_TELLING = 4
"""Characters a known question must have left, without the words all matters share, to decide by likeness alone."""
_HINTED = 0.3
"""What each phrase about the facts of a matter adds; one makes it worth offering, two make it likely."""
_HEAD = 0.32
"""What a word adds that only this matter's names use ("宝宝"): worth offering, never enough."""
_NEAR = 0.3
"""Score from which a matter is worth offering as a button."""
_MARGIN = 0.12
"""How far the best matter must be ahead of the next."""
_HEAD_NAMES = 3
"""Names of one matter that must share a pair of characters to make it that matter's word."""

_ENOUGH = 8.0
"""Evidence from which a matter is taken without a name; measured on wordings that share no name with any guide."""
_AHEAD = 1.5
"""Evidence by which it must be ahead of the next matter, and of what belongs to another counter."""
_WORTH = 4.5
"""Evidence from which a matter is worth offering as a button."""
_PASSING = 3
"""Characters up to which a name may have been said in passing."""
_BELIES = 20.0
"""Evidence for another matter that outweighs such a name, where it is more than twice that of the named one."""
_RIVAL = 0.75
"""Share of the best evidence at which matters of other counters make it doubtful."""
_ELSEWHERE = ""
"""The id under which matters of other counters stand among the collections."""
_WEIGHTS = {"names": 8.0, "asks": 2.0, "summary": 2.0, "hints": 1.0, "words": 0.2, "elsewhere": 16.0}
"""What a text of each kind counts as evidence, against a half-way strength of 8."""

_VERBS = "开办领取交盘"
_FILLER = re.compile(
    r"请问一?下?|你好|您好|麻烦|那个|就是说?|嗯+|呃+|啊+|哎+|一下|谢谢|在吗|想问问?|我想问|想咨询|咨询"
)
_SPACE = re.compile(r"[\W_的]+")
_SHARED = re.compile(
    r"怎么样?|咋|如何|申请|办理|办好|办法|需要|可以|能不能|是不是|要不要|有没有|什么时候|什么|哪里|哪儿|哪些|多少钱|多少|多久"
    r"|收费|免费|材料|证件|电话|手续|流程|几天|几趟|地方|[吗呢吧的了我您你要能去在到办不有啥哪跑趟]"
)


@dataclass(frozen=True, slots=True)
class _Score:
    offer: Offer
    value: float
    words: str = ""


@dataclass(frozen=True, slots=True)
class _Name:
    """A name met in the question, what it counts, and the words that met it."""

    name: str
    value: float
    words: str

    def stands_in(self, said: str) -> bool:
        """Tell that it was said in its own words, whole or apart, not by other words for them."""
        name = _plain(self.name)
        form = _apart(name)
        return name in said or (form is not None and form.search(said) is not None)

    def is_inside(self, other: str) -> bool:
        """Tell that it is a part of another name."""
        folded = _fold(self.name)
        return folded != other and folded in other


class RulesRouter:
    """Chooses by names and likeness; deterministic."""

    def route(self, question: str, offers: Sequence[Offer]) -> Routed:
        """Choose among `offers`; the same question always gets the same choice."""
        known = _known(tuple(offers))
        question = load_colloquial().without_circumstances(known.mended(question))
        text, said = _fold(question), _plain(question)
        excluded = tuple(offer.id for offer in offers if _looks_alike(text, offer))
        scores = known.scores(text, said, excluded)
        near = tuple(score.offer.id for score in scores if score.value >= _NEAR)
        ahead = scores[0].value - scores[1].value if len(scores) > 1 else 1.0
        if scores and scores[0].value >= _SURE and ahead >= _MARGIN and not self._belies(known, question, scores[0]):
            return Routed(scores[0].offer.id, near, scores[0].words, named=scores[0].value > 1)
        if excluded and not near:
            return Routed("", excluded, excluded=True)
        return _by_evidence(known.belonging(question), near, excluded)

    def _belies(self, known: _Known, question: str, score: _Score) -> bool:
        """Tell that a short name was said in passing: all other words speak for another matter ("过世…房…名下")."""
        if len(_fold(score.words)) > _PASSING:
            return False
        found = known.belonging(question)
        own = next(one.evidence for one in found if one.id == score.offer.id)
        return found[0].id != _ELSEWHERE and found[0].evidence >= _BELIES and own < found[0].evidence / 2


def _by_evidence(found: Sequence[Belonging], near: tuple[str, ...], excluded: Sequence[str]) -> Routed:
    """Choose by all words together; `near` are what names and likeness found worth offering."""
    first, second = (*found, Belonging(_ELSEWHERE, 0.0, 0.0))[:2]
    if first.id == _ELSEWHERE:
        return Routed("", near)
    worth = tuple(one.id for one in found[:2] if one.evidence >= _WORTH and one.id not in (_ELSEWHERE, *excluded))
    offered = tuple(dict.fromkeys((*worth, *near)))
    ahead = _RIVAL * first.evidence if second.id == _ELSEWHERE else first.evidence - _AHEAD
    sure = first.evidence >= _ENOUGH and second.evidence <= ahead
    if sure and first.id not in excluded:
        return Routed(first.id, offered)
    return Routed("", offered)


@lru_cache(maxsize=20_000)
def _fold(text: str) -> str:
    return load_listening().same.canonical(_plain(text))


def _plain(text: str) -> str:
    return _SPACE.sub("", _FILLER.sub("", text.lower()))


def _content(folded: str) -> str:
    """Give what is left of a question without the words that every matter shares."""
    return _SHARED.sub("", folded)


def _contents(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(filter(None, (_content(_fold(text)) for text in texts)))


def _looks_alike(text: str, offer: Offer) -> bool:
    """Tell that the question names a look-alike, and no longer name of this matter beside it."""
    rest, alike = text, 0
    for phrase in sorted(offer.not_this, key=len, reverse=True):
        if _fold(phrase) in rest:
            rest = rest.replace(_fold(phrase), "■")
            alike = max(alike, len(phrase))
    names = (_fold(name) for name in offer.names)
    return alike > 0 and not any(len(name) >= max(alike, 4) and name in rest for name in names)


class _Known:
    """What all offers are called and asked, prepared once."""

    def __init__(self, offers: tuple[Offer, ...]) -> None:
        self._offers = offers
        self._asks = {o.id: _contents(o.asks) for o in offers}
        self._said = {o.id: frozenset(_content(_plain(ask)) for ask in o.asks) for o in offers}
        self._names = {o.id: _contents((o.title, *o.names)) for o in offers}
        known = (*self._names.values(), *self._asks.values())
        self._likeness = Likeness(text for texts in known for text in texts)
        hints = {offer.id: tuple(dict.fromkeys(map(_fold, offer.hints))) for offer in offers}
        shared = Counter(hint for own in hints.values() for hint in own)
        self._hints = {name: tuple(hint for hint in own if shared[hint] == 1) for name, own in hints.items()}
        self._heads = {o.id: tuple(self._heads_of(o)) for o in offers}
        elsewhere = _weighed(load_colloquial().elsewhere, _WEIGHTS["elsewhere"])
        self._collections = Collections({**{o.id: _texts(o) for o in offers}, _ELSEWHERE: elsewhere})
        names = (_content(_plain(name)) for o in offers for name in (o.title, *o.names))
        words = (_plain(word) for o in offers for word in (*o.asks, *o.hints, *o.words, o.summary))
        self._sounds = Sounds(_pairs(names), _pairs(words))

    def mended(self, question: str) -> str:
        """Give the question with words put right that only sound like one the guides use."""
        return self._sounds.mended(question)

    def belonging(self, question: str) -> tuple[Belonging, ...]:
        """Weigh the whole question against all that every guide says, the best first."""
        official = _contents(load_colloquial().official(_plain(question)))
        return self._collections.belonging(_content(_fold(question)), "\n".join(official))

    def _heads_of(self, offer: Offer) -> Iterator[str]:
        """Give the pairs of characters that several names of this offer, and none of another, use."""
        names = {_fold(name) for name in offer.names}
        others = {_fold(name) for o in self._offers if o is not offer for name in (o.title, *o.names)}
        counts = Counter(pair for name in names for pair in {name[i : i + 2] for i in range(len(name) - 1)})
        for pair, count in counts.items():
            elsewhere = any(pair in name for name in others)
            if count >= _HEAD_NAMES and not elsewhere and len(_content(pair)) == 2:
                yield pair

    def scores(self, text: str, said: str, excluded: Sequence[str]) -> list[_Score]:
        """Score every offer that is not excluded, best first: 0 to 1 where it is alike, 1 to 2 where it is named."""
        offers = [offer for offer in self._offers if offer.id not in excluded]
        names = {offer.id: tuple(_named(text, offer)) for offer in offers}
        exact = {name: [one.name for one in own if one.stands_in(said)] for name, own in names.items()}
        found = []
        for offer in offers:
            longer = [_fold(one) for other, own in exact.items() if other != offer.id for one in own]
            kept = [one for one in names[offer.id] if not any(one.is_inside(name) for name in longer)]
            found.append(self._score(text, said, offer, kept))
        return sorted(found, key=lambda score: (-score.value, score.offer.id))

    def _score(self, text: str, said: str, offer: Offer, names: Sequence[_Name]) -> _Score:
        alike, ask = self._alike(text, self._asks[offer.id])
        certain = [(1 + one.value, one.words) for one in names if not _by_another_word(one.name, said)]
        if alike >= _ASKED:
            certain.append((1 + (_WHOLE if _content(said) in self._said[offer.id] else _LIKE * alike), ask))
        if certain:
            return _Score(offer, *max(certain))
        alike, ask = max((alike, ask), self._alike(text, self._names[offer.id]))
        hints = [hint for hint in self._hints[offer.id] if hint in text]
        own = [hint for hint in hints if not any(hint != other and hint in other for other in hints)]
        rest = text
        for hint in own:
            rest = rest.replace(hint, "")
        head = _HEAD if any(pair in rest for pair in self._heads[offer.id]) else 0.0
        # A short name met only by another word for it ("报户口" as 上户口) is worth offering, no more.
        told = max(min(_HINTED * len(own) + head, 0.74), _SURE - 0.01 if names else 0.0)
        value, words = max((alike, ask), (told, "、".join(own)))
        return _Score(offer, value, words)

    def _alike(self, text: str, known: Sequence[str]) -> tuple[float, str]:
        """Give the likeness of the most alike known wording, and that; a very short one cannot decide."""
        content = _content(text)
        alike, ask = self._likeness.best(content, known)
        return (min(alike, _SURE - 0.01) if min(len(ask), len(content)) < _TELLING else alike), ask


def _texts(offer: Offer) -> list[tuple[str, float]]:
    """Give all an offer says, each text with what it counts."""
    return [
        *_weighed((offer.title, *offer.names), _WEIGHTS["names"]),
        *_weighed(offer.asks, _WEIGHTS["asks"]),
        *_weighed((offer.summary,), _WEIGHTS["summary"]),
        *_weighed(offer.hints, _WEIGHTS["hints"]),
        *_weighed(offer.words, _WEIGHTS["words"]),
    ]


def _pairs(texts: Iterable[str]) -> set[str]:
    return {text[i : i + 2] for text in texts for i in range(len(text) - 1)}


def _weighed(texts: Iterable[str], weight: float) -> list[tuple[str, float]]:
    return [(text, weight) for text in _contents(texts)]


def _by_another_word(name: str, said: str) -> bool:
    """Tell that a short name was met only through another word for it."""
    return len(_fold(name)) < _TELLING and _fold(name) != name and _plain(name) not in said


@lru_cache(maxsize=16)
def _known(offers: tuple[Offer, ...]) -> _Known:
    return _Known(offers)


def _named(text: str, offer: Offer) -> Iterator[_Name]:
    for name in (offer.title, *offer.names):
        folded = _fold(name)
        if len(folded) >= 2 and folded in text:
            # A longer name leaves less room for another matter.
            yield _Name(name, min(0.99, 0.75 + 0.05 * math.log2(len(folded))), name)
        elif (form := _apart(folded)) is not None and (found := form.search(text)):
            yield _Name(name, 0.7 + 0.01 * min(len(folded), 9), found[0])


@lru_cache(maxsize=4096)
def _apart(name: str) -> re.Pattern[str] | None:
    """Match the parts of a name in order with a few words between: 宝宝…出生, 小孩…上…户口, 开…面馆; None if short."""
    if len(name) == 3 and name[0] in _VERBS:
        return re.compile(f"{name[0]}.{{1,3}}{re.escape(name[1:])}")
    if len(name) < 4:
        return None
    forms = [f"{re.escape(name[:cut])}.{{1,10}}{re.escape(name[cut:])}" for cut in range(2, len(name) - 1)]
    if len(name) == 5:
        forms.append(f"{re.escape(name[:2])}.{{0,6}}{re.escape(name[2])}.{{0,4}}{re.escape(name[3:])}")
    return re.compile("|".join(forms))
