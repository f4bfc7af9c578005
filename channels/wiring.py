"""The one place where ports are given their bodies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from channels.door.visits import Visits
from channels.settings import Settings
from guides.library import Library, load_library

CHINA = timezone(timedelta(hours=8), "CST")
"""The day a person means is the day in China, wherever the machine stands."""

HOME_REGION = "430100"


@dataclass(frozen=True, slots=True)
class House:
    """Everything the front doors need, put together."""

    settings: Settings
    library: Library
    visits: Visits
    clock: Callable[[], datetime]
    home_region: str = HOME_REGION

    @property
    def today(self) -> date:
        """The day it is in China."""
        return self.clock().astimezone(CHINA).date()


def open_house(settings: Settings) -> House:
    """Put the house together from its settings."""
    return House(
        settings=settings,
        library=load_library(),
        visits=Visits(settings.home / "visits.sqlite"),
        clock=lambda: datetime.now(CHINA),
    )
