"""The product with a model behind it: labelled where it worded, complete where it fails, absent by default."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from channels.http.app import create_app
from channels.settings import SettingsInvalid, read_settings
from channels.wiring import House, open_house
from evals.lies.server import Asked, Manner, Reply, ScriptedModel, serving
from evals.lies.telling import Lie, passages, proposals, told

ON = date(2026, 11, 22)
ASKED = "新生儿出生一件事要收费吗"
FILED = "示例大模型（备案号：示例-1）"
PERSONAL = (
    "我叫王小明，身份证430102199003070013，电话138-0013-8000，看 https://example.cn/a?id=7 ，新生儿出生一件事要收费吗"
)


def polite(asked: Asked) -> Reply:
    given = passages(asked)
    sentences = [{"text": f"您好，{text}", "cites": [n]} for n, text in enumerate(given, 1)]
    return Reply(json.dumps({"sentences": sentences}, ensure_ascii=False))


@pytest.fixture(scope="module")
def model() -> Iterator[ScriptedModel]:
    with serving(polite) as running:
        yield running


@pytest.fixture(scope="module")
def house(model: ScriptedModel, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    settings = read_settings(
        {
            "BANCHENG_HOME": str(tmp_path_factory.mktemp("home")),
            "BANCHENG_MODEL_URL": model.url,
            "BANCHENG_MODEL": "scripted",
            "BANCHENG_MODEL_KEY": "a-secret-key",
            "BANCHENG_MODEL_FILING": FILED,
        }
    )
    opened = open_house(settings)
    yield opened
    opened.close()


def test_a_sentence_a_model_worded_says_so_everywhere(house: House, model: ScriptedModel) -> None:
    model.script = polite
    client = TestClient(create_app(house.settings, house), headers={"origin": "http://testserver"})
    page = client.post("/chat", data={"question": ASKED}).text
    assert page.count("〔AI 改写〕") == page.count("您好，办这件事") + page.count("您好，选择邮寄")
    assert FILED in page
    answer = house.view(house.ask(ASKED, on=ON))
    assert answer.model == FILED
    for statement in answer.statements:
        worded = statement.text.startswith("您好，")
        assert (statement.origin, statement.label) == (
            ("model", "AI 改写") if worded else (statement.origin, statement.label)
        )
        assert worded or statement.label != "AI 改写"
    record = house.record(answer.answer_id)
    assert record is not None
    assert record.answer == answer


@pytest.mark.parametrize("manner", [Manner.HALF, Manner.ERROR, Manner.GARBLED])
def test_where_a_model_fails_the_rules_answer(house: House, model: ScriptedModel, manner: Manner) -> None:
    model.script = lambda asked: Reply(polite(asked).text, manner)
    failed = house.view(house.ask(ASKED, on=ON))
    assert {one.label for one in failed.statements} <= {"按规则生成，依据见条款", "依据原文"}
    assert failed.model == ""
    model.script = lambda asked: told(None, passages(asked))
    plain = house.view(house.ask(ASKED, on=ON))
    assert [one.text for one in failed.statements] == [one.text for one in plain.statements]


def test_a_sentence_repeated_word_for_word_is_not_called_a_models(house: House, model: ScriptedModel) -> None:
    model.script = lambda asked: told(None, passages(asked))
    assert all(one.origin != "model" for one in house.view(house.ask(ASKED, on=ON)).statements)


@pytest.mark.parametrize("cites", [(), (0,), (99,), (-1,)])
def test_a_passage_that_does_not_exist_supports_nothing(
    house: House, model: ScriptedModel, cites: tuple[int, ...]
) -> None:
    model.script = lambda asked: told(Lie(1, f"您好，{passages(asked)[0]}", cites), passages(asked))
    assert all(one.origin != "model" for one in house.view(house.ask(ASKED, on=ON)).statements)


def test_nothing_of_a_person_reaches_a_model(house: House, model: ScriptedModel) -> None:
    model.script = polite
    before = len(model.asked)
    house.ask(PERSONAL, on=ON)
    sent = model.asked[before:]
    assert sent
    ids = set(house.library.sources) | {m.id for g in house.library.guides for m in g.materials}
    for one in sent:
        assert not re.search(r"[0-9]{11,}|138-0013|王小明|https?://|example\.cn", one.words)
        words = set(re.findall(r"[a-z]+_[a-z_]+", one.words))
        assert not words & ids


def test_the_key_is_never_shown(house: House) -> None:
    assert "a-secret-key" not in repr(house.settings)
    assert "a-secret-key" not in house.settings.model_dump_json()


def test_an_address_needs_a_name() -> None:
    with pytest.raises(SettingsInvalid) as refused:
        read_settings({"BANCHENG_MODEL_URL": "http://127.0.0.1:1/v1"})
    assert "BANCHENG_MODEL" in refused.value.remedy
    assert read_settings({}).model_shown == ""
    named = read_settings({"BANCHENG_MODEL_URL": "http://127.0.0.1:1/v1", "BANCHENG_MODEL": "qwen"})
    assert named.model_shown == "qwen"


def test_with_nothing_set_no_model_code_is_loaded(tmp_path: Path, root: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from channels.settings import Settings; "
        "from channels.wiring import open_house; "
        f"open_house(Settings.model_validate({{'home': Path({str(tmp_path)!r})}}), ready=False).close(); "
        "print([name for name in sys.modules if name.split('.')[0] in ('openai', 'langchain_openai', 'tiktoken')"
        " or name.startswith('assistant.adapters.model') or name.endswith('langchain_chat')])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_lying_model_changes_no_fact_and_decides_no_matter_in_a_talk(house: House, model: ScriptedModel) -> None:
    def ask(conversation: str, text: str) -> tuple[str, list[tuple[str, bool | float | str]], list[str]]:
        answer = house.view(house.ask(text, on=ON, conversation=conversation))
        facts = [(one.fact, one.value) for one in answer.understood]
        return answer.matter.slug if answer.matter else "", facts, [one.text for one in answer.statements]

    talk = ("给娃上户口要带什么", "我老婆是外省户口", "那要收费吗", "多久能办好")
    model.script = lambda _asked: Reply("", Manner.GARBLED)
    alone = [ask("alone", text) for text in talk]
    model.script = lambda asked: told(None, given) if (given := passages(asked)) else proposals(asked)
    assert [ask("lied-to", text) for text in talk] == alone
