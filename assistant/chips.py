"""The chips of 我理解您…: a fact in a few words, as people read it."""

from __future__ import annotations

from guides.model import Question
from guides.situation import DateRange, FactValue
from guides.words import name_of, say_value

_NARROW = 31
"""Days of a span still shown as days; a wider one keeps the person's own words ("超过半年")."""


def chip(question: Question, value: FactValue, words: str = "") -> str:
    """Give the chip of a fact: "妈妈户口：外省"."""
    said = say_value(question, value, brief=True)
    if isinstance(value, DateRange) and words and (value.latest - value.earliest).days >= _NARROW:
        said = words
    return f"{name_of(question)}：{said}"
