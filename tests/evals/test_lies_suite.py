"""The judge of lies is judged: it sees what is planted, is not pleased by silence, nor scared by plain speech."""

from __future__ import annotations

import json

import pytest

from evals.answers.model import GivenAnswer, GivenCitation, GivenStatement
from evals.lies.judging import differences, let_through
from evals.lies.server import Asked, Manner
from evals.lies.telling import FAILING, FAILURES, KINDS, LIARS, lie, passages, told
from evals.lies.truthful import MANNERS, worded

GIVEN = (
    "出生登记（报户口）：应当在1个月内到派出所申报，承诺10个工作日内办好。",
    "要交的：结婚证、身份证、户口簿，核验不到时妈妈拍照上传。",
    "身份证不用交；咨询电话：0731-88665266。",
)
CITED = GivenCitation(source="a", title="甲", document_no="", locator="第一条", verification="read")


def answer(*texts: str) -> GivenAnswer:
    statements = tuple(GivenStatement(text=text, origin="rule", citations=(CITED,)) for text in texts)
    return GivenAnswer(
        answer_id="1", outcome="answered", asked="问", on="2026-11-22", understood=(), statements=statements
    )


@pytest.mark.parametrize("kind", KINDS)
def test_every_lie_is_false_and_is_seen_where_it_is_shown(kind: str) -> None:
    made = lie(kind, GIVEN)
    assert made is not None
    texts = [*GIVEN[: made.spoils - 1], made.text, *GIVEN[made.spoils :]]
    assert made.text not in GIVEN
    assert let_through(made, answer(*texts), answer(*GIVEN))
    assert not let_through(made, answer(*GIVEN), answer(*GIVEN))


@pytest.mark.parametrize("kind", ["invented_fee", "wrong_days", "wrong_phone", "added_negation", "promise"])
def test_a_lie_is_seen_without_knowing_what_was_planted(kind: str) -> None:
    made = lie(kind, GIVEN)
    assert made is not None
    texts = [*GIVEN[: made.spoils - 1], made.text, *GIVEN[made.spoils :]]
    assert list(differences(answer(*texts), answer(*GIVEN), ()))


def test_saying_less_is_seen_too() -> None:
    assert "身份证：少了" in list(
        differences(answer("要交结婚证。"), answer("要交结婚证、身份证。"), ("身份证", "结婚证"))
    )
    assert list(differences(answer(), answer(*GIVEN), ()))


def test_the_same_answer_has_no_difference() -> None:
    assert list(differences(answer(*GIVEN), answer(*GIVEN), ("身份证",))) == []


def test_there_are_enough_ways_of_lying_and_failing() -> None:
    assert len(LIARS) >= 12
    assert len(FAILURES) >= 8
    assert {Manner.HANG, Manner.HALF, Manner.ERROR} <= {Manner(name) for name in FAILURES if name in set(Manner)}


@pytest.mark.parametrize("kind", [kind for kind in FAILURES if kind != "silence"])
def test_every_failing_reply_has_a_lie_in_it(kind: str) -> None:
    said = FAILURES[kind](GIVEN).text
    assert FAILING in said


def test_a_reply_names_the_passages_it_was_given() -> None:
    asked = Asked("", json.dumps({"question": "问", "passages": [{"n": 1, "text": "甲"}]}, ensure_ascii=False), "")
    assert passages(asked) == ["甲"]
    assert json.loads(told(None, GIVEN).text)["sentences"][0] == {"text": GIVEN[0], "cites": [1]}


def test_manners_of_speech_change_words_and_no_numbers() -> None:
    for manner in MANNERS:
        reply, changed = worded(manner, GIVEN)
        assert len(json.loads(reply.text)["sentences"]) == len(GIVEN)
        assert all(text not in GIVEN for text in changed)
