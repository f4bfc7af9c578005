"""Conversations in a SQL database (SQLite, PostgreSQL): masked words and facts, forgotten on time."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import Column, Engine, Integer, MetaData, String, Table, Text, delete, func, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from assistant.model import Aspect, Turn
from assistant.ports import ConversationsUnavailable
from guides.condition import Value
from guides.situation import UNSURE, DateRange, Fact, FactValue, Origin, Unsure, parse_day, plain

_METADATA = MetaData()
_TURNS = Table(
    "assistant_turns",
    _METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("conversation", String(128), nullable=False, index=True),
    Column("keep_until", String(32), nullable=False, index=True),
    Column("turn", Text, nullable=False),
)


class _FactRow(Value):
    value: bool | float | str
    kind: Literal["plain", "day", "unsure"]
    origin: Origin
    words: str


class _TurnRow(Value):
    question: str
    at: datetime
    matter: str
    region: str
    facts: dict[str, _FactRow]
    asked: str
    outcome: str
    aspects: tuple[Aspect, ...]


class SqlConversations:
    """Turns in order; a conversation is deleted as a whole, by its holder or when its time is up."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        try:
            _METADATA.create_all(engine)
        except SQLAlchemyError as error:
            raise ConversationsUnavailable("对话库打不开") from error

    def turns(self, conversation: str) -> tuple[Turn, ...]:
        """Give the turns of a conversation, oldest first; empty for an unknown one."""
        query = select(_TURNS.c.turn).where(_TURNS.c.conversation == conversation).order_by(_TURNS.c.number)
        try:
            with self._engine.connect() as connection:
                rows = connection.execute(query).scalars().all()
        except SQLAlchemyError as error:
            raise ConversationsUnavailable("对话读不出来") from error
        return tuple(_turn(_TurnRow.model_validate_json(row)) for row in rows)

    def append(self, conversation: str, turn: Turn, keep_until: datetime) -> None:
        """Add a turn; the whole conversation is then kept until `keep_until`."""
        until = _stamp(keep_until)
        try:
            with self._engine.begin() as connection:
                connection.execute(update(_TURNS).where(_TURNS.c.conversation == conversation).values(keep_until=until))
                row = _row(turn).model_dump_json()
                connection.execute(insert(_TURNS).values(conversation=conversation, keep_until=until, turn=row))
        except SQLAlchemyError as error:
            raise ConversationsUnavailable("对话存不进去") from error

    def forget(self, conversation: str) -> None:
        """Forget a conversation at once; an unknown one is harmless."""
        try:
            with self._engine.begin() as connection:
                connection.execute(delete(_TURNS).where(_TURNS.c.conversation == conversation))
        except SQLAlchemyError as error:
            raise ConversationsUnavailable("对话删不掉") from error

    def sweep(self, now: datetime) -> int:
        """Forget every conversation whose time is up and give their number."""
        over = _TURNS.c.keep_until <= _stamp(now)
        try:
            with self._engine.begin() as connection:
                count = connection.execute(
                    select(func.count(func.distinct(_TURNS.c.conversation))).where(over)
                ).scalar_one()
                connection.execute(delete(_TURNS).where(over))
        except SQLAlchemyError as error:
            raise ConversationsUnavailable("到期的对话没清掉") from error
        return int(count)


def _stamp(moment: datetime) -> str:
    """Give a moment as text that sorts by time, whatever its zone."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _row(turn: Turn) -> _TurnRow:
    return _TurnRow(
        question=turn.question,
        at=turn.at,
        matter=turn.matter,
        region=turn.region,
        facts={
            name: _FactRow(value=plain(fact.value), kind=_kind(fact.value), origin=fact.origin, words=fact.words)
            for name, fact in turn.facts.items()
        },
        asked=turn.asked,
        outcome=turn.outcome,
        aspects=turn.aspects,
    )


def _kind(value: FactValue) -> Literal["plain", "day", "unsure"]:
    if isinstance(value, Unsure):
        return "unsure"
    return "plain" if isinstance(value, bool | str | int | float) else "day"


def _turn(row: _TurnRow) -> Turn:
    facts = {name: Fact(_value(fact), fact.origin, fact.words) for name, fact in row.facts.items()}
    return Turn(row.question, row.at, row.matter, row.region, facts, row.asked, row.outcome, row.aspects)


def _value(row: _FactRow) -> FactValue:
    if row.kind == "unsure":
        return UNSURE
    if row.kind == "day":
        day = parse_day(str(row.value))
        return day.earliest if isinstance(day, DateRange) and day.earliest == day.latest else day
    return row.value
