"""The editorial room in a SQL database: versions, releases, stops, the record, and who may enter."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import (
    Boolean,
    Column,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.engine import Connection

from channels.editing.model import OPEN, Editor, Event, Release, Role, Stop, Version

SESSION = timedelta(hours=12)
"""How long a session lasts after its last use: one working day."""
ONE_TIME = timedelta(days=3)
"""How long a one-time password may be used: over a weekend, not longer."""

_METADATA = MetaData()
_EDITORS = Table(
    "editing_editors",
    _METADATA,
    Column("name", String(60), primary_key=True),
    Column("role", String(20), nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("fresh", Boolean, nullable=False),
    Column("given", String(40), nullable=False),
)
_SESSIONS = Table(
    "editing_sessions",
    _METADATA,
    Column("token", String(64), primary_key=True),
    Column("name", String(60), nullable=False),
    Column("seen", String(40), nullable=False),
)
_VERSIONS = Table(
    "editing_versions",
    _METADATA,
    Column("guide", String(120), nullable=False),
    Column("number", Integer, nullable=False),
    Column("body", Text, nullable=False),
    UniqueConstraint("guide", "number"),
)


def _columns() -> tuple[Column[int], Column[str], Column[str]]:
    return (
        Column("id", Integer, primary_key=True, autoincrement=True),
        Column("guide", String(120), nullable=False),
        Column("body", Text, nullable=False),
    )


_RELEASES = Table("editing_releases", _METADATA, *_columns())
_STOPS = Table("editing_stops", _METADATA, *_columns())
_EVENTS = Table("editing_events", _METADATA, *_columns())


class SqlEditorial:
    """Keeps everything the editorial room remembers; nothing of a publication is ever overwritten or deleted."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        _METADATA.create_all(engine)

    # --- who may enter

    def add_editor(self, name: str, role: Role, password: str, now: datetime) -> None:
        """Make an account, or give an existing one this role and a new one-time password."""
        salt = secrets.token_bytes(16)
        row = {"role": role.value, "salt": salt, "digest": _hashed(password, salt), "fresh": True}
        with self._engine.begin() as at:
            at.execute(delete(_EDITORS).where(_EDITORS.c.name == name))
            at.execute(delete(_SESSIONS).where(_SESSIONS.c.name == name))
            at.execute(insert(_EDITORS).values(name=name, given=now.isoformat(), **row))

    def remove_editor(self, name: str) -> bool:
        """Close an account and its sessions; False where there is none."""
        with self._engine.begin() as at:
            at.execute(delete(_SESSIONS).where(_SESSIONS.c.name == name))
            return bool(at.execute(delete(_EDITORS).where(_EDITORS.c.name == name)).rowcount)

    def editors(self) -> tuple[Editor, ...]:
        """List the accounts that may enter."""
        with self._engine.connect() as at:
            rows = at.execute(select(_EDITORS.c.name, _EDITORS.c.role, _EDITORS.c.fresh).order_by(_EDITORS.c.name))
            return tuple(Editor(name=row.name, role=Role(row.role), fresh=row.fresh) for row in rows)

    def set_password(self, name: str, password: str) -> None:
        """Give an account its own password; it is fresh no more."""
        salt = secrets.token_bytes(16)
        values = {"salt": salt, "digest": _hashed(password, salt), "fresh": False}
        with self._engine.begin() as at:
            at.execute(update(_EDITORS).where(_EDITORS.c.name == name).values(**values))

    def verify(self, name: str, password: str, now: datetime) -> Editor | None:
        """Give the account this password opens; an unknown name takes as long as a wrong password."""
        with self._engine.connect() as at:
            row = at.execute(select(_EDITORS).where(_EDITORS.c.name == name)).one_or_none()
        salt, digest = (row.salt, row.digest) if row is not None else (b"no such account.", b"")
        right = secrets.compare_digest(_hashed(password, salt), digest)
        if row is None or not right:
            return None
        if row.fresh and now - datetime.fromisoformat(row.given) > ONE_TIME:
            return None
        return Editor(name=row.name, role=Role(row.role), fresh=row.fresh)

    def open_session(self, name: str, token: str, now: datetime) -> None:
        """Remember a session; only a digest of the token is kept."""
        with self._engine.begin() as at:
            at.execute(delete(_SESSIONS).where(_SESSIONS.c.seen < (now - SESSION).isoformat()))
            at.execute(insert(_SESSIONS).values(token=_token(token), name=name, seen=now.isoformat()))

    def session(self, token: str, now: datetime) -> Editor | None:
        """Give who holds this session, while it lasts; each use makes it last again."""
        with self._engine.begin() as at:
            row = at.execute(
                select(_SESSIONS.c.seen, _EDITORS.c.name, _EDITORS.c.role, _EDITORS.c.fresh)
                .join(_EDITORS, _EDITORS.c.name == _SESSIONS.c.name)
                .where(_SESSIONS.c.token == _token(token))
            ).one_or_none()
            if row is None or now - datetime.fromisoformat(row.seen) > SESSION:
                return None
            at.execute(update(_SESSIONS).where(_SESSIONS.c.token == _token(token)).values(seen=now.isoformat()))
        return Editor(name=row.name, role=Role(row.role), fresh=row.fresh)

    def close_session(self, token: str) -> None:
        """Forget a session."""
        with self._engine.begin() as at:
            at.execute(delete(_SESSIONS).where(_SESSIONS.c.token == _token(token)))

    # --- versions

    def versions(self, guide: str) -> tuple[Version, ...]:
        """Give the versions of a guide in order of their numbers."""
        query = select(_VERSIONS.c.body).where(_VERSIONS.c.guide == guide).order_by(_VERSIONS.c.number)
        with self._engine.connect() as at:
            return tuple(Version.model_validate_json(body) for body in at.execute(query).scalars())

    def put(self, version: Version, event: Event | None = None) -> None:
        """Keep a version as it is now, with its line in the record; what was published never changes (ValueError)."""
        mine = (_VERSIONS.c.guide == version.guide) & (_VERSIONS.c.number == version.number)
        with self._engine.begin() as at:
            held = at.execute(select(_VERSIONS.c.body).where(mine)).scalar_one_or_none()
            if held is None:
                row = {"guide": version.guide, "number": version.number, "body": version.model_dump_json()}
                at.execute(insert(_VERSIONS).values(**row))
            else:
                was = Version.model_validate_json(held)
                if was.state not in OPEN and was.digest != version.digest:
                    raise ValueError(f"{version.guide} {version.number} is published and never changes")
                at.execute(update(_VERSIONS).where(mine).values(body=version.model_dump_json()))
            _note(at, event)

    # --- releases and stops

    def releases(self) -> tuple[Release, ...]:
        """Give every release, oldest first."""
        with self._engine.connect() as at:
            rows = at.execute(select(_RELEASES.c.id, _RELEASES.c.body).order_by(_RELEASES.c.id))
            return tuple(Release.model_validate_json(row.body).model_copy(update={"id": row.id}) for row in rows)

    def release(self, release: Release, event: Event) -> None:
        """Keep a release."""
        with self._engine.begin() as at:
            at.execute(insert(_RELEASES).values(guide=release.guide, body=release.model_dump_json()))
            _note(at, event)

    def cancel(self, release: int, event: Event) -> None:
        """Cancel a release."""
        with self._engine.begin() as at:
            body = at.execute(select(_RELEASES.c.body).where(_RELEASES.c.id == release)).scalar_one()
            done = Release.model_validate_json(body).model_copy(update={"cancelled": True})
            at.execute(update(_RELEASES).where(_RELEASES.c.id == release).values(body=done.model_dump_json()))
            _note(at, event)

    def stops(self) -> tuple[Stop, ...]:
        """Give the stops that are on."""
        with self._engine.connect() as at:
            rows = at.execute(select(_STOPS.c.id, _STOPS.c.body).order_by(_STOPS.c.id))
            found = [Stop.model_validate_json(row.body).model_copy(update={"id": row.id}) for row in rows]
        return tuple(stop for stop in found if stop.lifted_at is None)

    def stop(self, stop: Stop, event: Event) -> None:
        """Stop a guide."""
        with self._engine.begin() as at:
            at.execute(insert(_STOPS).values(guide=stop.guide, body=stop.model_dump_json()))
            _note(at, event)

    def lift(self, stop: int, event: Event) -> None:
        """Lift a stop."""
        with self._engine.begin() as at:
            body = at.execute(select(_STOPS.c.body).where(_STOPS.c.id == stop)).scalar_one()
            lifted = Stop.model_validate_json(body).model_copy(update={"lifted_at": event.at, "lifted_by": event.by})
            at.execute(update(_STOPS).where(_STOPS.c.id == stop).values(body=lifted.model_dump_json()))
            _note(at, event)

    def note(self, event: Event) -> None:
        """Write a line into the record."""
        with self._engine.begin() as at:
            _note(at, event)

    def events(self, guide: str) -> tuple[Event, ...]:
        """Give the record of a guide, newest first."""
        query = select(_EVENTS.c.body).where(_EVENTS.c.guide == guide).order_by(_EVENTS.c.id.desc())
        with self._engine.connect() as at:
            return tuple(Event.model_validate_json(body) for body in at.execute(query).scalars())


def _note(at: Connection, event: Event | None) -> None:
    if event is not None:
        at.execute(insert(_EVENTS).values(guide=event.guide, body=event.model_dump_json()))


def _hashed(password: str, salt: bytes) -> bytes:
    # 16 MiB and about 50 ms a guess: the lower end of what is advised for passwords of people.
    return hashlib.scrypt(password.encode(), salt=salt, n=2**14, r=8, p=1)


def _token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
