"""Whether a sentence says what its passages say: no word more, none less, in the same sense.

A list of lies to look for would never be complete. So it is the other way round: both are brought to a form in which
words that say nothing are gone and equal words are one, and what is left has to be the same. What is added, dropped,
softened, swapped or turned round is left over on one side, whatever it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from assistant.masking import fold
from assistant.reading.numbers import CHINESE, to_number
from guides.condition import Value

Agreement = Callable[[str, Sequence[str]], bool]
"""Tells whether a sentence says what the passages say."""

_UNITS = "个|年|月|日|天|周|岁|小时|工作日|元|块|份|样|次|条|款|倍|趟|级|楼|层|%"
_NUMERAL = re.compile(rf"[{CHINESE}]+(?=(?:{_UNITS}))")
_SENTENCE = re.compile(r"[。！？；!?;\n]+")
_CLAUSE = re.compile(r"[，：,:]+")
_JOIN = re.compile(r"以及|[、和及与]")
_NOISE = re.compile(r"[\s“”‘’\"'《》〈〉「」【】·—–\-~～…*#]+")
_WHEN = re.compile(r"时(?=[，：,:])")
_NEGATION = re.compile(r"[不无未非没勿别]|免|除")
_LIMITING = re.compile(r"[只仅或由归各每]|除|任选|其一|以外|但")
_DIGITS = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_PIECE = 2
"""Characters of the shortest piece that may stand elsewhere in a plain sentence."""


class _Words(Value):
    harmless: tuple[str, ...]
    whole: tuple[str, ...]
    same: tuple[tuple[str, ...], ...]
    condition: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Unit:
    """What one sentence says: its clauses without what says nothing, and whether it holds only under a condition."""

    clauses: tuple[str, ...]
    conditional: bool

    @property
    def said(self) -> str:
        return "".join(self.clauses)

    @property
    def plain(self) -> bool:
        """Tell that the order of its pieces cannot change what it says."""
        said = self.said
        return not (
            self.conditional or _NEGATION.search(said) or _LIMITING.search(said) or len(_DIGITS.findall(said)) > 1
        )

    @property
    def shape(self) -> tuple[tuple[str, ...], bool]:
        """Give what has to be equal; where something is denied, also what stands in one clause with it."""
        told = self.clauses if _NEGATION.search(self.said) else (self.said,)
        return told, self.conditional


def agrees(sentence: str, passages: Sequence[str]) -> bool:
    """Tell whether the sentence says what the passages together say, neither more nor less."""
    ours, theirs = _units(sentence), tuple(unit for passage in passages for unit in _units(passage))
    if not ours or not theirs or _asks(sentence) != any(map(_asks, passages)):
        return False
    if Counter(unit.shape for unit in ours) == Counter(unit.shape for unit in theirs):
        return True
    return len(ours) == len(theirs) == 1 and _turned(ours[0], theirs[0])


def _asks(text: str) -> bool:
    return "？" in text or "?" in text


def _turned(one: _Unit, other: _Unit) -> bool:
    """Tell whether a plain sentence begins with what ends the other ("办好要5天" and "5天办好要").

    Only two pieces may change places: with three, who tells whom could be turned round.
    """
    if not (one.plain and other.plain) or len(one.said) != len(other.said):
        return False
    cuts = range(_PIECE, len(one.said) - _PIECE + 1)
    return any(one.said[cut:] + one.said[:cut] == other.said for cut in cuts)


def _units(text: str) -> tuple[_Unit, ...]:
    return tuple(unit for part in _SENTENCE.split(fold(text)) if (unit := _unit(part)).said)


@lru_cache(maxsize=4096)
def _unit(text: str) -> _Unit:
    text = _WHEN.sub("的时候", _NOISE.sub("", text))
    text = _NUMERAL.sub(lambda found: _in_digits(found[0]), text)
    conditional = False

    def plain(found: re.Match[str]) -> str:
        nonlocal conditional
        word = found[0]
        conditional = conditional or word in _words().condition
        return _forms().get(word, word)

    clauses = (_pattern().sub(plain, clause) for clause in _CLAUSE.split(text))
    joined = (_JOIN.sub("", clause) for clause in clauses)
    return _Unit(tuple(clause for clause in joined if clause), conditional)


def _in_digits(numeral: str) -> str:
    number = to_number(numeral)
    return numeral if number is None else f"{number:g}"


@lru_cache(maxsize=1)
def _words() -> _Words:
    path = Path(__file__).with_suffix(".zh.yaml")
    return _Words.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


@lru_cache(maxsize=1)
def _forms() -> dict[str, str]:
    """Give what each listed word is replaced by."""
    words = _words()
    forms = {word: group[0] for group in words.same for word in group}
    forms |= dict.fromkeys((*words.harmless, *words.condition), "")
    return forms | {word: word for word in words.whole}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_forms(), key=len, reverse=True))))
