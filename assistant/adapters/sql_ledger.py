"""The ledger in a SQL database (SQLite, PostgreSQL): answers as given; written once, never changed."""

from __future__ import annotations

from sqlalchemy import Column, Engine, MetaData, String, Table, Text, insert, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from assistant.ports import LedgerUnavailable
from assistant.views import AnswerRecord

_METADATA = MetaData()
_ANSWERS = Table(
    "assistant_answers",
    _METADATA,
    Column("answer_id", String(128), primary_key=True),
    Column("given_at", String(40), nullable=False),
    Column("record", Text, nullable=False),
)


class SqlLedger:
    """Append-only: there is no way here to change or delete an answer."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        try:
            _METADATA.create_all(engine)
        except SQLAlchemyError as error:
            raise LedgerUnavailable("答复库打不开") from error

    def record(self, record: AnswerRecord) -> None:
        """Keep an answer; an id can be written once, a second time is a mistake of the caller (ValueError)."""
        row = {
            "answer_id": record.answer.answer_id,
            "given_at": record.given_at.isoformat(),
            "record": record.model_dump_json(),
        }
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(_ANSWERS).values(**row))
        except IntegrityError as error:
            raise ValueError(f"answer {record.answer.answer_id} is recorded already") from error
        except SQLAlchemyError as error:
            raise LedgerUnavailable("答复存不进去") from error

    def get(self, answer_id: str) -> AnswerRecord | None:
        """Give the answer exactly as it was recorded, or None for an unknown id."""
        query = select(_ANSWERS.c.record).where(_ANSWERS.c.answer_id == answer_id)
        try:
            with self._engine.connect() as connection:
                found = connection.execute(query).scalar_one_or_none()
        except SQLAlchemyError as error:
            raise LedgerUnavailable("答复读不出来") from error
        return None if found is None else AnswerRecord.model_validate_json(found)
