"""The single items that were taken in, and how they are cited beside the sources of the guides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from guides.library import Library
from guides.model import Region, Source
from ingestion.items import HeldItem, code_of
from ingestion.pipeline import open_item
from ingestion.ports import ItemCollection, SourceArchive
from ingestion.ports import Library as Texts


@dataclass(frozen=True, slots=True)
class ItemShelf:
    """Opens single items by their code; they lie in the archive, outside the library of guides."""

    index: Texts
    archive: SourceArchive
    collection: ItemCollection
    regions: Sequence[Region]

    def item(self, code: str) -> HeldItem | None:
        """Give an item, or None where none of this code was taken in."""
        return open_item(code.strip().upper(), self.collection, self.archive, self.index, self.regions)


class SourcesWithItems(Mapping[str, Source]):
    """The registered sources; a single item is found as one too, though it is not listed among them."""

    def __init__(self, registered: Mapping[str, Source], shelf: ItemShelf) -> None:
        self._registered = registered
        self.shelf = shelf

    def __getitem__(self, name: str) -> Source:
        if name in self._registered:
            return self._registered[name]
        held = self.shelf.item(code) if (code := code_of(name)) else None
        if held is None:
            raise KeyError(name)
        return held.source

    def __iter__(self) -> Iterator[str]:
        return iter(self._registered)

    def __len__(self) -> int:
        return len(self._registered)


def with_items(library: Library, index: Texts, archive: SourceArchive, collection: ItemCollection) -> Library:
    """Give the library with the single items among its sources."""
    shelf = ItemShelf(index, archive, collection, library.regions)
    return replace(library, sources=SourcesWithItems(library.sources, shelf))


def shelf_of(library: Library) -> ItemShelf | None:
    """Give the shelf of single items of a library that has one."""
    return library.sources.shelf if isinstance(library.sources, SourcesWithItems) else None
