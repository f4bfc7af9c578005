"""Open the database so that several threads may use it and a reader never waits for a writer."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_MS = 10_000
"""How long a writer waits for another one, milliseconds."""


def open_engine(file: Path) -> Engine:
    """Open (or make) the SQLite file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(f"sqlite:///{file}", connect_args={"check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _set_up(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for pragma in ("journal_mode = wal", "synchronous = normal", "secure_delete = on", f"busy_timeout = {BUSY_MS}"):
            cursor.execute(f"pragma {pragma}")
        cursor.close()

    return engine
