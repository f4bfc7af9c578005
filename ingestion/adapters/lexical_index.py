"""The passage index: BM25 over character uni- and bigrams, on disk, exact however it came about."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import bm25s
import numpy as np
import numpy.typing as npt

from ingestion.adapters.lexical_arrays import K1, B
from ingestion.adapters.lexical_build import rebuilt
from ingestion.adapters.lexical_snapshot import Snapshot, SnapshotStore
from ingestion.adapters.lexical_tokens import Ints, query_tokens
from ingestion.adapters.passage_lines import digest_of, from_line
from ingestion.model import HeldSource, Hit, Passage
from ingestion.ports import PassageSource, Progress, Where

_KEPT_MASKS = 32
_KEPT_PASSAGES = 4096

Mask = npt.NDArray[np.float32]


@dataclass(slots=True)
class _Open:
    """A snapshot ready to be searched, with the filters and passages used lately."""

    snapshot: Snapshot
    engine: bm25s.BM25
    masks: OrderedDict[Where, Mask | None]
    passages: OrderedDict[int, Passage]


class LexicalIndex:
    """Passages in force on a date and in a region, best first.

    One process writes (a lock on the folder says so); any number read, and each search sees the newest whole version.
    """

    def __init__(self, folder: Path) -> None:
        self._store = SnapshotStore(folder)
        self._opened: _Open | None = None

    # --- reading -------------------------------------------------------------------------------------------------

    def search(self, query: str, where: Where, limit: int = 10) -> tuple[Hit, ...]:
        """Find the best passages; an empty query, or one sharing no letter pair with the library, finds nothing."""
        return self.search_tokens(query_tokens(query), where, limit)

    def search_tokens(self, tokens: Ints, where: Where, limit: int) -> tuple[Hit, ...]:
        """Find the best passages for tokens made beforehand."""
        opened = self._current()
        columns = _columns(opened.snapshot.postings.tokens, tokens)
        if not len(columns) or limit <= 0:
            return ()
        mask = self._mask(opened, where)
        scores = opened.engine.get_scores_from_ids(columns, weight_mask=mask)
        return tuple(Hit(self._passage(opened, row), float(scores[row])) for row in _best(scores, limit))

    def held(self) -> tuple[HeldSource, ...]:
        """List the sources held, in order of their ids."""
        return tuple(
            HeldSource(
                source=entry.source,
                title=entry.title,
                digest=entry.digest,
                kind=entry.kind,
                passages=entry.rows,
                valid_from=date.fromisoformat(entry.valid_from) if entry.valid_from else None,
            )
            for entry in self._current().snapshot.sources
        )

    def passages(self, source: str) -> tuple[Passage, ...]:
        """Give the passages of one source in their order; none for a source not held."""
        opened = self._current()
        for entry in opened.snapshot.sources:
            if entry.source == source:
                return tuple(self._passage(opened, row) for row in range(entry.first_row, entry.first_row + entry.rows))
        return ()

    def version(self) -> str:
        """Name what the index holds now: the same documents, the same name; "" for an empty library."""
        return self._store.current()

    def nearest(self, query: str, limit: int) -> list[tuple[str, float]]:  # noqa: ARG002  (no vectors, nothing near)
        """Give passage ids by vectors alone: none, words are all it has."""
        return []

    # --- writing -------------------------------------------------------------------------------------------------

    def replace(self, source: str, passages: Sequence[Passage]) -> None:
        """Make `passages` the only ones of `source`; none removes it."""
        self.replace_many([(source, passages)])

    def replace_many(self, documents: PassageSource, progress: Progress | None = None) -> tuple[int, int]:
        """Replace many documents in one new version; give how many changed and how many stayed as they were.

        Only changed documents are indexed again. Raises SourceUnavailable when another process is writing.
        """
        with self._store.writing():
            snapshot = self._store.load()
            held = {entry.source: entry for entry in snapshot.sources}
            changed: dict[str, Sequence[Passage]] = {}
            contents: dict[str, str] = {}
            unchanged = 0
            for source, passages in documents:
                content = digest_of(passages) if passages else ""
                before = held[source].content if source in held else ""
                if content == before and source not in changed:
                    unchanged += 1
                else:
                    changed[source], contents[source] = passages, content
            if changed:
                self._store.publish(rebuilt(snapshot, changed, contents, progress))
            return len(changed), unchanged

    # --- inside --------------------------------------------------------------------------------------------------

    def _current(self) -> _Open:
        opened = self._opened
        if opened is None or opened.snapshot.name != self._store.current():
            snapshot = self._store.load()
            opened = _Open(snapshot, _engine(snapshot), OrderedDict(), OrderedDict())
            self._opened = opened
        return opened

    def _mask(self, opened: _Open, where: Where) -> Mask | None:
        """Give 1 for rows a search may show and 0 for all others; None when it may show every row."""
        if where in opened.masks:
            return opened.masks[where]
        mask = _allowed(opened.snapshot, where)
        opened.masks[where] = mask
        if len(opened.masks) > _KEPT_MASKS:
            opened.masks.popitem(last=False)
        return mask

    def _passage(self, opened: _Open, row: int) -> Passage:
        passage = opened.passages.get(row)
        if passage is None:
            passage = from_line(opened.snapshot.line(row))
            opened.passages[row] = passage
            if len(opened.passages) > _KEPT_PASSAGES:
                opened.passages.popitem(last=False)
        return passage


def _engine(snapshot: Snapshot) -> bm25s.BM25:
    """Hand our postings to bm25s in the form it scores: its eager, precomputed layout."""
    engine = bm25s.BM25(k1=K1, b=B, method="lucene", dtype="float32")
    engine.scores = {
        "data": snapshot.impacts,
        "indices": snapshot.postings.rows,
        "indptr": snapshot.postings.starts,
        "num_docs": len(snapshot.postings.lengths),
    }
    engine.nonoccurrence_array = None  # Lucene's variant adds nothing for words a passage lacks
    return engine


def _columns(known: Ints, tokens: Ints) -> Ints:
    """Give the place of each token in the sorted vocabulary, leaving out what the library never says."""
    if not len(known) or not len(tokens):
        return np.zeros(0, dtype=np.int64)
    at: Ints = np.searchsorted(known, tokens).astype(np.int64)
    at[at == len(known)] = 0
    found: Ints = at[known[at] == tokens]
    return found


def _best(scores: Mask, limit: int) -> list[int]:
    """Give the rows of the best scores above zero, ties in the order of the library."""
    found = np.flatnonzero(scores > 0)
    if len(found) > limit:
        threshold = np.partition(scores[found], len(found) - limit)[len(found) - limit]
        found = found[scores[found] >= threshold]
    order = np.lexsort((found, -scores[found]))[:limit]
    return [int(row) for row in found[order]]


def _allowed(snapshot: Snapshot, where: Where) -> Mask | None:
    rows = len(snapshot.regions)
    allowed_region = np.array([name in where.regions for name in snapshot.region_names], dtype=np.bool_)
    allowed = allowed_region[snapshot.regions] if rows else np.zeros(0, dtype=np.bool_)
    if where.on is not None:
        day = where.on.toordinal()
        allowed = allowed & (snapshot.valid_from <= day) & (day <= snapshot.valid_to)
    if where.sources or where.kinds:
        wanted = np.zeros(rows, dtype=np.bool_)
        named = frozenset(where.sources)
        for entry in snapshot.sources:
            if (not named or entry.source in named) and (not where.kinds or entry.kind in where.kinds):
                wanted[entry.first_row : entry.first_row + entry.rows] = True
        allowed = allowed & wanted
    return None if bool(allowed.all()) else allowed.astype(np.float32)
