"""What our guides say, sentence by sentence, with the places each sentence rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from guides.checklist import DerivedValue
from guides.condition import Value
from guides.model import Citation, Guide, Material, MaterialRule, Question

Place = tuple[str, str]
CRITICAL = re.compile(r"[0-9不未无非没免勿禁]|应当|必须|可以|不得")
_SHORTEST = 6
_NEAR = 0.72


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a guide and the places behind it."""

    text: str
    places: frozenset[Place]


class Authored:
    """Every sentence of a guide, and of what was calculated for this person, to hold a statement against."""

    def __init__(self, sentences: Iterable[Sentence]) -> None:
        self.sentences = tuple(sentences)
        self._pairs = [(sentence, _pairs(sentence.text)) for sentence in self.sentences]

    def joined(self, other: Authored) -> Authored:
        """Give both together."""
        return Authored((*self.sentences, *other.sentences))

    def places_of(self, clause: str) -> frozenset[Place]:
        """Give the places behind every sentence that contains this clause or is contained in it."""
        return frozenset(
            place for one in self.sentences if clause in one.text or one.text in clause for place in one.places
        )

    def beyond(self, clause: str) -> list[str]:
        """Give what is left of a clause once the guide's own sentences in it are taken out."""
        if any(_whole(clause, one.text) for one in self.sentences):
            return []
        rest = [clause]
        for one in sorted(self.sentences, key=lambda sentence: -len(sentence.text)):
            rest = [part for piece in rest for part in piece.split(one.text)]
        return [part for part in rest if len(part) >= _SHORTEST]

    def cut_short(self, clause: str) -> tuple[Sentence, str] | None:
        """Give the sentence this clause is but for a negation in front of it, unless another holds it whole."""
        holding = [one for one in self.sentences if clause in one.text]
        if not holding or any(_whole(clause, one.text) for one in holding):
            return None
        return holding[0], f"“{clause[:4]}…”前面少了“{holding[0].text[holding[0].text.index(clause) - 1]}”"

    def altered(self, clause: str) -> tuple[Sentence, str] | None:
        """Give a sentence this clause nearly is, and the critical difference, if there is one."""
        mine = _pairs(clause)
        for sentence, pairs in self._pairs:
            if len(mine & pairs) < _NEAR * min(len(mine), len(pairs)):
                continue
            if (difference := _critical(clause, sentence.text)) is not None:
                return sentence, difference
        return None


def of_guide(guide: Guide) -> Authored:
    """Give every sentence of a guide with the places it rests on."""
    return Authored(_sentences(guide))


def of_calculations(calculated: Iterable[DerivedValue]) -> Authored:
    """Give the steps and results of what was calculated, with the clauses of the formula."""
    return Authored(
        Sentence(clause, frozenset((c.source, c.locator) for c in value.citations))
        for value in calculated
        for text in (value.text, *value.steps)
        for clause in clauses(text)
    )


def clauses(text: str) -> list[str]:
    """Cut a text into sentences and their parts, without marks; the shortest ones say nothing on their own."""
    parts = (re.sub(r"[\s“”\"「」（）()【】]", "", part) for part in re.split(r"[。；！？!?;\n]", text))
    return [part for part in parts if len(part) >= _SHORTEST]


def _whole(clause: str, sentence: str) -> bool:
    """Tell whether a sentence holds the clause without a negation cut off in front of it."""
    at = sentence.find(clause)
    return at == 0 or (at > 0 and sentence[at - 1] not in "不未无非没免勿禁")


def _critical(clause: str, sentence: str) -> str | None:
    """Give what differs in the middle of two nearly equal texts, where it changes the meaning."""
    opcodes = SequenceMatcher(None, clause, sentence, autojunk=False).get_opcodes()
    for kind, a0, a1, b0, b1 in opcodes[1:-1] if len(opcodes) > 2 else ():
        if kind != "equal" and max(a1 - a0, b1 - b0) <= 4 and CRITICAL.search(clause[a0:a1] + sentence[b0:b1]):
            return f"“{clause[a0:a1]}”应为“{sentence[b0:b1]}”"
    return None


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _sentences(guide: Guide) -> Iterator[Sentence]:
    for text, places in _texts(guide, frozenset()):
        for clause in clauses(text):
            yield Sentence(clause, places)


def _texts(value: object, around: frozenset[Place]) -> Iterator[tuple[str, frozenset[Place]]]:
    """Give every text inside a value with the citations of the nearest entry that has any."""
    if isinstance(value, Question | Citation):
        return
    if isinstance(value, Value):
        own = _own_places(value) or around
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name), own)
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part, around)
    elif isinstance(value, str):
        yield value, around


def _own_places(value: Value) -> frozenset[Place]:
    if isinstance(value, Material):
        return frozenset(place for rule in value.rules for place in _own_places(rule))
    found: list[Citation] = []
    for name in ("citation", "citations"):
        held = getattr(value, name, ())
        found.extend([held] if isinstance(held, Citation) else held)
    if isinstance(value, MaterialRule) or found:
        return frozenset((citation.source, citation.locator) for citation in found)
    return frozenset()
