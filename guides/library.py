"""The library: every guide and source, read and checked at the door, so that nothing broken is ever served."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from guides.files import Problem, read_list
from guides.model import Guide, Region, Source
from guides.shelf import Entry, Shelf, chain_of

__all__ = ["Entry", "Library", "LibraryInvalid", "Problem", "load_library"]

ROOT = Path(__file__).parent


class LibraryInvalid(Exception):
    """The library has mistakes and is not served; `problems` lists every one found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True, slots=True)
class Library:
    """Every guide, source and region."""

    entries: tuple[Entry, ...]
    sources: Mapping[str, Source]
    regions: tuple[Region, ...]
    layers: tuple[Entry, ...] = ()
    """Dated changes of a guide (a district's notice of the year): each holds on its days only."""

    stopped: frozenset[tuple[str, str]] = frozenset()
    """Guides (slug, region) under examination: no list is given of them, and none of another place instead."""

    @property
    def every(self) -> tuple[Entry, ...]:
        """Give every guide and every dated layer: all that has to be proved and frozen."""
        return (*self.entries, *self.layers)

    @property
    def guides(self) -> tuple[Guide, ...]:
        return tuple(entry.guide for entry in self.entries)

    def find(self, slug: str, region: str, on: date | None = None) -> Guide | None:
        """Give the guide of this place: the city's, else the province's, else the nation's; never another city's.

        With `on`, a dated layer of the same place that holds on that day goes before the guide it changes.
        """
        entry = self.entry(slug, region, on)
        return None if entry is None else entry.guide

    def entry(self, slug: str, region: str, on: date | None = None) -> Entry | None:
        """Like `find`, with examples and notes."""
        for code in self.chain(region):
            for entry in (*self._layers_on(on), *self.entries):
                if entry.guide.slug == slug and entry.guide.region == code:
                    return entry
        return None

    def _layers_on(self, on: date | None) -> tuple[Entry, ...]:
        return tuple(layer for layer in self.layers if on is not None and holds_on(layer.guide, on))

    def is_stopped(self, guide: Guide) -> bool:
        """Tell whether a guide is under examination and may not be used."""
        return (guide.slug, guide.region) in self.stopped

    def chain(self, region: str) -> tuple[str, ...]:
        """Give the region and all that contain it, ending with "" for the whole country."""
        return chain_of(region, self.regions)

    def region(self, name: str) -> Region | None:
        """Give the region of this code, name or alias."""
        return next((r for r in self.regions if name in (r.code, r.name, *r.aliases)), None)

    def source(self, name: str) -> Source:
        """Give a source by its id; raises KeyError for an unknown one."""
        return self.sources[name]


def load_library(root: Path | None = None) -> Library:
    """Read and check the whole library under `root` (default: the one that ships).

    Raises LibraryInvalid with every problem found: file, line, cause and remedy.
    """
    base = root or ROOT
    problems: list[Problem] = []
    sources = _read_sources(base, problems)
    regions = read_list(base / "library" / "regions.yaml", "regions", Region, problems)
    shelf = Shelf(base / "library", regions, sources, problems)
    entries, layers = shelf.entries(), shelf.layers()
    if problems:
        raise LibraryInvalid(problems)
    return Library(entries, sources, tuple(regions), layers)


def holds_on(guide: Guide, day: date) -> bool:
    """Tell whether a guide may be used for this day."""
    return guide.valid_from <= day and (guide.valid_to is None or day <= guide.valid_to)


def _read_sources(base: Path, problems: list[Problem]) -> dict[str, Source]:
    sources: dict[str, Source] = {}
    for file in sorted((base / "sources").glob("*.yaml")):
        for source in read_list(file, "sources", Source, problems):
            if source.id in sources:
                problems.append(Problem(file, 1, f"依据 {source.id} 登记了两次", "只留一处，别处引用它的 id"))
            sources[source.id] = source
    return sources
