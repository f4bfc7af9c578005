"""The front door for judges: the product put together as citizens meet it, in a folder of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from channels.settings import Settings
from channels.wiring import House, open_house

__all__ = ["ON", "House", "opened"]

ON = date(2026, 11, 22)
"""The day the questions are asked on, so that a figure can be measured again."""


@contextmanager
def opened() -> Iterator[House]:
    """Open the product on a fresh state folder, and remove it afterwards."""
    with tempfile.TemporaryDirectory(prefix="bancheng-evals-") as folder:
        house = open_house(Settings.model_validate({"home": Path(folder)}))
        try:
            yield house
        finally:
            house.close()
