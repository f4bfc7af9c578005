"""The nouns of the editorial room: who may edit, a version of a guide and its state, a release, a stop, an event."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from enum import StrEnum

from guides.condition import Value
from guides.model import Guide


class Role(StrEnum):
    """What an account may do."""

    EDITOR = "editor"
    """编辑: drafts and hands in."""
    REVIEWER = "reviewer"
    """审核: reviews, publishes and rolls back what others wrote; may draft, but never judge the own draft."""


class Editor(Value):
    """An account; `fresh` while only the one-time password was used."""

    name: str
    role: Role
    fresh: bool = False


class State(StrEnum):
    """Where a version stands."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    REVIEWED = "reviewed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


OPEN = frozenset({State.DRAFT, State.IN_REVIEW, State.REVIEWED})
"""States in which a version is still being worked on: of these a guide has at most one."""


class Version(Value):
    """One version of one guide: the text of its guide.yaml, and who did what when.

    `number` 0 is the file that ships; the editor's versions count from 1. While a draft, the text may be anything a
    person typed; from publication on it never changes.
    """

    guide: str
    number: int
    state: State = State.DRAFT
    text: str
    base: int = 0
    authors: tuple[str, ...] = ()
    """Everyone who changed it."""
    began: datetime
    changed: datetime
    reviewed_by: str = ""
    reviewed_digest: str = ""
    """What the reviewer saw; publication is refused for anything else."""
    published_by: str = ""
    note: str = ""
    """What the last person said: why it changes, or why it was sent back."""

    @property
    def digest(self) -> str:
        """Name the content: the same text, the same digest."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]


class Release(Value):
    """From this day on a guide is served in this version (0: the file), until a later release takes over."""

    id: int = 0
    guide: str
    number: int
    day: date
    at: datetime
    by: str
    kind: str = "publish"
    """publish · rollback"""
    cancelled: bool = False


class Stop(Value):
    """The kill switch of a guide: while it is on, no list is given, and the person is sent to a human."""

    id: int = 0
    guide: str
    at: datetime
    by: str
    why: str
    lifted_at: datetime | None = None
    lifted_by: str = ""


class Event(Value):
    """One line of the record: who did what to which version when, and the digest of what it was done to."""

    guide: str
    number: int
    at: datetime
    by: str
    what: str
    digest: str = ""
    note: str = ""


def key_of(guide: Guide) -> str:
    """Name a guide as the editorial room does: newborn@430100, or @cn for the whole country."""
    return f"{guide.slug}@{guide.region or 'cn'}"
