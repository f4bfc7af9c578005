"""The index as arrays: postings per token, merged when documents change, scored as BM25."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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


def merge(parts: Sequence[Part], total: int) -> Postings:
    """Put parts together into one index of `total` rows (at most four million).

    The result does not depend on how it came about.
    """
    if total > MOST_ROWS:
        raise ValueError(f"an index holds at most {MOST_ROWS} passages")
    lengths = np.zeros(total, dtype=np.int32)
    tokens, rows, counts = [], [], []
    for part in parts:
        kept_rows = part.target >= 0
        lengths[part.target[kept_rows]] = part.counted.lengths[kept_rows]
        kept = kept_rows[part.counted.rows]
        tokens.append(part.counted.tokens[kept])
        rows.append(part.target[part.counted.rows[kept]])
        counts.append(part.counted.counts[kept])
    if not tokens:
        return Postings.none()
    flat, at = np.concatenate(tokens), np.concatenate(rows)
    # each part is sorted already: a stable sort merges a few sorted runs in linear time
    order = np.argsort((flat.astype(np.uint64) << np.uint64(ROW_BITS)) | at.astype(np.uint64), kind="stable")
    flat = flat[order]
    unique, starts = np.unique(flat, return_index=True)
    return Postings(
        tokens=unique,
        starts=np.append(starts, len(flat)).astype(np.int64),
        rows=at[order].astype(np.int32),
        counts=np.concatenate(counts)[order].astype(np.uint16),
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
    counts = postings.counts.astype(np.float32)
    scores: Floats = np.repeat(idf, frequency) * counts / (counts + norm[postings.rows])
    return scores
