"""The pages as forms: every bundle walked to its sheet, and what odd requests get."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

import pytest
from fastapi.testclient import TestClient

from channels.door.opinions import Opinion
from channels.http.app import create_app
from channels.wiring import CHINA, House
from guides.library import Entry, load_library
from guides.model import Example

OURS = {"origin": "http://testserver"}
LIBRARY = load_library()
HOME = [entry for entry in LIBRARY.entries if entry.guide.region == "430100"]
WALKS = [(entry, example) for entry in HOME for example in entry.examples[:3]]
FORBIDDEN = ("审核通过", "保证受理", "包过", "最多跑一次", "您不符合条件", "不用带身份证", "不能落户")


@pytest.mark.parametrize(("entry", "example"), WALKS, ids=[f"{e.guide.slug}: {x.name}" for e, x in WALKS])
def test_every_bundle_is_walked_to_its_sheet(browser_like: TestClient, entry: Entry, example: Example):
    client, slug = browser_like, entry.guide.slug
    assert client.post("/start", data={"matter": slug}).url.path == "/q"
    client.post("/on", data={"on": example.on.isoformat()})
    for fact, value in example.facts.items():
        plain = str(value).lower() if isinstance(value, bool) else str(value)
        assert client.post("/fact", data={"fact": fact, "value": plain, "back": "/list"}).status_code == 200
    for path in ("/list", "/list/print"):
        page = client.get(path)
        assert page.status_code == 200
        shown = dict(re.findall(r'data-requirement="([a-z_]+)" data-status="([a-z_]+)"', page.text))
        assert shown == {name: status.value for name, status in example.items.items()}
        assert "非政府网站" in page.text
        assert not [word for word in FORBIDDEN if word in page.text]
    assert client.get("/papers").status_code == 200
    assert client.get("/chat").status_code == 200


@pytest.mark.parametrize("entry", LIBRARY.entries, ids=lambda entry: f"{entry.guide.slug}@{entry.guide.region}")
def test_the_public_page_of_a_guide_shows_its_sources_and_doubts(browser_like: TestClient, entry: Entry):
    page = browser_like.get(f"/guides/{entry.guide.slug}?region={entry.guide.region}").text
    for source in entry.guide.sources:
        assert LIBRARY.source(source).title in page
    for conflict in entry.guide.conflicts:
        assert conflict.say in page
    for material in entry.guide.materials:
        assert f'id="m-{material.id}"' in page


@pytest.mark.parametrize(
    ("method", "path", "data", "status"),
    [
        ("GET", "/nowhere", None, 404),
        ("DELETE", "/", None, 405),
        ("GET", "/t/ffff", None, 404),
        ("GET", "/sources/no_such?at=1", None, 404),
        ("GET", "/guides/no-such", None, 404),
        ("POST", "/start", {"matter": "no-such"}, 404),
        ("POST", "/on", {"on": "someday"}, 422),
        ("POST", "/chat", {"question": "户" * 300_000}, 413),
        ("POST", "/papers/files", {}, 404),
        ("GET", "/papers/files/abc/1.jpg", None, 404),
        ("POST", "/feedback", {"words": " "}, 422),
        ("POST", "/feedback/ffff", {"mark": "useful"}, 404),
    ],
)
def test_what_cannot_be_served_is_a_page_that_helps(
    browser_like: TestClient, method: str, path: str, data: dict[str, str] | None, status: int
):
    answer = browser_like.request(method, path, data=data)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert re.search(r"<h1[^>]*>[^<]*[一-龥]", answer.text)
    assert "12345" in answer.text


def test_reading_alone_opens_no_visit(browser_like: TestClient):
    for path in ("/", "/guides", "/privacy", "/list", "/chat", "/papers"):
        assert "set-cookie" not in browser_like.get(path).headers


def test_the_cookie_cannot_be_read_by_scripts_or_sent_by_other_sites(browser_like: TestClient):
    answer = browser_like.post("/chat", data={"question": "给娃上户口"}, follow_redirects=False)
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "户口" not in answer.headers["location"]


def test_a_planted_cookie_opens_no_visit_of_its_own(browser_like: TestClient):
    answer = browser_like.post("/chat", data={"question": "给娃上户口"}, headers={"cookie": "bancheng=planted"})
    assert "planted" not in answer.request.headers.get("cookie", "").replace("bancheng=planted", "", 1)
    assert browser_like.cookies["bancheng"] != "planted"


def test_one_visit_cannot_open_the_papers_of_another(house: House):
    first, second = (TestClient(create_app(house.settings, house), headers=OURS) for _ in range(2))
    for client in (first, second):
        client.post("/start", data={"matter": "newborn"})
    kinds = re.findall(r'name="agree" value="(\w+)"', first.get("/papers").text)
    first.post("/papers", data={"agree": kinds})
    first.post("/papers/files", files={"file": ("a.jpg", b"\xff\xd8\xff", "image/jpeg")}, data={"requirement": ""})
    file = re.search(r"/papers/files/([0-9a-f]+)/delete", first.get("/papers").text)
    mine = file.group(1) if file else "0"
    assert second.post(f"/papers/files/{mine}/delete").status_code == 404
    assert second.get(f"/papers/files/{mine}/1.jpg").status_code == 404


def test_an_expired_guide_is_shown_as_such_and_never_applied(house: House):
    guide = LIBRARY.find("newborn", "430100")
    assert guide is not None
    over = datetime(guide.valid_from.year - 1, 1, 1, tzinfo=CHINA)
    early = replace(house, clock=lambda: over)
    client = TestClient(create_app(house.settings, early), headers=OURS)
    assert "已经过期" in client.get("/guides/newborn").text
    assert "新生儿" not in client.get("/").text.split("</main>")[0].replace("宝宝", "")
    refused = client.post("/api/checklist", json={"bundle": "newborn"})
    assert refused.status_code == 422
    assert "12345" in refused.json()["remedy"]


def test_opinions_reach_the_operator_with_numbers_covered(browser_like: TestClient, house: House):
    browser_like.post("/feedback", data={"words": "打我电话13812345678，说错了"})
    answer = browser_like.post("/chat", data={"question": "给娃上户口要带什么"})
    found = re.search(r'action="/feedback/([0-9a-f]+)"', answer.text)
    assert found
    assert "谢谢您" in browser_like.post(f"/feedback/{found.group(1)}", data={"mark": "wrong"}).text
    lines = (house.settings.home / "opinions.jsonl").read_text("utf-8").splitlines()
    kept = [Opinion.model_validate_json(line) for line in lines]
    assert "13812345678" not in kept[-2].words
    assert (kept[-1].answer_id, kept[-1].mark) == (found.group(1), "wrong")
