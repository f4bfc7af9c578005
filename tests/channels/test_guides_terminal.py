"""Comparing and checking guides at the terminal: exit codes, one line of JSON, and sentences for what was mistyped."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from evals.command import app


def typed(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, ["guides", *words])
    assert result.exit_code == code, result.output
    return result.output


def test_two_places_are_compared_in_sentences_and_as_json() -> None:
    told = typed("diff", "newborn@430100", "newborn@431022")
    assert "种完全一样" in told
    assert "· 电话“投诉和政务服务热线”：0731-12345 → 0735-12345" in told
    found = json.loads(typed("diff", "newborn", "newborn@宜章县", "--on", "2026-11-22", "--json"))
    assert found["situations"] == found["alike"]
    assert {"kind", "name", "situations", "where", "before", "after", "clauses", "sentence"} == found["changes"][
        0
    ].keys()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("newborn", "newborn"), "没有可比的"),
        (("newborn", "newborn@郴州"), "本地清单未收录"),
        (("newborn", "no-such-thing"), "本地清单未收录"),
        (("newborn", "newborn@2026-13-01"), "日期"),
    ],
)
def test_what_cannot_be_compared_is_said(words: tuple[str, str], said: str) -> None:
    assert said in typed("diff", *words, code=2)


def test_one_guide_is_checked_by_its_name() -> None:
    found = json.loads(typed("check", "social-security-card", "--on", "2026-11-22", "--json"))
    assert [row["slug"] for row in found["bundles"]] == ["social-security-card"]
    assert found["bundles"][0]["problems"] == []
    assert "见 guides list" in typed("check", "no-such-thing", code=2)


def facts_file(folder: Path) -> str:
    file = folder / "facts.json"
    file.write_text(json.dumps({"birth_place": "hunan", "claims_maternity": True}), encoding="utf-8")
    return str(file)


def test_a_list_is_told_with_each_service_under_the_place_that_decides_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BANCHENG_HOME", str(tmp_path / "home"))
    words = ["checklist", "--bundle", "newborn", "--facts", facts_file(tmp_path), "--on", "2026-11-22"]
    told = CliRunner().invoke(app, [*words, "--places", "insured=深圳", "--json"])
    services = {row["id"]: row for row in json.loads(told.stdout)["services"]}
    assert services["maternity_benefit"]["recorded"] is False
    assert "本地清单未收录，请问当地 12345" in services["maternity_benefit"]["say"]
    for wrong in ("insured", "moon=长沙", "insured=月球"):
        refused = CliRunner().invoke(app, [*words, "--places", wrong])
        assert refused.exit_code == 2, refused.output
        assert "Traceback" not in refused.output


def test_the_json_door_takes_places_and_refuses_unknown_ones(client: TestClient) -> None:
    asked: dict[str, object] = {"bundle": "newborn", "on": "2026-11-22", "facts": {"claims_maternity": True}}
    found = client.post("/api/checklist", json={**asked, "places": {"insured": "440300"}}).json()
    services = {row["id"]: row for row in found["services"]}
    assert services["maternity_benefit"]["recorded"] is False
    assert client.post("/api/checklist", json={**asked, "places": {"moon": "440300"}}).status_code == 422
    assert client.post("/api/checklist", json={**asked, "places": {"insured": "月球"}}).status_code == 422
