"""参考清单 on every door: the page, the sheet, JSON, and never READY."""

from __future__ import annotations

from fastapi.testclient import TestClient

from prereview.model import Check, Finding, Outcome, Readiness
from prereview.profiles import profiles
from prereview.steps.report import make_report
from tests.prereview.cases import FACTS, the_list

SURE = {**FACTS, "applicant": "mother", "channel": "online"}
APART = {**SURE, "marriage": "unmarried", "has_certificate": False}


def walk(client: TestClient, facts: dict[str, bool | str | float]) -> tuple[str, str]:
    client.post("/start", data={"matter": "newborn"})
    client.post("/on", data={"on": "2026-11-22"})
    for fact, value in facts.items():
        client.post("/fact", data={"fact": fact, "value": str(value).lower(), "back": "/list"})
    return client.get("/list").text, client.get("/list/print").text


def test_a_list_that_rests_on_what_was_not_read_says_so_on_page_and_sheet(browser_like: TestClient) -> None:
    why = the_list(APART)[0].reference_why
    assert why
    for page in walk(browser_like, APART):
        assert "（参考清单）</h1>" in page
        assert why in page


def test_a_list_that_was_read_carries_no_such_title(browser_like: TestClient) -> None:
    for page in walk(browser_like, SURE):
        assert "参考清单" not in page


def test_json_says_so_and_why(client: TestClient) -> None:
    asked = {"bundle": "newborn", "on": "2026-11-22"}
    apart = client.post("/api/checklist", json={**asked, "facts": APART}).json()
    assert apart["reference_only"] is True
    assert "12345" in apart["reference_why"]
    sure = client.post("/api/checklist", json={**asked, "facts": SURE}).json()
    assert (sure["reference_only"], sure["reference_why"]) == (False, "")


def test_papers_against_a_reference_list_are_never_ready() -> None:
    own_list, _ = the_list(APART)
    assert own_list.reference_only
    fine = Finding("parents_id", Check.PRESENT, Outcome.FINE, "t", "e", "f", "m", ())
    report = make_report([fine], own_list, (), profiles())
    assert report.readiness is Readiness.ASK_A_PERSON
    assert "unverified" in report.open_things
