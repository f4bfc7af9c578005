"""Bringing texts in: files, laws and portal guides into the archive and the index, so that citations open there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from guides.draft import Draft
from guides.model import Region
from ingestion.model import IngestReport, PortalImport
from ingestion.pipeline import draft_portal_guide, import_portal_guide, ingest, ingest_items, ingest_laws
from ingestion.ports import (
    Cut,
    FileReader,
    ItemCollection,
    LawCollection,
    Library,
    PortalReader,
    Progress,
    SourceArchive,
)


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk where texts are taken in; one process at a time may write."""

    index: Library
    archive: SourceArchive
    reader: FileReader
    laws: LawCollection
    portal: PortalReader
    items: ItemCollection
    cut: Cut

    def ingest(self, paths: Sequence[Path], *, region: str = "", progress: Progress | None = None) -> IngestReport:
        """Take in files and folders; what cannot be read is reported with what to do."""
        return ingest(paths, self.reader, self.archive, self.index, self.cut, region=region, progress=progress)

    def ingest_laws(self, content: bytes, progress: Progress | None = None) -> IngestReport:
        """Take in a collection of laws; raises DocumentInvalid when it is none."""
        return ingest_laws(content, self.laws, self.archive, self.index, self.cut, progress)

    def import_portal(self, content: bytes, name: str, *, dry_run: bool = False) -> PortalImport:
        """Take in a portal's structured guide and account for every value; raises DocumentInvalid."""
        return import_portal_guide(content, name, self.portal, self.archive, self.index, self.cut, dry_run=dry_run)

    def ingest_items(self, content: bytes, regions: Sequence[Region], as_of: date | None) -> IngestReport:
        """Take in a list of single items; lines that are none are reported, raises DocumentInvalid for no list."""
        return ingest_items(content, self.items, self.archive, self.index, self.cut, regions, as_of=as_of)

    def draft_portal(self, content: bytes, *, on: date) -> Draft:
        """Turn a portal's structured guide into a draft for an editor; raises DocumentInvalid."""
        return draft_portal_guide(content, self.portal, on=on)
