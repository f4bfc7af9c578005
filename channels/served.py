"""What is served at this moment: the library and the assistant over it, exchanged together in one step."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from assistant.passages import indexable
from assistant.pipeline import Assistant
from guides.library import Library
from ingestion.pipeline import index_passages
from ingestion.ports import Library as Texts
from ingestion.ports import SourceUnavailable

Lay = Callable[[Library, date], Library]
"""Gives the library of a day: the guides of the files, and over them what the editors have released."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One library with its assistant. Whoever took one keeps it to the end of what he is doing."""

    library: Library
    assistant: Assistant
    day: date


class Served:
    """Holds the edition of today; a change is put in place whole, while everybody goes on reading the one before."""

    def __init__(
        self,
        files: Library,
        lay: Lay,
        staff: Callable[[Library], Assistant],
        index: Texts,
        tell: Callable[[Library], None],
    ) -> None:
        self.files = files
        self._lay, self._staff, self._index, self._tell = lay, staff, index, tell
        self._lock = threading.RLock()
        self._now: Edition | None = None

    def at(self, day: date) -> Edition:
        """Give the edition of a day; the first look on a new day puts in place what is released from then on."""
        now = self._now
        return now if now is not None and now.day == day else self.renew(day)

    def renew(self, day: date, files: Library | None = None) -> Edition:
        """Lay the library anew; only guides that changed are indexed again."""
        with self._lock:
            before = self._now
            self.files = files or self.files
            library = self._lay(self.files, day)
            if before is not None:
                # A busy index keeps its old passages, which then lead nowhere, and is mended at the next start.
                with suppress(SourceUnavailable):
                    self._index_changed(before.library, library)
            now = Edition(library, self._staff(library), day)
            self._tell(library)
            self._now = now
            return now

    def _index_changed(self, before: Library, after: Library) -> None:
        were = {(entry.guide.slug, entry.guide.region): entry.guide for entry in before.entries}
        changed = tuple(e for e in after.entries if were.get((e.guide.slug, e.guide.region)) is not e.guide)
        if changed:
            index_passages(self._index, indexable(replace(after, entries=changed)))
