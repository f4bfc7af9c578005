"""Facts as they come from a form, a file or JSON, read against the question they answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from guides.model import FactKind, Guide, Question
from guides.situation import UNSURE, DateRange, Fact, FactValue, Situation, parse_day


class FactInvalid(ValueError):
    """A fact that was sent does not fit the question; `remedy` says in Chinese how to write it."""

    def __init__(self, fact: str, remedy: str) -> None:
        super().__init__(f"{fact}: {remedy}")
        self.fact = fact
        self.remedy = remedy


def read_fact(question: Question, raw: bool | str | float) -> FactValue:
    """Read one fact as it comes from a form, a file or JSON; raises FactInvalid with the remedy in Chinese."""
    if isinstance(raw, str) and raw.strip() in {UNSURE.value, "不清楚", "不知道", "不确定"}:
        return UNSURE
    match question.kind:
        case FactKind.YES_NO:
            return _yes_no(question, raw)
        case FactKind.ONE_OF:
            return _option(question, raw)
        case FactKind.NUMBER:
            return _number(question, raw)
        case FactKind.DATE | FactKind.MONTH:
            return _day(question, raw)


def read_facts(guide: Guide, raw: Mapping[str, bool | str | float]) -> Situation:
    """Read the facts of F (names as `guides show` lists them); raises FactInvalid for an unknown name or value."""
    questions = {question.fact: question for question in guide.questions}
    facts: dict[str, Fact] = {}
    for name, value in raw.items():
        if name not in questions:
            raise FactInvalid(name, f"没有这个情况项。可以写的有：{'、'.join(questions)}")
        facts[name] = Fact(read_fact(questions[name], value))
    return Situation(facts)


_YES = frozenset({"true", "yes", "是", "对", "有", "要"})
_NO = frozenset({"false", "no", "否", "不是", "没有", "不要"})


def _yes_no(question: Question, raw: bool | str | float) -> bool:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and raw.strip().lower() in _YES | _NO:
        return raw.strip().lower() in _YES
    raise FactInvalid(question.fact, f"“{question.ask}”请回答：是、否或不清楚")


def _option(question: Question, raw: bool | str | float) -> str:
    for option in question.options:
        if raw in (option.value, option.label):
            return option.value
    labels = "、".join(f"{option.value}（{option.label}）" for option in question.options)
    raise FactInvalid(question.fact, f"“{question.ask}”可以选：{labels}，或 unknown（不清楚）")


def _number(question: Question, raw: bool | str | float) -> float:
    if not isinstance(raw, bool):
        try:
            number = float(raw)
        except ValueError:
            number = float("nan")
        if 0 <= number < 1e9:
            return number
    raise FactInvalid(question.fact, f"“{question.ask}”请填数字{f'（{question.unit}）' if question.unit else ''}")


def _day(question: Question, raw: bool | str | float) -> date | DateRange:
    if isinstance(raw, str):
        try:
            return parse_day(raw)
        except ValueError:
            pass
    raise FactInvalid(question.fact, f"“{question.ask}”请填日期，例如 2026-11-15，只记得月份就填 2026-11")
