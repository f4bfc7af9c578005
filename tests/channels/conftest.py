"""The product behind its HTTP door, in an empty home folder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from channels.http.app import create_app
from channels.settings import read_settings
from channels.wiring import CHINA, House, open_desk, open_house

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=CHINA)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> House:
    """Open a house on 2026-11-22 that holds the official guide of the newborn bundle."""
    settings = read_settings({"BANCHENG_HOME": str(tmp_path_factory.mktemp("home"))})
    official = shared_data / "official_guides" / "newborn.json"
    open_desk(settings).import_portal(official.read_bytes(), official.name)
    return open_house(settings, clock=lambda: NOW)


@pytest.fixture(scope="module")
def client(house: House) -> Iterator[TestClient]:
    """Give a client of the running application, its reader at work."""
    with TestClient(create_app(house.settings, house)) as client:
        yield client


@pytest.fixture
def browser_like(house: House) -> TestClient:
    """Give a client that sends what a browser sends from our own pages, with cookies of its own."""
    return TestClient(create_app(house.settings, house), headers={"origin": "http://testserver"})
