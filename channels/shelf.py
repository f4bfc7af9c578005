"""The texts behind citations: where a source of the registry is held in the archive, its words at the clause."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping

from assistant.ports import SourceText
from guides.model import Citation, Source
from ingestion.pipeline import open_citation
from ingestion.ports import Library, SourceArchive

WHOLE = "全文"
"""The locator of a whole source."""


class Shelf:
    """Opens citations in the archive; what was opened once stays open until the library of texts changes."""

    def __init__(
        self, sources: Mapping[str, Source], library: Library, archive: SourceArchive, version: Callable[[], str]
    ) -> None:
        self._sources = sources
        self._library = library
        self._archive = archive
        self._version = version
        self._lock = threading.Lock()
        self._opened: dict[tuple[str, str], SourceText | None] = {}
        self._seen = ""

    def restock(self, sources: Mapping[str, Source]) -> None:
        """Take over the registered sources of another edition of the library."""
        with self._lock:
            self._sources, self._opened = sources, {}

    def at(self, citation: Citation) -> SourceText | None:
        """Give the words at the clause, or None where the text is not held or the clause is not found in it."""
        self._forget_when_changed()
        place = (citation.source, citation.locator)
        if place not in self._opened:
            self._opened[place] = self._open(citation)
        return self._opened[place]

    def holds(self, source: str) -> bool:
        """Tell whether the text of this source is held at all."""
        return self.at(Citation(source=source, locator=WHOLE)) is not None

    def _open(self, citation: Citation) -> SourceText | None:
        source = self._sources.get(citation.source)
        if source is None or source.held is None:
            return None
        held = source.held
        opened = open_citation(
            self._library, self._archive, kind=held.kind, key=held.key, edition=held.edition, locator=citation.locator
        )
        return SourceText(opened.words, opened.digest) if opened else None

    def _forget_when_changed(self) -> None:
        version = self._version()
        with self._lock:
            if version != self._seen:
                self._seen, self._opened = version, {}
