"""The editorial room: two people, nothing broken, nothing lost, and everybody sees the new list at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.door.refusal import Refusal
from channels.editing.desk import Desk
from channels.editing.forms import add_to, at_path, condition_form, condition_of, with_part
from channels.editing.model import Editor, Role, State
from channels.editing.ports import EditingRefused
from channels.http.app import create_app
from channels.settings import read_settings
from channels.wiring import CHINA, House, open_house
from guides.library import load_library
from guides.writing import plain_of
from guides.yaml_source import Plain

KEY = "newborn@430100"
ANNA = Editor(name="安编辑", role=Role.EDITOR)
BEN = Editor(name="本审核", role=Role.REVIEWER)


@dataclass
class Clock:
    now: datetime = datetime(2026, 11, 22, 9, 30, tzinfo=CHINA)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def house(tmp_path: Path, clock: Clock) -> Iterator[House]:
    opened = open_house(read_settings({"BANCHENG_HOME": str(tmp_path)}), clock=clock)
    yield opened
    opened.close()


def fee_changed(desk: Desk, who: Editor, text: str = "工本费改为 5 元") -> None:
    content = desk.content(desk.begin(KEY, who))
    content = with_part(with_part(content, ("fees", "0", "text"), text), ("fees", "0", "amount_yuan"), 5)
    desk.save(KEY, who, content)


def published(desk: Desk, text: str = "工本费改为 5 元") -> int:
    fee_changed(desk, ANNA, text)
    desk.submit(KEY, ANNA, "文件改了")
    desk.approve(KEY, BEN, seen=True)
    return desk.publish(KEY, BEN).number


def fee(house: House) -> str:
    return house.guide("newborn", "430100").fees[0].text


def test_a_change_by_two_people_is_served_at_once_and_rolled_back_with_one_step(house: House):
    before, assistant = fee(house), house.assistant
    number = published(house.editing)
    assert fee(house) == "工本费改为 5 元"
    assert house.assistant is not assistant
    assert "5 元" in house.view(house.ask("出生医学证明要多少钱", on=house.today, matter="newborn")).model_dump_json()
    house.editing.rollback(KEY, BEN, 0)
    assert fee(house) == before
    house.editing.rollback(KEY, BEN, number)
    assert fee(house) == "工本费改为 5 元"
    house.editing.withdraw(KEY, BEN, number)
    assert fee(house) == before
    what = [event.what for event in house.editing.store.events(KEY)]
    assert {"save", "submit", "approve", "publish", "rollback_from", "withdraw"} <= set(what)


def test_what_was_published_never_changes(house: House):
    number = published(house.editing)
    version = house.editing.store.versions(KEY)[number - 1]
    with pytest.raises(ValueError, match="never changes"):
        house.editing.store.put(version.model_copy(update={"text": "slug: other\n"}))


def test_a_release_waits_for_its_day(house: House, clock: Clock):
    before, desk = fee(house), house.editing
    fee_changed(desk, ANNA)
    desk.submit(KEY, ANNA, "")
    desk.approve(KEY, BEN, seen=True)
    later = house.today + timedelta(days=10)
    desk.publish(KEY, BEN, later)
    assert fee(house) == before
    assert house.guide("newborn", "430100", later).fees[0].text == "工本费改为 5 元"
    clock.now += timedelta(days=10)
    assert fee(house) == "工本费改为 5 元"


def test_a_stopped_guide_gives_no_list_and_no_other_one(house: House):
    house.editing.stop(KEY, ANNA, "费用写错了")
    with pytest.raises(Refusal) as refused:
        house.guide("newborn", "430100")
    assert "12345" in refused.value.remedy
    view = house.view(house.ask("孩子出生要带什么材料", on=house.today, matter="newborn"))
    assert view.outcome == "declined"
    assert view.reason == "under_review"
    assert view.checklist is None
    assert "12345" in view.next_step
    with pytest.raises(EditingRefused):
        house.editing.resume(KEY, ANNA)
    house.editing.resume(KEY, BEN)
    assert house.guide("newborn", "430100").slug == "newborn"


def test_what_is_broken_stays_a_draft_with_every_word(house: House):
    desk = house.editing
    content = desk.content(desk.begin(KEY, ANNA))
    desk.save(KEY, ANNA, with_part(content, ("fees", "0", "amount_yuan"), "五块"))
    trouble = desk.check(desk.begin(KEY, ANNA)).troubles[0]
    assert trouble.where.startswith("费用 1")
    assert "多少元" in trouble.where
    assert "数字" in trouble.say
    with pytest.raises(EditingRefused) as refused:
        desk.submit(KEY, ANNA, "")
    assert "多少元" in refused.value.remedy
    assert at_path(desk.content(desk.begin(KEY, ANNA)), ("fees", "0", "amount_yuan")) == "五块"


def test_a_rule_that_overlaps_another_is_told_and_cannot_be_handed_in(house: House):
    desk = house.editing
    content = desk.content(desk.begin(KEY, ANNA))
    rule = at_path(content, ("materials", "0", "rules", "0"))
    desk.save(KEY, ANNA, add_to(content, ("materials", "0", "rules"), rule))
    assert any("同时成立" in one.say for one in desk.check(desk.begin(KEY, ANNA)).troubles)
    with pytest.raises(EditingRefused):
        desk.submit(KEY, ANNA, "")


PEOPLE = st.sampled_from([ANNA, BEN, Editor(name="陈审核", role=Role.REVIEWER)])
STEPS = st.lists(st.tuples(st.sampled_from(["save", "submit", "approve", "publish", "send_back"]), PEOPLE), max_size=12)


def test_nobody_ever_publishes_what_they_wrote(house: House):
    desk, count = house.editing, iter(range(10_000))

    @settings(max_examples=25, deadline=None)
    @given(STEPS)
    def walk(steps: list[tuple[str, Editor]]) -> None:
        for what, who in steps:
            try:
                match what:
                    case "save":
                        fee_changed(desk, who, f"第 {next(count)} 种写法")
                    case "submit":
                        desk.submit(KEY, who, "")
                    case "approve":
                        desk.approve(KEY, who, seen=True)
                    case "publish":
                        desk.publish(KEY, who)
                    case _:
                        desk.send_back(KEY, who, "再看看")
            except EditingRefused:
                continue
        for version in desk.store.versions(KEY):
            if version.state is State.PUBLISHED:
                assert version.authors
                assert version.published_by not in version.authors
                assert version.reviewed_by not in version.authors
                assert version.reviewed_digest == version.digest

    walk()


def conditions(value: Plain) -> Iterator[Plain]:
    if isinstance(value, dict):
        for key, part in value.items():
            if key == "when":
                yield part
            else:
                yield from conditions(part)
    elif isinstance(value, list):
        for part in value:
            yield from conditions(part)


def sent(plain: Plain) -> dict[str, list[str]]:
    """Fill the builder's form the way the page does."""
    form: dict[str, list[str]] = {}

    def fill(one, at: str) -> None:
        form[f"{at}.form"], form[f"{at}.fact"], form[f"{at}.bound"] = [one.form], [one.fact], [one.bound]
        form[f"{at}.amount"], form[f"{at}.unit"], form[f"{at}.n"] = [one.amount], [one.unit], [str(len(one.parts))]
        form[f"{at}.{one.form if one.form in ('holds', 'route') else 'value'}"] = list(one.values)
        for i, part in enumerate(one.parts):
            fill(part, f"{at}.{i}")

    fill(condition_form(plain), "when")
    return form


