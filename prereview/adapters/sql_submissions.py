"""The register of submissions in SQL: SQLite by default, any SQLAlchemy URL. It holds no name and no value."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import sqlalchemy as sql
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from prereview.model import FileState, Submission, SubmittedFile
from prereview.ports import SubmissionInvalid, SubmissionsUnavailable

_GONE = "没有找到这次预审，可能已经删除或者过了保存期限，请重新上传。"

_TABLES = sql.MetaData()
_SUBMISSIONS = sql.Table(
    "prereview_submission",
    _TABLES,
    sql.Column("id", sql.String, primary_key=True),
    sql.Column("bundle", sql.String, nullable=False),
    sql.Column("region", sql.String, nullable=False),
    sql.Column("created", sql.Float, nullable=False),
    sql.Column("deadline", sql.Float, nullable=False, index=True),
    sql.Column("planned", sql.String, nullable=False),
    sql.Column("consents", sql.Text, nullable=False),
)
_FILES = sql.Table(
    "prereview_file",
    _TABLES,
    sql.Column("number", sql.Integer, primary_key=True, autoincrement=True),
    sql.Column("submission", sql.ForeignKey(_SUBMISSIONS.c.id, ondelete="CASCADE"), nullable=False, index=True),
    sql.Column("id", sql.String, nullable=False),
    sql.Column("digest", sql.String, nullable=False),
    sql.Column("size", sql.Integer, nullable=False),
    sql.Column("media_type", sql.String, nullable=False),
    sql.Column("state", sql.String, nullable=False, index=True),
    sql.Column("requirement", sql.String, nullable=False),
    sql.Column("attempts", sql.Integer, nullable=False),
    sql.UniqueConstraint("submission", "id"),
)


class SqlSubmissions:
    """Submissions and their files as rows; every method is one transaction. Times are given, aware of their zone."""

    def __init__(self, url: str) -> None:
        self._engine = sql.create_engine(url)
        if self._engine.dialect.name == "sqlite":
            sql.event.listen(self._engine, "connect", _prepare_sqlite)
        with _database():
            _TABLES.create_all(self._engine)

    def add(self, submission: Submission) -> None:
        """Enter a new submission; an id already taken is SubmissionInvalid."""
        try:
            with _database(), self._engine.begin() as connection:
                connection.execute(
                    _SUBMISSIONS.insert().values(
                        id=submission.id,
                        bundle=submission.bundle,
                        region=submission.region,
                        created=_stamp(submission.created),
                        deadline=_stamp(submission.deadline),
                        planned=submission.planned.isoformat(),
                        consents=json.dumps(submission.consents, ensure_ascii=False),
                    )
                )
        except IntegrityError as taken:
            raise SubmissionInvalid("taken", "这次预审已经建过了，请刷新页面。") from taken
        for file in submission.files:
            self.add_file(submission.id, file)

    def get(self, submission: str, now: datetime) -> Submission:
        """Give a submission with its files; raises SubmissionInvalid when unknown or past its deadline."""
        with _database(), self._engine.connect() as connection:
            row = connection.execute(_SUBMISSIONS.select().where(_SUBMISSIONS.c.id == submission)).one_or_none()
            files = connection.execute(
                _FILES.select().where(_FILES.c.submission == submission).order_by(_FILES.c.number)
            ).all()
        if row is None or row.deadline <= _stamp(now):
            raise SubmissionInvalid("unknown", _GONE)
        return Submission(
            id=row.id,
            bundle=row.bundle,
            region=row.region,
            created=datetime.fromtimestamp(row.created, UTC),
            deadline=datetime.fromtimestamp(row.deadline, UTC),
            planned=date.fromisoformat(row.planned),
            consents=tuple(json.loads(row.consents)),
            files=tuple(
                SubmittedFile(
                    id=one.id,
                    digest=one.digest,
                    size=one.size,
                    media_type=one.media_type,
                    state=FileState(one.state),
                    requirement=one.requirement,
                    attempts=one.attempts,
                )
                for one in files
            ),
        )

    def add_file(self, submission: str, file: SubmittedFile) -> None:
        """Enter a file; one that is entered already is replaced."""
        try:
            with _database(), self._engine.begin() as connection:
                connection.execute(_FILES.delete().where(_one(submission, file.id)))
                connection.execute(
                    _FILES.insert().values(
                        submission=submission,
                        id=file.id,
                        digest=file.digest,
                        size=file.size,
                        media_type=file.media_type,
                        state=file.state.value,
                        requirement=file.requirement,
                        attempts=file.attempts,
                    )
                )
        except IntegrityError as gone:
            raise SubmissionInvalid("unknown", _GONE) from gone

    def set_state(self, submission: str, file: str, state: FileState) -> None:
        """Note how far a file has come; READING also counts the attempt."""
        begun = 1 if state is FileState.READING else 0
        with _database(), self._engine.begin() as connection:
            changed = connection.execute(
                _FILES.update()
                .where(_one(submission, file))
                .values(state=state.value, attempts=_FILES.c.attempts + begun)
            )
        if changed.rowcount == 0:
            raise SubmissionInvalid("unknown", _GONE)

    def remove_file(self, submission: str, file: str) -> None:
        """Strike a file out; harmless when it is not entered."""
        with _database(), self._engine.begin() as connection:
            connection.execute(_FILES.delete().where(_one(submission, file)))

    def extend(self, submission: str, deadline: datetime) -> None:
        """Set another deadline; the caller has bounded it."""
        with _database(), self._engine.begin() as connection:
            changed = connection.execute(
                _SUBMISSIONS.update().where(_SUBMISSIONS.c.id == submission).values(deadline=_stamp(deadline))
            )
        if changed.rowcount == 0:
            raise SubmissionInvalid("unknown", _GONE)

    def delete(self, submission: str) -> None:
        """Strike a submission and its files out; harmless when already done."""
        with _database(), self._engine.begin() as connection:
            connection.execute(_FILES.delete().where(_FILES.c.submission == submission))
            connection.execute(_SUBMISSIONS.delete().where(_SUBMISSIONS.c.id == submission))

    def expired(self, now: datetime) -> tuple[str, ...]:
        """Give the ids whose deadline has passed."""
        with _database(), self._engine.connect() as connection:
            rows = connection.execute(
                sql.select(_SUBMISSIONS.c.id)
                .where(_SUBMISSIONS.c.deadline <= _stamp(now))
                .order_by(_SUBMISSIONS.c.deadline)
            ).all()
        return tuple(row.id for row in rows)

    def waiting(self) -> tuple[tuple[str, str], ...]:
        """Give (submission, file) of all files RECEIVED or left READING, oldest first."""
        unread = (FileState.RECEIVED.value, FileState.READING.value)
        with _database(), self._engine.connect() as connection:
            rows = connection.execute(
                sql.select(_FILES.c.submission, _FILES.c.id).where(_FILES.c.state.in_(unread)).order_by(_FILES.c.number)
            ).all()
        return tuple((row.submission, row.id) for row in rows)

    def ids(self) -> frozenset[str]:
        """Give the ids of all submissions entered."""
        with _database(), self._engine.connect() as connection:
            return frozenset(row.id for row in connection.execute(sql.select(_SUBMISSIONS.c.id)).all())

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()


def _one(submission: str, file: str) -> sql.ColumnElement[bool]:
    return sql.and_(_FILES.c.submission == submission, _FILES.c.id == file)


def _stamp(moment: datetime) -> float:
    if moment.tzinfo is None:
        raise ValueError("a moment has a time zone")
    return moment.timestamp()


def _prepare_sqlite(connection: sql.engine.interfaces.DBAPIConnection, _record: object) -> None:
    """Write ahead (readers never wait), keep references, and let deleted rows leave the file."""
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "secure_delete=ON", "busy_timeout=5000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@contextmanager
def _database() -> Iterator[None]:
    try:
        yield
    except IntegrityError:
        raise
    except SQLAlchemyError as error:
        raise SubmissionsUnavailable(f"the register did not answer: {type(error).__name__}") from error
