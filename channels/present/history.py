"""What was released of a guide and when, as the public reads it: which day, and what differs from the one before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

from channels.editing.desk import Desk
from channels.editing.model import Release, key_of
from guides.condition import Value
from guides.digest import digest_of
from guides.model import Guide
from guides.sheets.differences import differences
from guides.sheets.writing import sheets_of
from guides.writing import read_plain, write_guide

MOST = 20
"""Differences that are told one by one."""


class ReleaseView(Value):
    """From this day on the guide was served in another version; `changes` tells the first twenty differences."""

    on: date
    number: int
    digest: str
    back: bool
    """An earlier version was put back."""
    changes: tuple[str, ...]
    more: int


def history(editing: Desk, guide: Guide) -> tuple[ReleaseView, ...]:
    """Give every release of a guide, the newest first; nothing where only the file was ever served."""
    key = key_of(guide)
    releases = [one for one in editing.store.releases() if one.guide == key and not one.cancelled]
    if not releases:
        return ()
    texts = {version.number: version.text for version in editing.store.versions(key)}
    file = next((one.guide for one in editing.served.files.entries if key_of(one.guide) == key), guide)
    texts[0] = write_guide(file)
    return tuple(reversed(_views(sorted(releases, key=lambda one: (one.day, one.id)), texts)))


def _views(releases: Sequence[Release], texts: Mapping[int, str]) -> list[ReleaseView]:
    made, before = [], texts[0]
    for one in releases:
        changes = _changes(before, texts[one.number])
        made.append(
            ReleaseView(
                on=one.day,
                number=one.number,
                digest=digest_of(_guide(texts[one.number]))[:12],
                back=one.kind == "rollback",
                changes=changes[:MOST],
                more=max(0, len(changes) - MOST),
            )
        )
        before = texts[one.number]
    return made


@lru_cache(maxsize=64)
def _guide(text: str) -> Guide:
    return Guide.model_validate(read_plain(text))


@lru_cache(maxsize=64)
def _changes(before: str, after: str) -> tuple[str, ...]:
    """Compare two texts; remembered, because every reader of the page asks for the same."""
    was, now = (sheets_of(_guide(text), (), (), {}) for text in (before, after))
    return tuple(differences(was, now))
