"""The one place where ports are given their bodies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from assistant.views import CitationView
from channels.door.refusal import Refusal
from channels.door.visits import Visits
from channels.present.places import PlaceView, place_view, view_citation
from channels.settings import Settings
from guides.checklist import Checklist
from guides.library import Library, load_library
from guides.model import Citation, Guide
from guides.rules import checklist
from guides.situation import Situation
from ingestion.adapters.disk_archive import DiskArchive
from ingestion.adapters.lexical_index import LexicalIndex
from ingestion.adapters.opening import open_index
from ingestion.ports import Library as PassageLibrary

CHINA = timezone(timedelta(hours=8), "CST")
"""The day a person means is the day in China, wherever the machine stands."""

HOME_REGION = "430100"


@dataclass(frozen=True, slots=True)
class House:
    """Everything the front doors need, put together."""

    settings: Settings
    library: Library
    index: LexicalIndex
    archive: DiskArchive
    visits: Visits
    clock: Callable[[], datetime]
    home_region: str = HOME_REGION

    @property
    def today(self) -> date:
        """The day it is in China."""
        return self.clock().astimezone(CHINA).date()

    def guide(self, slug: str, region: str) -> Guide:
        """Give the guide of a place; raises Refusal where there is none, never another city's."""
        guide = self.library.find(slug, region)
        if guide is None:
            raise Refusal("bundle", 404)
        return guide

    def region_code(self, name: str) -> str:
        """Give the code of a region by its name or code, "" meaning the home region; raises Refusal."""
        if not name:
            return self.home_region
        region = self.library.region(name)
        if region is None:
            raise Refusal("region", 422)
        return region.code

    def place_name(self, region: str) -> str:
        """Give the name of a region."""
        found = self.library.region(region)
        return found.name if found else region

    def in_force(self, guide: Guide, on: date) -> bool:
        """Tell whether a guide may be used for a day."""
        return guide.valid_from <= on and (guide.valid_to is None or on <= guide.valid_to)

    def checklist(self, guide: Guide, situation: Situation, *, on: date) -> Checklist:
        """Give the personal list."""
        return checklist(guide, situation, on=on, sources=self.library.sources)

    def place(self, citation: Citation) -> PlaceView:
        """Give a cited place as it stands now."""
        source = self.library.source(citation.source)
        cited: CitationView = view_citation(citation, source)
        return place_view(cited, source, None, None)


def open_house(settings: Settings) -> House:
    """Put the house together from its settings."""
    home = settings.home
    return House(
        settings=settings,
        library=load_library(),
        index=LexicalIndex(home / "index"),
        archive=DiskArchive(home / "archive"),
        visits=Visits(home / "visits.sqlite"),
        clock=lambda: datetime.now(CHINA),
    )


def open_passages(folder: Path, embedder: str = "", chroma: str = "") -> PassageLibrary:
    """Open the passage index exactly as the product does; the evals measure this one."""
    return open_index(folder, embedder=embedder, chroma=chroma)
