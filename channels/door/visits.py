"""A visit: what one browser is doing here, remembered under an unguessable cookie and forgotten on time.

Nothing personal lies in it: ids of answers and of a submission, the matter, the day. The store keeps only the digest
of the cookie, so a stolen store opens no session.
"""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
import threading
from datetime import date, datetime, timedelta
from pathlib import Path

from guides.condition import Value

KEPT = timedelta(days=7)
"""How long an idle visit is remembered: as long as the longest keeping of uploads."""


class Visit(Value):
    """One browser's visit. `answers` are ids in order; `on` None means today.

    `said` and `trouble` are lines to show once: something done, something that went wrong.
    """

    conversation: str
    region: str
    matter: str = ""
    on: date | None = None
    answers: tuple[str, ...] = ()
    submission: str = ""
    said: str = ""
    trouble: str = ""


def new_token() -> str:
    """Give an id nobody can guess: 128 bits, safe in an address and in the name of a file."""
    return secrets.token_hex(16)


class Visits:
    """The store of visits: one SQLite file; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._database = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._database.execute("pragma journal_mode = wal")
        self._database.execute("create table if not exists visit (id text primary key, seen real, body text)")

    def find(self, token: str, now: datetime) -> Visit | None:
        """Give the visit of this cookie, or None when it is unknown or too old."""
        with self._lock:
            row = self._database.execute(
                "select body from visit where id = ? and seen > ?", (_digest(token), (now - KEPT).timestamp())
            ).fetchone()
        return None if row is None else Visit.model_validate_json(row[0])

    def keep(self, token: str, visit: Visit, now: datetime) -> None:
        """Remember the visit as it is now."""
        with self._lock:
            self._database.execute(
                "insert or replace into visit values (?, ?, ?)",
                (_digest(token), now.timestamp(), visit.model_dump_json()),
            )

    def forget(self, token: str) -> None:
        """Forget a visit at once."""
        with self._lock:
            self._database.execute("delete from visit where id = ?", (_digest(token),))

    def sweep(self, now: datetime) -> None:
        """Forget every visit whose time is up."""
        with self._lock:
            self._database.execute("delete from visit where seen <= ?", ((now - KEPT).timestamp(),))

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._database.close()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
