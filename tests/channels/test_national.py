"""The national lists at the doors: the page, the interface and the terminal tell the same."""

from __future__ import annotations

import json

from fastapi.testclient import TestClient
from typer.testing import CliRunner

from evals.command import app


def test_the_page_shows_every_list_and_guesses_no_name(client: TestClient) -> None:
    view = client.get("/api/national").json()
    page = client.get("/national").text
    assert view["total"] == view["named"] + view["count_only"] == 68
    for one in view["lists"]:
        assert one["title"] in page
        for matter in one["matters"]:
            assert matter["name"] in page
            for guide in matter["guides"]:
                for place in guide["regions"]:
                    address = f"/guides/{guide['slug']}?region={place['code']}"
                    assert f'href="{address}"' in page
                    assert client.get(address).status_code == 200
    assert page.count("只计数，不猜名目") == sum(one["count_only"] > 0 for one in view["lists"])


def test_the_list_is_found_from_every_page_and_from_the_guides(client: TestClient) -> None:
    assert 'href="/national"' in client.get("/").text
    assert client.get("/guides").text.count('href="/national"') == 2


def test_the_terminal_gives_the_same_figures(client: TestClient) -> None:
    result = CliRunner().invoke(app, ["guides", "national", "--json"])
    assert result.exit_code == 0
    assert json.loads(result.stdout) == client.get("/api/national").json()
    plain = CliRunner().invoke(app, ["guides", "national"])
    assert "各批共 68 项" in plain.stdout
