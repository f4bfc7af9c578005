"""Every body of the assistant's ports sits the same exam; a store that is gone says so in the room's own words."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from assistant.adapters.rules_reader import RulesFactReader
from assistant.adapters.rules_router import RulesRouter
from assistant.adapters.sql_conversations import SqlConversations
from assistant.adapters.sql_ledger import SqlLedger
from assistant.adapters.template_writer import TemplateWriter
from assistant.ports import ConversationsUnavailable, LedgerUnavailable
from tests.contracts.assistant_ports import (
    AT,
    ConversationsExam,
    FactReaderExam,
    LedgerExam,
    RouterExam,
    WriterExam,
    record,
    turn,
)


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return create_engine(f"sqlite:///{tmp_path / 'assistant.sqlite'}")


class TestRulesRouter(RouterExam):
    @pytest.fixture
    def router(self) -> RulesRouter:
        return RulesRouter()


class TestRulesFactReader(FactReaderExam):
    @pytest.fixture
    def reader(self) -> RulesFactReader:
        return RulesFactReader()


class TestTemplateWriter(WriterExam):
    @pytest.fixture
    def writer(self) -> TemplateWriter:
        return TemplateWriter()


class TestSqlConversations(ConversationsExam):
    @pytest.fixture
    def conversations(self, engine: Engine) -> SqlConversations:
        return SqlConversations(engine)


class TestSqlLedger(LedgerExam):
    @pytest.fixture
    def ledger(self, engine: Engine) -> SqlLedger:
        return SqlLedger(engine)


def test_a_store_that_is_gone_says_so(engine: Engine) -> None:
    conversations, ledger = SqlConversations(engine), SqlLedger(engine)
    with engine.begin() as connection:
        connection.execute(text("drop table assistant_turns"))
        connection.execute(text("drop table assistant_answers"))
    for call in (
        lambda: conversations.turns("a"),
        lambda: conversations.append("a", turn("一"), AT),
        lambda: conversations.forget("a"),
        lambda: conversations.sweep(AT),
    ):
        with pytest.raises(ConversationsUnavailable):
            call()
    with pytest.raises(LedgerUnavailable):
        ledger.get("a")
    with pytest.raises(LedgerUnavailable):
        ledger.record(record("a"))
