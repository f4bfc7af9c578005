"""One id, one thread: every requirement of the newborn bundle through chat, list, finding, printed sheet and trace."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from channels.wiring import House
from evals.specimens import papers
from evals.specimens.draw import picture
from evals.specimens.people import family
from guides.library import load_library
from guides.model import Example
from tests.channels.test_http import wait_for

ENTRY = next(entry for entry in load_library().entries if entry.guide.slug == "newborn")
MADE_BY_THE_SYSTEM = "application_form"
"""The one paper nobody is ever asked for; it is handed in here to be told so."""


def situation_for(requirement: str) -> Example:
    """Give a named situation in which the requirement is owed, or else spared."""
    for wanted in ("required", "exempt"):
        for example in ENTRY.examples:
            if example.items[requirement].value == wanted:
                return example
    raise AssertionError(f"no named situation needs {requirement}")


@pytest.mark.parametrize("requirement", [material.id for material in ENTRY.guide.materials])
def test_one_requirement_is_the_same_everywhere(client: TestClient, house: House, requirement: str):
    example = situation_for(requirement)
    status = example.items[requirement].value
    told = {"facts": dict(example.facts), "on": example.on.isoformat()}

    chat = client.post("/api/chat", json={"question": "要带什么材料", "matter": "newborn", **told}).json()
    assert status_in(chat["checklist"], requirement) == status

    made = client.post("/api/checklist", json={"bundle": "newborn", **told}).json()
    assert status_in(made, requirement) == status

    trace = client.get(f"/api/trace/{chat['answer_id']}").json()
    assert status_in(trace["answer"]["checklist"], requirement) == status
    reopened = client.get(f"/t/{chat['answer_id']}").text
    assert f'data-requirement="{requirement}"' in reopened

    sheet = printed(client, told)
    assert f'data-requirement="{requirement}" data-status="{status}"' in sheet

    findings = judged(client, house, requirement, told)
    assert requirement in {finding["requirement"] for finding in findings}
    item = next(one for one in made["items"] if one["requirement"] == requirement)
    found = next(one for one in findings if one["requirement"] == requirement)
    assert found["citation"]["source"] in {citation["source"] for citation in item["citations"]}


def status_in(checklist: dict, requirement: str) -> str:
    return next(item["status"] for item in checklist["items"] if item["requirement"] == requirement)


def printed(client: TestClient, told: dict) -> str:
    """Give the printed sheet of somebody who told the same in the browser."""
    client.cookies.clear()
    ours = {"origin": "http://testserver"}
    client.post("/start", data={"matter": "newborn"}, headers=ours)
    for fact, value in told["facts"].items():
        plain = str(value).lower() if isinstance(value, bool) else str(value)
        answered = client.post("/fact", data={"fact": fact, "value": plain, "back": "/list"}, headers=ours)
        assert answered.status_code == 200, (fact, value)
    client.post("/on", data={"on": told["on"]}, headers=ours)
    sheet = client.get("/list/print").text
    assert re.search("不是受理凭证或一次性告知书", sheet)
    return sheet


def judged(client: TestClient, house: House, requirement: str, told: dict) -> list[dict]:
    """Give the findings of a submission: nothing is handed in but the paper nobody asks for."""
    body = {"bundle": "newborn", **told}
    kinds = [one["kind"] for one in client.post("/api/submissions/consents", json=body).json()]
    made = client.post("/api/submissions", json={**body, "consents": [*kinds, MADE_BY_THE_SYSTEM]}).json()
    if requirement == MADE_BY_THE_SYSTEM:
        form = picture(papers.application_form(family(3, house.today), 3), "clean")
        sent = client.post(
            f"/api/submissions/{made['id']}/files",
            files={"file": (form.truth.file, form.data, "image/png")},
            data={"requirement": requirement},
        )
        assert sent.status_code == 202, sent.text
    return wait_for(client, made["id"])["findings"]
