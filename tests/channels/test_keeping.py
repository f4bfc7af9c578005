"""What is kept, how, and for how long: answers for ever as given, papers encrypted and forgotten on time."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from channels.http.app import create_app
from channels.settings import Settings, read_settings
from channels.wiring import House, open_desk, open_house
from evals.specimens import papers
from evals.specimens.draw import picture
from evals.specimens.people import family
from guides.rules import read_facts
from prereview.model import FileState, Submission
from prereview.ports import SubmissionInvalid
from tests.channels.conftest import NOW
from tests.channels.test_http import ASKED, FACTS

KINDS = ("id_card", "household_booklet", "marriage_certificate", "birth_record")


@dataclass
class Clock:
    """A clock that stands where a test puts it."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings({"BANCHENG_HOME": str(tmp_path)})


@pytest.fixture
def clock() -> Clock:
    return Clock()


def begin(house: House, *, on: date = NOW.date(), until_planned: bool = False) -> Submission:
    guide = house.guide("newborn", "430100")
    return house.papers.open(guide, read_facts(guide, FACTS), on=on, consents=KINDS, until_planned=until_planned)


def record() -> bytes:
    return picture(papers.birth_record(family(7, NOW.date()), 7), "clean").data


def test_an_answer_opens_after_a_restart_exactly_as_it_was_given(settings: Settings):
    first = open_house(settings)
    given = first.view(first.ask(ASKED, on=first.today))
    again = open_house(settings)
    found = again.record(given.answer_id)
    assert found is not None
    assert found.answer == given


def test_a_trace_says_when_its_source_has_changed(settings: Settings, shared_data: Path):
    official = shared_data / "official_guides" / "newborn.json"
    open_desk(settings).import_portal(official.read_bytes(), official.name)
    house = open_house(settings)
    client = TestClient(create_app(settings, house))
    answer = client.post("/api/chat", json={"question": ASKED}).json()["answer_id"]
    assert not client.get(f"/api/trace/{answer}").json()["changed"]
    later = official.read_text("utf-8").replace("六个月内", "三个月内")
    assert later != official.read_text("utf-8")
    open_desk(settings).import_portal(later.encode(), official.name)
    assert client.get(f"/api/trace/{answer}").json()["changed"]
    assert "有变化" in client.get(f"/t/{answer}").text


def test_papers_lie_encrypted_and_nothing_of_them_is_readable_on_disk(settings: Settings, tmp_path: Path):
    house = open_house(settings)
    made, content = begin(house), record()
    house.papers.add(made.id, "我家宝宝.png", content, "birth_record")
    for file in tmp_path.rglob("*"):
        if file.is_file():
            kept = file.read_bytes()
            assert content[:64] not in kept, file
            assert "我家宝宝".encode() not in kept, file
            assert b"household_side" not in kept, file


@pytest.mark.parametrize(
    ("until_planned", "ahead", "kept"),
    [(False, 5, timedelta(hours=24)), (True, 0, timedelta(hours=24)), (True, 30, timedelta(days=7))],
)
def test_papers_are_forgotten_on_their_deadline(
    settings: Settings, clock: Clock, until_planned: bool, ahead: int, kept: timedelta
):
    house = open_house(settings, clock=clock)
    made = begin(house, on=NOW.date() + timedelta(days=ahead), until_planned=until_planned)
    house.papers.add(made.id, "a.png", record(), "birth_record")
    clock.now = NOW + kept - timedelta(minutes=1)
    house.papers.desk.sweep(clock())
    assert house.papers.get(made.id).id == made.id
    clock.now = NOW + kept + timedelta(minutes=1)
    with pytest.raises(SubmissionInvalid):
        house.papers.folder(made.id)
    house.papers.desk.sweep(clock())
    assert made.id not in house.papers.desk.vault.held()


def test_papers_kept_until_the_planned_day_outlive_it_by_no_day(settings: Settings, clock: Clock):
    house = open_house(settings, clock=clock)
    made = begin(house, on=NOW.date() + timedelta(days=3), until_planned=True)
    assert made.deadline.astimezone(house.zone).date() <= made.planned + timedelta(days=1)


def test_what_waited_before_a_restart_is_read_after_it(settings: Settings):
    before = open_house(settings)
    made = begin(before)
    before.papers.add(made.id, "a.png", record(), "birth_record")
    after = open_house(settings)
    with TestClient(create_app(settings, after)):
        wait(lambda: after.papers.get(made.id).files[0].state is FileState.READ)
    report = after.papers.report(after.papers.folder(made.id))
    assert report.of("birth_record")


def test_a_document_nobody_agreed_to_is_not_kept(settings: Settings):
    house = open_house(settings)
    guide = house.guide("newborn", "430100")
    made = house.papers.open(
        guide, read_facts(guide, FACTS), on=NOW.date(), consents=("birth_record",), until_planned=False
    )
    card = picture(papers.id_card_both(family(7, NOW.date()).mother, 1), "clean").data
    file = house.papers.add(made.id, "record.png", card, "birth_record")
    house.papers.read(made.id, file.id)
    house.close()
    shot = house.papers.folder(made.id).shots[0]
    assert shot.read.pages == ()
    assert shot.read.problem is not None
    assert "居民身份证" in shot.read.problem.remedy
    with pytest.raises(SubmissionInvalid):
        house.papers.picture(made.id, file.id, 1)


def test_what_people_say_is_kept_without_their_numbers(settings: Settings, tmp_path: Path):
    house = open_house(settings)
    answer = house.view(house.ask("我身份证990101199003070019，电话13812345678，给娃上户口", on=house.today))
    assert json.loads(answer.model_dump_json())["notices"]
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert b"990101199003070019" not in file.read_bytes()
            assert b"13812345678" not in file.read_bytes()


def wait(ready: Callable[[], bool], most: timedelta = timedelta(minutes=4)) -> None:
    from time import monotonic, sleep

    deadline = monotonic() + most.total_seconds()
    while not ready():
        assert monotonic() < deadline, "it never came"
        sleep(0.2)
