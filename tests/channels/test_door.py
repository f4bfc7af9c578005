"""The door: safe headers, bounded bodies, forms from our own pages only, visits forgotten on time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from channels.door.headers import SafeHeaders
from channels.door.limits import BoundedBody
from channels.door.origin import from_our_page
from channels.door.visits import KEPT, Visit, Visits, new_token
from channels.web.visitor import safe_path

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def small_app() -> FastAPI:
    app = FastAPI()

    @app.post("/take")
    async def take(request: Request) -> int:
        return len(await request.body())

    app.add_middleware(BoundedBody, bounds={"": 10, "/take": 100})
    app.add_middleware(SafeHeaders)
    return app


def test_every_response_carries_a_strict_policy_and_is_not_cached():
    response = TestClient(small_app()).get("/nowhere")
    policy = response.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-content-type-options"] == "nosniff"


def test_a_body_within_its_bound_is_read_whole():
    assert TestClient(small_app()).post("/take", content=b"x" * 100).json() == 100


def test_a_body_past_its_bound_is_refused_even_when_it_does_not_say_its_length():
    def pieces():
        for _ in range(20):
            yield b"x" * 10

    assert TestClient(small_app()).post("/take", content=pieces()).status_code == 413


def request_with(method: str = "POST", **headers: str) -> Request:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": method, "path": "/", "headers": raw, "query_string": b""})


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({"host": "a.cn", "origin": "http://a.cn"}, True),
        ({"host": "a.cn", "origin": "http://b.cn"}, False),
        ({"host": "a.cn", "origin": "null"}, False),
        ({"host": "a.cn", "sec_fetch_site": "cross-site", "origin": "http://a.cn"}, False),
        ({"host": "a.cn", "sec_fetch_site": "same-site"}, False),
        ({"host": "a.cn", "sec_fetch_site": "same-origin"}, True),
        ({"host": "a.cn", "referer": "http://a.cn/list"}, True),
        ({"host": "a.cn", "cookie": "bancheng=x"}, False),
        ({"host": "a.cn"}, True),
    ],
)
def test_a_form_is_taken_from_our_own_pages_only(headers: dict[str, str], ours: bool):
    assert from_our_page(request_with(**headers), "") is ours


def test_behind_a_proxy_the_public_address_counts():
    sent = {"host": "127.0.0.1:8000", "origin": "https://banshi.example"}
    assert from_our_page(request_with(**sent), "https://banshi.example")
    assert not from_our_page(request_with(**sent), "")


@pytest.mark.parametrize("back", ["//evil.cn", "https://evil.cn", "/\\evil.cn", "evil", "", "/a\nb", "/" + "x" * 300])
def test_going_back_never_leads_elsewhere(back: str):
    assert safe_path(back) == "/"


def test_a_visit_is_remembered_until_its_time_is_up(tmp_path: Path):
    visits, token = Visits(tmp_path / "visits.sqlite"), new_token()
    visit = Visit(conversation="c", region="430100", matter="newborn")
    visits.keep(token, visit, NOW)
    assert visits.find(token, NOW + KEPT - timedelta(seconds=1)) == visit
    assert visits.find(token, NOW + KEPT) is None
    visits.sweep(NOW + KEPT)
    assert visits.find(token, NOW) is None


def test_the_store_of_visits_holds_no_cookie(tmp_path: Path):
    visits, token = Visits(tmp_path / "visits.sqlite"), new_token()
    visits.keep(token, Visit(conversation="c", region=""), NOW)
    visits.close()
    assert token.encode() not in b"".join(file.read_bytes() for file in tmp_path.iterdir())


def test_forgetting_is_at_once(tmp_path: Path):
    visits, token = Visits(tmp_path / "visits.sqlite"), new_token()
    visits.keep(token, Visit(conversation="c", region=""), NOW)
    visits.forget(token)
    assert visits.find(token, NOW) is None
