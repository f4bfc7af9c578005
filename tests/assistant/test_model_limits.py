"""A model that keeps failing is left to rest, one that costs too much is not asked, and only one JSON shape is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from assistant.adapters.langchain_chat import LangChainChat, clean
from assistant.adapters.model_limits import Breaker, Budget, ModelLimits
from assistant.adapters.model_writer import ModelWriter
from assistant.ports import Numbered, Writer, WriterUnavailable
from evals.lies.server import Asked, Manner, Reply, ScriptedModel, serving
from evals.lies.telling import passages, told
from tests.contracts.assistant_ports import WriterExam


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def echo(asked: Asked) -> Reply:
    return told(None, passages(asked))


@pytest.fixture
def model() -> Iterator[ScriptedModel]:
    with serving(echo) as running:
        yield running


def chat_with(model: ScriptedModel, clock: Clock | None = None, **limits: float) -> LangChainChat:
    given = {"seconds": 10.0, "retries": 0, "failures": 3, "rest": 30.0} | limits
    known = ModelLimits(
        seconds=given["seconds"],
        retries=int(given["retries"]),
        failures=int(given["failures"]),
        rest=given["rest"],
        tokens=int(given.get("tokens", 10**6)),
    )
    return LangChainChat(model.url, "scripted", "", known, clock or Clock())


class TestModelWriter(WriterExam):
    @pytest.fixture
    def writer(self, model: ScriptedModel) -> Writer:
        return ModelWriter(chat_with(model))


@pytest.mark.parametrize("manner", [Manner.CUT, Manner.HALF, Manner.ERROR, Manner.BUSY, Manner.GARBLED])
def test_a_reply_that_is_not_whole_is_none(model: ScriptedModel, manner: Manner) -> None:
    model.script = lambda asked: Reply(echo(asked).text, manner)
    with pytest.raises(WriterUnavailable):
        ModelWriter(chat_with(model)).write("问", (Numbered("", "办这件事不收费。"),))


@pytest.mark.parametrize("manner", [Manner.HANG, Manner.DRIP])
def test_a_reply_that_keeps_waiting_is_none(model: ScriptedModel, manner: Manner) -> None:
    model.script = lambda asked: Reply(echo(asked).text, manner)
    with pytest.raises(WriterUnavailable):
        ModelWriter(chat_with(model, seconds=0.4)).write("问", (Numbered("", "办这件事不收费。"),))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "办这件事不收费。",
        "[]",
        '{"sentences": "办这件事不收费。"}',
        '{"sentences": [{"text": "甲"}]}',
        '{"sentences": [{"text": "甲", "cites": ["一"]}]}',
        '{"sentences": [], "note": "多了一项"}',
    ],
)
def test_another_shape_is_no_reply(model: ScriptedModel, text: str) -> None:
    model.script = lambda _asked: Reply(text)
    with pytest.raises(WriterUnavailable):
        ModelWriter(chat_with(model)).write("问", (Numbered("", "办这件事不收费。"),))


def test_after_failures_in_a_row_it_rests_and_is_tried_again(model: ScriptedModel) -> None:
    clock = Clock()
    chat = chat_with(model, clock, failures=2)
    model.script = lambda _asked: Reply("", Manner.ERROR)
    for _ in range(5):
        with pytest.raises(WriterUnavailable):
            chat.reply("做", "说", 0.5)
    assert len(model.asked) == 2
    clock.now = 31
    model.script = lambda _asked: Reply("好")
    assert chat.reply("做", "说", 0.5) == "好"
    assert chat.reply("做", "说", 0.5) == "好"


def test_a_breaker_lets_one_call_try_while_the_others_rest() -> None:
    clock = Clock()
    breaker = Breaker(1, 10, clock)
    breaker.went(well=False)
    assert not breaker.lets_through()
    clock.now = 10
    assert [breaker.lets_through(), breaker.lets_through()] == [True, False]
    breaker.went(well=True)
    assert breaker.lets_through()


def test_a_budget_is_of_the_last_hour() -> None:
    clock = Clock()
    budget = Budget(100, clock)
    budget.spend(90)
    assert budget.allows(10)
    assert not budget.allows(11)
    clock.now = 3600
    assert budget.allows(100)


def test_beyond_the_budget_nothing_is_sent(model: ScriptedModel) -> None:
    with pytest.raises(WriterUnavailable):
        chat_with(model, tokens=1000).reply("做", "说", 0.5)
    assert model.asked == []


@pytest.mark.parametrize(
    ("words", "covered"),
    [
        ("身份证430102199003070013", "身份证〔号码〕"),
        ("打13800138000", "打〔手机号〕"),
        ("写到a.b@example.com", "写到〔邮箱〕"),
        ("看https://a.example/b?c=1，行不", "看〔网址〕，行不"),
        ("www.example.cn 上办", "〔网址〕 上办"),
    ],
)
def test_every_request_passes_the_gate(model: ScriptedModel, words: str, covered: str) -> None:
    assert clean(words) == covered
    model.script = lambda _asked: Reply("好")
    chat_with(model).reply("做", words, 0.5)
    assert model.asked[0].words == covered


def test_a_passage_is_told_in_its_number(model: ScriptedModel) -> None:
    given: Sequence[Numbered] = (Numbered("", "甲。"), Numbered("", "乙。"))
    said = ModelWriter(chat_with(model)).write("问", given)
    assert [(one.text, one.cites) for one in said] == [("甲。", (1,)), ("乙。", (2,))]
