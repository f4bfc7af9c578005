"""What every group of pages shares: the house, the templates, the reception."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from channels.settings import Settings
from channels.web.render import Pages, environment
from channels.web.visitor import Reception
from channels.wiring import House


@dataclass(frozen=True, slots=True)
class Site:
    """The citizen web put together."""

    house: House
    pages: Pages
    reception: Reception


def open_site(house: House, settings: Settings) -> Site:
    """Put the citizen web together."""
    filters = {"day": day, "moment": moment}
    return Site(house, Pages(environment(filters), settings), Reception(house))


def day(value: date) -> str:
    """Say a date as people write it: 2026年11月21日."""
    return f"{value.year}年{value.month}月{value.day}日"


def moment(value: datetime) -> str:
    """Say a date and time as people write it: 2026年11月21日 14:05."""
    return f"{day(value)} {value:%H:%M}"
