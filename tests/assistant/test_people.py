"""Who is who in a family's own words."""

from __future__ import annotations

import pytest

from assistant.reading.people import find_people, people_at, speaker_of
from assistant.reading.spans import Span


def whose(text: str, words: str) -> set[str]:
    start = text.index(words)
    return set(people_at(Span(start, start + len(words)), find_people(text), text))


@pytest.mark.parametrize(
    ("text", "words", "who"),
    [
        ("我家宝宝上周在长沙出生，我是湖北户口，她爸是长沙户口", "湖北户口", {"mother"}),
        ("我家宝宝上周在长沙出生，我是湖北户口，她爸是长沙户口", "长沙户口", {"father"}),
        ("我媳妇是长沙集体户，我是衡阳的", "集体户", {"mother"}),
        ("我媳妇是长沙集体户，我是衡阳的", "衡阳", {"father"}),
        ("我湖北户口老公长沙户口", "湖北", {"mother"}),
        ("我和老公都是湖北户口", "湖北", {"mother", "father"}),
        ("夫妻双方都是外地户口", "外地", {"mother", "father"}),
        ("长沙户口的爸爸，外省户口的妈妈", "长沙户口", {"father"}),
        ("长沙户口的爸爸，外省户口的妈妈", "外省户口", {"mother"}),
        ("我爱人是湖北的，我是孩子妈妈", "湖北", {"father"}),
        ("我外省户口在长沙生的", "外省户口", {"speaker"}),
        ("没领证孩子能上户口吗", "没领证", set()),
    ],
)
def test_whose_words_they_are(text: str, words: str, who: set[str]) -> None:
    assert whose(text, words) == who


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("她爸是长沙户口，我是湖北的", "mother"),
        ("我老婆还在坐月子", "father"),
        ("我上周生了个女儿", "mother"),
        ("爸爸去办行不行，妈妈还在坐月子", ""),
        ("我想给孩子上户口", ""),
    ],
)
def test_the_speaker_is_told_by_the_other_or_left_unknown(text: str, role: str) -> None:
    assert speaker_of(text) == role
