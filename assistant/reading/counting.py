"""Numbers for every question that asks for one: by the unit, and by the words that say what is counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from assistant.reading.numbers import NUMBER, to_number
from assistant.reading.spans import Span
from assistant.reading.words import Candidate, Words
from guides.model import Question

_N = rf"(?P<n>{NUMBER})"
_LIMIT = "(?!\\s*(?:以下|以上|以内|之内|之前|以前|内的?|才能|才可以))"
"""A limit that is asked about is no number of one's own."""
_AGE = re.compile(rf"{_N}\s*(?:周)?岁{_LIMIT}")
_METRES = r"(?:总|车|货|货物|车货|全)?{side}(?:度|有|是|约|大概|到|为|了|差不多|一共)*\s*"
_TONNES = re.compile(rf"{_N}\s*(?:多)?吨{_LIMIT}")
_MILLIONS = re.compile(rf"(?:投资|造价|总价|总投资|合同价|工程款)[^，。0-9]{{0,6}}{_N}\s*(?P<wan>万|亿)?")
_MONTHS = re.compile(rf"{_N}\s*个月{_LIMIT}")
_PERCENT = re.compile(rf"(?:百分之\s*(?P<a>{NUMBER})|{_N}\s*[%％])")
_HOLDERS = re.compile(
    rf"{_N}\s*(?:个|名|位)?\s*(?:股东|合伙人|投资人|出资人|人(?:合伙|合开|合股|出资|一起开|一起办|凑|投))"
)
_TOGETHER = re.compile(
    rf"(?:我|本人)(?:和|跟|同|与){_N}\s*(?:个|名|位)\s*(?:同学|朋友|兄弟|亲戚|同事|人|伙伴|战友|老乡)"
)
_ALONE = re.compile(r"(?:就|只有|只|我)?(?:我)?(?:一个人|一人|单独|独自)(?:出资|开|弄|办|注册|搞|成立|投资|做)")
_OF_WHAT = {
    "公积金": re.compile("公积金|缴存|连续|足额"),
    "住": re.compile("住|来(?:长沙|湖南)|居住|待了"),
    "社保": re.compile("社保|医保|养老|参保"),
}


def counted(words: Words, question: Question) -> Iterator[Candidate]:
    """Read the number a question asks for, where its unit and what stands beside it leave no doubt."""
    reader = _READERS.get(question.unit)
    return iter(()) if reader is None else reader(words, question)


def _number(match: re.Match[str], value: float | None) -> Iterator[Candidate]:
    if value is not None:
        yield Candidate(value, Span(match.start(), match.end()), match[0], 3)


def _ages(words: Words, question: Question) -> Iterator[Candidate]:
    """Read an age: the only one that is told, or the one said of the man or the woman the question is about."""
    side = next((one for one in "男女" if one in question.short), "")
    if side:
        told = re.compile(
            rf"{side}(?:方|的|生|孩|朋友)?(?:今年|是|满|刚|刚满|都)*\s*(?P<n>[0-9]{{2}}|[{'二三四五'}]?十[一二三四五六七八九]?)\s*(?:周)?岁?"
        )
        for match in told.finditer(words.text):
            yield from _number(match, to_number(match["n"]))
        return
    found = list(_AGE.finditer(words.text))
    if len(found) == 1:
        yield from _number(found[0], to_number(found[0]["n"]))


def _metres(words: Words, question: Question) -> Iterator[Candidate]:
    side = question.short[-1:]
    before = _METRES.format(side=side)
    told = re.compile(
        rf"(?:{before}{_N}\s*(?:米|m|M)(?P<rest>[0-9一二三四五六七八九])?|(?P<m>{NUMBER})\s*(?:米|m|M)(?P<over>[0-9一二三四五六七八九])?{side}(?!沙|度))"
    )
    for match in told.finditer(words.text):
        whole, rest = to_number(match["n"] or match["m"]), to_number(match["rest"] or match["over"] or "")
        if whole is not None and whole < 200:
            yield from _number(match, round(whole + rest / 10, 2) if rest is not None else whole)


def _tonnes(words: Words, _question: Question) -> Iterator[Candidate]:
    found = [
        match
        for match in _TONNES.finditer(words.text)
        if not re.search(
            "(?:核载|载重|限重|限载|超过|自重|货重?)$", words.text[max(0, match.start() - 4) : match.start()]
        )
    ]
    if len(found) == 1:
        yield from _number(found[0], to_number(found[0]["n"]))


def _money(words: Words, _question: Question) -> Iterator[Candidate]:
    for match in _MILLIONS.finditer(words.text):
        value = to_number(match["n"])
        factor = {"万": 1.0, "亿": 10_000.0}.get(match["wan"] or "", 0.0)
        if value is not None and factor:
            yield from _number(match, value * factor)
        elif value is not None and value >= 10_000:
            yield from _number(match, value / 10_000)


def _months(words: Words, question: Question) -> Iterator[Candidate]:
    about = next((pattern for name, pattern in _OF_WHAT.items() if name in question.short + question.ask), None)
    for match in _MONTHS.finditer(words.text):
        if about is not None and about.search(words.clause_text(match.start())):
            yield from _number(match, to_number(match["n"]))


def _people(words: Words, question: Question) -> Iterator[Candidate]:
    for match in _HOLDERS.finditer(words.text):
        yield from _number(match, to_number(match["n"]))
    if question.fact == "founders":
        for match in _TOGETHER.finditer(words.text):
            others = to_number(match["n"])
            yield from _number(match, None if others is None else others + 1)
        for match in _ALONE.finditer(words.text):
            yield from _number(match, 1.0)


def _percent(words: Words, _question: Question) -> Iterator[Candidate]:
    found = list(_PERCENT.finditer(words.text))
    if len(found) == 1:
        yield from _number(found[0], to_number(found[0]["a"] or found[0]["n"]))


_READERS: dict[str, Callable[[Words, Question], Iterator[Candidate]]] = {
    "岁": _ages,
    "米": _metres,
    "吨": _tonnes,
    "万元": _money,
    "个月": _months,
    "个": _people,
    "%": _percent,
}