def test_the_builder_gives_every_condition_of_the_library_back():
    for entry in load_library().every:
        guide = entry.guide
        kinds = {q.fact: q.kind.value for q in guide.questions} | {d.fact: d.kind.value for d in guide.derived}
        for condition in conditions(plain_of(guide)):
            assert condition_of(sent(condition), "when", kinds) == condition


def test_without_an_account_there_is_no_such_room(house: House):
    with TestClient(create_app(house.settings, house)) as client:
        for path in ("/editor", "/editor/login", f"/editor/g/{KEY}", "/editor/password"):
            assert client.get(path).status_code == 404


def test_the_door_is_shut_to_strangers_and_to_guessing(house: House, clock: Clock):
    store = house.editing.store
    store.add_editor("安编辑", Role.EDITOR, "one-time", clock())
    with TestClient(create_app(house.settings, house), follow_redirects=False) as client:
        assert client.get("/editor").headers["location"] == "/editor/login"
        for _ in range(5):
            assert client.post("/editor/login", data={"name": "安编辑", "password": "wrong"}).status_code == 422
        assert client.post("/editor/login", data={"name": "安编辑", "password": "one-time"}).status_code == 429
        clock.now += timedelta(minutes=16)
        inside = client.post("/editor/login", data={"name": "安编辑", "password": "one-time"})
        assert inside.headers["location"] == "/editor/password"
        cookie = inside.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        assert client.get("/editor").headers["location"] == "/editor/password"
        short = client.post("/editor/password", data={"password": "short", "again": "short"}, headers=OURS)
        assert short.status_code == 422
        long = {"password": "a long enough one", "again": "a long enough one"}
        assert client.post("/editor/password", data=long, headers=OURS).headers["location"] == "/editor"
        for path in ("", f"/g/{KEY}", f"/g/{KEY}/s/materials", f"/g/{KEY}/edit/materials.0", f"/g/{KEY}/edit/head",
                     f"/g/{KEY}/edit/sources", f"/g/{KEY}/edit/routes.0", f"/g/{KEY}/preview?situation=1"):  # fmt: skip
            assert client.get(f"/editor{path}").status_code == 200, path
        evil = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
        assert client.post(f"/editor/g/{KEY}/do", data={"action": "stop", "note": "x"}, headers=evil).status_code == 403
        clock.now += timedelta(hours=13)
        assert client.get("/editor").headers["location"] == "/editor/login"


OURS = {"origin": "http://testserver"}


def test_every_form_gives_back_what_it_shows(house: House, clock: Clock):
    """Opening an entry and keeping it unchanged changes nothing: the whole form is sent as the page drew it."""
    from tests.channels.forms_on_page import filled

    house.editing.store.add_editor("安编辑", Role.EDITOR, "one-time", clock())
    house.editing.store.set_password("安编辑", "a long enough one")
    house.editing.begin(KEY, ANNA)
    before = house.editing.content(house.editing.begin(KEY, ANNA))
    with TestClient(create_app(house.settings, house)) as client:
        client.post("/editor/login", data={"name": "安编辑", "password": "a long enough one"}, headers=OURS)
        guide = house.guide("newborn", "430100")
        paths = [f"{name}.{i}" for name in ("questions", "conditions", "routes", "services", "materials", "fees", "faq",
                 "points", "phones", "deadlines", "conflicts", "presence", "prerequisites", "limits", "steps", "basis",
                 "burden", "never_ask", "impossible") for i in range(min(2, len(getattr(guide, name))))]  # fmt: skip
        for path in ("head", "sources", *paths):
            page = client.get(f"/editor/g/{KEY}/edit/{path}").text
            kept = client.post(f"/editor/g/{KEY}/check/{path}", data=filled(page), headers=OURS)
            assert kept.status_code == 200
            assert house.editing.content(house.editing.begin(KEY, ANNA)) == before, path
