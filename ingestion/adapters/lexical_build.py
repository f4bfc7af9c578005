"""Make the next version of the index: rows of unchanged documents move over as they are, changed ones are counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from ingestion.adapters.lexical_arrays import Part, Rows, counted, impacts, merge
from ingestion.adapters.lexical_snapshot import OPEN_END, OPEN_START, Snapshot, SourceEntry, version_name
from ingestion.adapters.lexical_tokens import TITLE_TIMES, Ints, count
from ingestion.adapters.passage_lines import to_line
from ingestion.model import Passage
from ingestion.ports import Progress

CHUNK = 4000
"""Passages counted at a time: bounds the memory, shows progress."""


@dataclass(slots=True)
class _Plan:
    """Which rows go where: documents in order of their ids, so that the result does not depend on history."""

    entries: list[SourceEntry] = field(default_factory=list)
    fresh: list[Passage] = field(default_factory=list)
    fresh_rows: list[int] = field(default_factory=list)
    total: int = 0


def rebuilt(
    before: Snapshot,
    changed: Mapping[str, Sequence[Passage]],
    contents: Mapping[str, str],
    progress: Progress | None,
) -> Snapshot:
    """Give the version that follows `before` when the documents in `changed` are replaced (by nothing: removed)."""
    moved = np.full(len(before.postings.lengths), -1, dtype=np.int32)
    plan = _planned(before, changed, contents, moved)
    postings = merge(_parts(before, plan, moved, progress), plan.total)
    names = sorted({*before.region_names, *(passage.region for passage in plan.fresh)})
    regions, valid_from, valid_to = _columns(before, plan, moved, names)
    offsets, lines = _lines(before, plan)
    return Snapshot(
        name=version_name([(entry.source, entry.content) for entry in plan.entries]),
        sources=tuple(plan.entries),
        postings=postings,
        impacts=impacts(postings),
        region_names=tuple(names),
        regions=regions,
        valid_from=valid_from,
        valid_to=valid_to,
        offsets=offsets,
        lines=lines,
    )


def _planned(
    before: Snapshot, changed: Mapping[str, Sequence[Passage]], contents: Mapping[str, str], moved: Rows
) -> _Plan:
    kept = {entry.source: entry for entry in before.sources if entry.source not in changed}
    plan = _Plan()
    for source in sorted([*kept, *(source for source, passages in changed.items() if passages)]):
        if source in kept:
            old = kept[source]
            moved[old.first_row : old.first_row + old.rows] = np.arange(plan.total, plan.total + old.rows)
            plan.entries.append(replace(old, first_row=plan.total))
        else:
            passages = changed[source]
            plan.fresh.extend(passages)
            plan.fresh_rows.extend(range(plan.total, plan.total + len(passages)))
            plan.entries.append(_entry(source, contents[source], passages, plan.total))
        plan.total += plan.entries[-1].rows
    return plan


def _entry(source: str, content: str, passages: Sequence[Passage], first_row: int) -> SourceEntry:
    first = passages[0]
    day = first.valid_from.isoformat() if first.valid_from else None
    return SourceEntry(source, content, first.title, first.digest, first.kind, first_row, len(passages), day)


def _parts(before: Snapshot, plan: _Plan, moved: Rows, progress: Progress | None) -> Iterator[Part]:
    if len(moved):
        yield Part(counted(before.postings), moved)
    for start in range(0, len(plan.fresh), CHUNK):
        piece = plan.fresh[start : start + CHUNK]
        texts = [" ".join((*(passage.title,) * TITLE_TIMES, passage.text)) for passage in piece]
        yield Part(count(texts), np.array(plan.fresh_rows[start : start + CHUNK], dtype=np.int32))
        if progress is not None:
            progress(start + len(piece), len(plan.fresh))


def _columns(before: Snapshot, plan: _Plan, moved: Rows, names: Sequence[str]) -> tuple[Rows, Rows, Rows]:
    """Give region, first and last day of every row."""
    regions = np.zeros(plan.total, dtype=np.int32)
    valid_from = np.zeros(plan.total, dtype=np.int32)
    valid_to = np.zeros(plan.total, dtype=np.int32)
    number = {name: at for at, name in enumerate(names)}
    kept = moved >= 0
    renamed = np.array([number[name] for name in before.region_names], dtype=np.int32)
    if kept.any():
        regions[moved[kept]] = renamed[before.regions[kept]]
        valid_from[moved[kept]] = before.valid_from[kept]
        valid_to[moved[kept]] = before.valid_to[kept]
    for row, passage in zip(plan.fresh_rows, plan.fresh, strict=True):
        regions[row] = number[passage.region]
        valid_from[row] = passage.valid_from.toordinal() if passage.valid_from else OPEN_START
        valid_to[row] = passage.valid_to.toordinal() if passage.valid_to else OPEN_END
    return regions, valid_from, valid_to


def _lines(before: Snapshot, plan: _Plan) -> tuple[Ints, npt.NDArray[np.uint8]]:
    """Give the stored passages in row order: copied whole for unchanged documents, written for changed ones."""
    old = {entry.source: entry for entry in before.sources}
    fresh = dict(zip(plan.fresh_rows, plan.fresh, strict=True))
    pieces: list[bytes] = []
    sizes: list[npt.NDArray[np.int64]] = []
    for entry in plan.entries:
        if entry.first_row in fresh:
            written = [to_line(fresh[row]) for row in range(entry.first_row, entry.first_row + entry.rows)]
            pieces.extend(written)
            sizes.append(np.fromiter(map(len, written), dtype=np.int64, count=len(written)))
        else:
            first, last = old[entry.source].first_row, old[entry.source].first_row + entry.rows
            offsets = before.offsets[first : last + 1]
            pieces.append(bytes(before.lines[int(offsets[0]) : int(offsets[-1])]))
            sizes.append(np.diff(offsets))
    ends = np.cumsum(np.concatenate(sizes)) if sizes else np.zeros(0, dtype=np.int64)
    return np.concatenate([[0], ends]).astype(np.int64), np.frombuffer(b"".join(pieces), dtype=np.uint8)
