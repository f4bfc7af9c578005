"""The index as arrays: postings per token, merged when documents change, scored as BM25."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from ingestion.adapters.lexical_tokens import MOST_ROWS, ROW_BITS, Counted, Ints

K1 = 1.2
B = 0.75

Rows = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Postings:
    """For each token (sorted) the rows it stands in and how often; `lengths` are tokens per row."""

    tokens: Ints
    starts: Ints
    """Token i stands in rows[starts[i]:starts[i + 1]]."""
    rows: Rows
    counts: npt.NDArray[np.uint16]
    lengths: Rows

    @staticmethod
    def none() -> Postings:
        """Give the index of no passages."""
        empty = np.zeros(0, dtype=np.int32)
        return Postings(empty.astype(np.int64), np.zeros(1, dtype=np.int64), empty, empty.astype(np.uint16), empty)


@dataclass(frozen=True, slots=True)
class Part:
    """Rows to take over: counted tokens, and where each of its rows goes (-1: left out)."""

    counted: Counted
    target: Rows


def counted(postings: Postings) -> Counted:
    """Give postings in the flat form they are merged in."""
    tokens = np.repeat(postings.tokens, np.diff(postings.starts))
    return Counted(tokens, postings.rows, postings.counts, postings.lengths)


def merge(parts: Iterable[Part], total: int) -> Postings:
    """Put parts together into one index of `total` rows (at most four million).

    The result does not depend on how it came about. Parts are taken one by one and let go again.
    """
    if total > MOST_ROWS:
        raise ValueError(f"an index holds at most {MOST_ROWS} passages")
    lengths = np.zeros(total, dtype=np.int32)
    keys: list[npt.NDArray[np.uint64]] = []
    times: list[npt.NDArray[np.uint16]] = []
    for part in parts:
        kept_rows = part.target >= 0
        lengths[part.target[kept_rows]] = part.counted.lengths[kept_rows]
        kept = kept_rows[part.counted.rows]
        packed = part.counted.tokens[kept].astype(np.uint64) << np.uint64(ROW_BITS)
        packed |= part.target[part.counted.rows[kept]].astype(np.uint64)
        keys.append(packed)
        times.append(part.counted.counts[kept])
    if not any(map(len, keys)):
        return replace(Postings.none(), lengths=lengths)
    flat = np.concatenate(keys)
    keys.clear()
    # each part is sorted already: a stable sort merges a few sorted runs in linear time
    order = np.argsort(flat, kind="stable")
    flat = flat[order]
    counts = np.concatenate(times)[order]
    del order
    rows = (flat & np.uint64(MOST_ROWS - 1)).astype(np.int32)
    flat >>= np.uint64(ROW_BITS)
    starts = np.concatenate([[0], np.flatnonzero(flat[1:] != flat[:-1]) + 1]).astype(np.int64)
    return Postings(
        tokens=flat[starts].astype(np.int64),
        starts=np.append(starts, len(flat)),
        rows=rows,
        counts=counts,
        lengths=lengths,
    )


def impacts(postings: Postings) -> Floats:
    """Give what each posting adds to a row's score: BM25 with Lucene's idf, k1 = 1.2, b = 0.75."""
    if not len(postings.rows):
        return np.zeros(0, dtype=np.float32)
    frequency = np.diff(postings.starts)
    rows_total = len(postings.lengths)
    idf = np.log1p((rows_total - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
    average = float(postings.lengths.mean())
    norm = (K1 * (1 - B + B * postings.lengths / average)).astype(np.float32)
    scores: Floats = norm[postings.rows]
    scores += postings.counts
    np.divide(postings.counts, scores, out=scores)
    scores *= np.repeat(idf, frequency)
    return scores
