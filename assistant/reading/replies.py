"""Short replies to the question we asked last: 是, 没有, 不清楚, 第二个, 15, 湖北."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.reading.numbers import to_number
from assistant.reading.spans import Span
from assistant.reading.words import Candidate, Words
from guides.model import FactKind, Question
from guides.situation import UNSURE, FactValue

_UNSURE = re.compile(r"不清楚|不知道|不晓得|不确定|说不清|忘了|记不[得清]|搞不清|不懂|拿不准|不太清")
_NO = re.compile(r"^(?:不|没|否|无|还没|还不|都没|都不|莫|冇)")
_YES = re.compile(r"^(?:是|对|嗯|有|要|好的?$|可以|没错|就是|当然|领了|办了|满了|交了|都有|已经|有的|想|确实)")
_ORDINAL = re.compile(r"^(?:选|第)?\s*([0-9一二三四五六七八九])\s*(?:个|项|种)?$")
_LONGEST = 24


def reply(words: Words, question: Question) -> Iterator[Candidate]:
    """Read the text as the reply to this question, if it is the one we asked and the text is short."""
    text = words.text.strip(" 。！!，,~")
    if question.fact != words.asked or not text or len(text) > _LONGEST:
        return
    value = _value(text, words, question)
    if value is not None:
        start = words.text.find(text)
        yield Candidate(value, Span(start, start + len(text)), text, 2)


def _value(text: str, words: Words, question: Question) -> FactValue | None:
    if _UNSURE.search(text):
        return UNSURE
    match question.kind:
        case FactKind.YES_NO:
            if _NO.match(text):
                return False
            return True if _YES.match(text) else None
        case FactKind.ONE_OF:
            return _option(text, question)
        case FactKind.NUMBER:
            return words.numbers[0].value if len(words.numbers) == 1 else None
        case FactKind.DATE | FactKind.MONTH:
            return words.dates[0].value if len(words.dates) == 1 else None


def _option(text: str, question: Question) -> str | None:
    """Give the option that is named, by its place or by words that stand in its label alone."""
    if (place := _ORDINAL.match(text)) and (number := to_number(place[1])):
        index = int(number) - 1
        return question.options[index].value if 0 <= index < len(question.options) else None
    named = [option.value for option in question.options if text in option.label or option.label in text]
    return named[0] if len(named) == 1 else None
