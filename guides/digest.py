"""Versions as digests, so that every answer can name exactly what it was made with."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from guides.condition import Value
from guides.model import Source

ENGINE_VERSION = "1"
"""Raised whenever the engine would give another list for the same guide and situation."""


def digest_of(*values: Value) -> str:
    """Give the first 16 hex digits of the sha256 over the values' canonical JSON."""
    total = hashlib.sha256()
    for value in values:
        total.update(value.model_dump_json().encode())
        total.update(b"\n")
    return total.hexdigest()[:16]


@lru_cache(maxsize=256)
def digest_of_sources(sources: tuple[Source, ...]) -> str:
    """Give the digest of several sources, remembered because every answer asks for it."""
    return digest_of(*sources)
