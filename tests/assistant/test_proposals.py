"""What a model proposes is taken only where it was offered, was said, and says just that; the rules stand beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from assistant.adapters.langchain_chat import LangChainChat
from assistant.adapters.model_limits import ModelLimits
from assistant.adapters.model_rewriter import ModelRewriter
from assistant.adapters.model_router import ModelRouter
from assistant.adapters.rules_router import RulesRouter
from assistant.ports import WriterUnavailable
from assistant.steps.rewrite import says_only
from evals.lies.server import Reply, ScriptedModel, serving
from tests.contracts.assistant_ports import OFFERS, RouterExam

SILENT = Reply("{}")


@pytest.fixture
def model() -> Iterator[ScriptedModel]:
    with serving(lambda _asked: SILENT) as running:
        yield running


@pytest.fixture
def chat(model: ScriptedModel) -> LangChainChat:
    return LangChainChat(model.url, "scripted", "", ModelLimits(seconds=40.0, retries=0))


class TestModelRouter(RouterExam):
    @pytest.fixture
    def router(self, chat: LangChainChat) -> ModelRouter:
        return ModelRouter(RulesRouter(), chat)


def says(model: ScriptedModel, reply: dict[str, object]) -> None:
    model.script = lambda _asked: Reply(json.dumps(reply, ensure_ascii=False))


UNHEARD = "家里老人到岁数不想干了"


@pytest.mark.parametrize(
    ("n", "words", "offered"),
    [
        (2, "不想干了", ("retirement",)),
        (0, "不想干了", ()),
        (3, "不想干了", ()),
        (-1, "不想干了", ()),
        (2, "想领养老金", ()),
        (2, "", ()),
    ],
)
def test_a_proposed_matter_is_offered_and_never_decided(
    model: ScriptedModel, chat: LangChainChat, n: int, words: str, offered: tuple[str, ...]
) -> None:
    says(model, {"n": n, "words": words})
    routed = ModelRouter(RulesRouter(), chat).route(UNHEARD, OFFERS)
    assert (routed.id, routed.candidates) == ("", offered)


def test_a_model_is_not_asked_where_the_rules_are_sure_and_sees_no_ids(
    model: ScriptedModel, chat: LangChainChat
) -> None:
    router = ModelRouter(RulesRouter(), chat)
    assert router.route("我想办退休", OFFERS).id == "retirement"
    assert model.asked == []
    router.route(UNHEARD, OFFERS)
    assert "retirement" not in model.asked[0].words


TOLD = "她是外省过来的，俩人还没领证呢先生了娃"


def test_a_rewritten_question_says_only_what_was_said(model: ScriptedModel, chat: LangChainChat) -> None:
    says(model, {"question": "给孩子上户口，我老婆是外省户口"})
    assert (
        ModelRewriter(chat).rewrite("那我老婆是外省户口呢", ("给孩子上户口要带什么",))
        == "给孩子上户口，我老婆是外省户口"
    )
    model.script = lambda _asked: Reply("不是 JSON")
    with pytest.raises(WriterUnavailable):
        ModelRewriter(chat).rewrite("那我老婆呢", ("给孩子上户口",))


@pytest.mark.parametrize(
    ("rewritten", "fits"),
    [
        ("老婆外省户口，给孩子上户口需要带什么", True),
        ("老婆外省户口给孩子上户口要收50元吗", False),
        ("给孩子上户口要带什么", False),
        ("", False),
    ],
)
def test_what_was_not_said_stands_in_no_rewritten_question(rewritten: str, fits: bool) -> None:
    assert says_only(rewritten, ("老婆外省户口呢", "给孩子上户口要带什么")) is fits
