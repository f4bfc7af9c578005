"""What the editorial room needs from the world: a store that keeps versions, releases, stops and the record.

Refusal (channels/door)
└── EditingRefused     fix it: the rules of the room do not allow this; title and remedy say what does
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from channels.door.refusal import Refusal
from channels.editing.model import Editor, Event, Release, Role, Stop, Version
from channels.editing.words import say


class EditingRefused(Refusal):
    """The rules of the editorial room do not allow this."""

    def __init__(self, name: str, status: int = 409, **slots: str | int) -> None:
        Exception.__init__(self, f"{status} {name}")
        self.name, self.status, self.detail = f"editing_{name}", status, ""
        self.title = say(f"refusals.{name}.title")
        self.remedy = say(f"refusals.{name}.remedy", **slots)


class Editorial(Protocol):
    """The store of the editorial room; every method is one transaction."""

    def add_editor(self, name: str, role: Role, password: str, now: datetime) -> None:
        """Make an account, or give an existing one this role and a new one-time password."""

    def remove_editor(self, name: str) -> bool:
        """Close an account and its sessions; False where there is none."""

    def editors(self) -> tuple[Editor, ...]:
        """List the accounts that may enter."""

    def set_password(self, name: str, password: str) -> None:
        """Give an account its own password; it is fresh no more."""

    def verify(self, name: str, password: str, now: datetime) -> Editor | None:
        """Give the account this password opens."""

    def open_session(self, name: str, token: str, now: datetime) -> None:
        """Remember a session; only a digest of the token is kept."""

    def session(self, token: str, now: datetime) -> Editor | None:
        """Give who holds this session, while it lasts."""

    def close_session(self, token: str) -> None:
        """Forget a session."""

    def versions(self, guide: str) -> tuple[Version, ...]:
        """Give the versions of a guide in order of their numbers."""

    def put(self, version: Version, event: Event | None = None) -> None:
        """Keep a version as it is now, with its line in the record; what was published never changes (ValueError)."""

    def releases(self) -> tuple[Release, ...]:
        """Give every release, oldest first."""

    def release(self, release: Release, event: Event) -> None:
        """Keep a release."""

    def cancel(self, release: int, event: Event) -> None:
        """Cancel a release."""

    def stops(self) -> tuple[Stop, ...]:
        """Give the stops that are on."""

    def stop(self, stop: Stop, event: Event) -> None:
        """Stop a guide."""

    def lift(self, stop: int, event: Event) -> None:
        """Lift a stop."""

    def note(self, event: Event) -> None:
        """Write a line into the record."""

    def events(self, guide: str) -> tuple[Event, ...]:
        """Give the record of a guide, newest first."""
