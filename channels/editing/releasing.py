"""The library of a day: the guides of the files, and over them the versions that two people released."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from channels.editing.model import Release, key_of
from channels.editing.ports import Editorial
from guides.library import Entry, Library
from guides.model import Guide
from guides.writing import read_plain


def released(files: Library, editorial: Editorial, day: date) -> Library:
    """Lay the released versions over the files; what is released for later holds for plans from that day on."""
    releases = [one for one in editorial.releases() if not one.cancelled]
    entries, layers = list(files.entries), list(files.layers)
    for i, entry in enumerate(files.entries):
        mine = [one for one in releases if one.guide == key_of(entry.guide)]
        number = in_force(mine, day)
        entries[i] = _entry(entry, number, editorial) if number else entry
        for later in (one for one in mine if one.day > day):
            made = _entry(entry, in_force(mine, later.day), editorial)
            start = max(made.guide.valid_from, later.day)
            layers.insert(0, replace(made, guide=made.guide.model_copy(update={"valid_from": start})))
    stopped = frozenset(_named(stop.guide) for stop in editorial.stops())
    return replace(files, entries=tuple(entries), layers=tuple(layers), stopped=stopped)


def in_force(releases: Sequence[Release], day: date) -> int:
    """Give the version served on a day, 0 for the file: the release of the latest day, of those the last one made."""
    begun = [one for one in releases if one.day <= day and not one.cancelled]
    return max(begun, key=lambda one: (one.day, one.id)).number if begun else 0


def _named(key: str) -> tuple[str, str]:
    slug, _, region = key.partition("@")
    return slug, "" if region == "cn" else region


def _entry(entry: Entry, number: int, editorial: Editorial) -> Entry:
    if number == 0:
        return entry
    version = next(v for v in editorial.versions(key_of(entry.guide)) if v.number == number)
    return replace(entry, guide=Guide.model_validate(read_plain(version.text)))
