"""Turn text into character uni- and bigrams as numbers, fast enough that no dictionary or word list is kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import yaml

TITLE_TIMES = 2
"""How often the title is repeated before the text: the largest single gain measured."""
_POINT_BITS = 21
"""A code point needs 21 bits; a bigram is two code points in one number, a unigram one."""
ROW_BITS = 22
MOST_ROWS = 1 << ROW_BITS
"""Token and row are sorted as one 64-bit number."""
_NOT_WORDS = re.compile(r"[\W_]+")
_SPACE = 32

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Counted:
    """How often each token occurs in each text: three columns of one length, sorted by token, then row."""

    tokens: Ints
    rows: npt.NDArray[np.int32]
    counts: npt.NDArray[np.uint16]
    lengths: npt.NDArray[np.int32]
    """Tokens per text."""


def plain(text: str) -> str:
    """Give a text as it is matched: NFKC, lower case, every run of other than letters and digits one space."""
    return _NOT_WORDS.sub(" ", unicodedata.normalize("NFKC", text).lower()).strip()


def query_tokens(query: str) -> Ints:
    """Give the tokens of a question without its asking phrases; a question of nothing else keeps them."""
    words = plain(query)
    bare = _asking().sub(" ", words).strip()
    codes = np.frombuffer((bare or words).encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
    uni, bi = _grams(codes)
    return np.concatenate([codes[uni], _pairs(codes)[bi]])


def count(texts: Sequence[str]) -> Counted:
    """Count the tokens of up to four million texts in one pass over their characters."""
    if len(texts) >= MOST_ROWS:
        raise ValueError(f"at most {MOST_ROWS - 1} texts are counted at once")
    flat = [plain(text) for text in texts]
    codes = np.frombuffer("".join(f"{text} " for text in flat).encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
    sizes = np.fromiter((len(text) + 1 for text in flat), dtype=np.int64, count=len(flat))
    rows = np.repeat(np.arange(len(flat), dtype=np.int64), sizes)
    uni, bi = _grams(codes)
    tokens = np.concatenate([codes[uni], _pairs(codes)[bi]])
    at = np.concatenate([rows[uni], rows[:-1][bi]]) if len(codes) else rows
    packed = (tokens.astype(np.uint64) << np.uint64(ROW_BITS)) | at.astype(np.uint64)
    keys, counts = np.unique(packed, return_counts=True)
    return Counted(
        tokens=(keys >> np.uint64(ROW_BITS)).astype(np.int64),
        rows=(keys & np.uint64(MOST_ROWS - 1)).astype(np.int32),
        counts=np.minimum(counts, np.iinfo(np.uint16).max).astype(np.uint16),
        lengths=np.bincount(at, minlength=len(flat)).astype(np.int32),
    )


def _grams(codes: Ints) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Say which characters are unigrams and which begin a bigram (no gram crosses a space)."""
    uni = codes != _SPACE
    return uni, uni[:-1] & uni[1:]


def _pairs(codes: Ints) -> Ints:
    return (codes[:-1] << _POINT_BITS) | codes[1:]


@lru_cache(maxsize=1)
def _asking() -> re.Pattern[str]:
    phrases = yaml.safe_load(Path(__file__).with_name("question_words.yaml").read_text(encoding="utf-8"))
    longest_first = sorted((plain(str(phrase)) for phrase in phrases), key=len, reverse=True)
    return re.compile("|".join(re.escape(phrase) for phrase in longest_first))
