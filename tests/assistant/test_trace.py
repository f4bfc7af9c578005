"""An answer can be opened again as it was given, and says whether its sources changed since."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from assistant.ports import SourceText
from assistant.present import view
from assistant.trace import Change, reopen
from assistant.views import AnswerView
from guides.model import Citation
from tests.assistant.desk import AT, NoTexts, Talk

QUESTION = "宝宝上周在长沙出生，我是湖北户口，她爸是长沙户口，要带什么"


def test_the_ledger_gives_back_exactly_what_was_given(talk: Talk) -> None:
    answer = talk.ask(QUESTION)
    record = talk.ledger.get(answer.answer_id)
    assert record is not None
    assert record.answer == view(answer, talk.library.sources)
    assert AnswerView.model_validate_json(record.answer.model_dump_json()) == record.answer
    assert record.answer.checklist is not None
    assert record.answer.checklist.digests.guide
    assert {(p.source, p.locator) for p in record.pins} == {
        (c.source, c.locator) for s in answer.statements for c in s.citations
    }


def test_every_sentence_reopens_beside_its_source(talk: Talk) -> None:
    answer = talk.ask(QUESTION)
    record = talk.ledger.get(answer.answer_id)
    assert record is not None
    traced = reopen(record, talk.library, talk.texts)
    assert not traced.changed
    assert [one.statement.text for one in traced.statements] == [s.text for s in answer.statements]
    for statement in traced.statements:
        for cited in statement.citations:
            assert cited.change is Change.SAME
            assert cited.words or not talk.texts.holds(cited.citation.source)


class Amended(NoTexts):
    """The archive after a source was amended: every clause has other words."""

    def at(self, citation: Citation) -> SourceText | None:
        return SourceText("改过的条文", "new")

    def holds(self, source: str) -> bool:
        return True


class Repealed(NoTexts):
    """The archive after the clause was taken out."""

    def holds(self, source: str) -> bool:
        return True


@pytest.mark.parametrize(("texts", "change"), [(Amended(), Change.CHANGED), (Repealed(), Change.GONE)])
def test_a_changed_source_is_said_so(talk: Talk, texts: NoTexts, change: Change) -> None:
    answer = talk.ask(QUESTION)
    record = talk.ledger.get(answer.answer_id)
    assert record is not None
    traced = reopen(record, talk.library, texts)
    assert traced.changed
    assert {cited.change for one in traced.statements for cited in one.citations} == {change}


def test_a_source_struck_from_the_registry_is_gone(talk: Talk) -> None:
    answer = talk.ask("宝宝上户口要钱吗")
    record = talk.ledger.get(answer.answer_id)
    assert record is not None
    empty = replace(talk.library, sources={})
    assert reopen(record, empty, talk.texts).changed


def test_an_answer_is_written_once(talk: Talk) -> None:
    answer = talk.ask("宝宝上户口要钱吗")
    record = talk.ledger.get(answer.answer_id)
    assert record is not None
    with pytest.raises(ValueError, match="already"):
        talk.ledger.record(record)
    assert talk.ledger.get("no-such-answer") is None


def test_conversations_are_forgotten_on_time(bare_talk: Talk) -> None:
    bare_talk.ask(QUESTION, "keep")
    assert len(bare_talk.conversations.turns("keep")) == 1
    assert bare_talk.conversations.sweep(AT + timedelta(hours=23)) == 0
    assert bare_talk.conversations.sweep(AT + timedelta(hours=24)) == 1
    assert bare_talk.conversations.turns("keep") == ()


def test_a_conversation_can_be_forgotten_at_once(bare_talk: Talk) -> None:
    bare_talk.ask(QUESTION, "mine")
    bare_talk.ask(QUESTION, "other")
    bare_talk.conversations.forget("mine")
    bare_talk.conversations.forget("unknown")
    assert bare_talk.conversations.turns("mine") == ()
    assert len(bare_talk.conversations.turns("other")) == 1


def test_facts_survive_the_store_unchanged(bare_talk: Talk) -> None:
    first = bare_talk.ask(QUESTION, "facts")
    turn = bare_talk.conversations.turns("facts")[0]
    stated = {one.fact: one.value for one in first.understood if not one.assumed}
    assert {name: fact.value for name, fact in turn.facts.items()} == stated
