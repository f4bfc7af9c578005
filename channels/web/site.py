"""What every group of pages shares: the house, the templates, the reception."""

from __future__ import annotations

from dataclasses import dataclass

from channels.present.words import day, grouped_digits, moment, number, place
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
    engine = environment()
    engine.filters.update(day=day, moment=moment, place=place, number=number, grouped_digits=grouped_digits)
    return Site(house, Pages(engine, settings), Reception(house))
