"""An editor at the terminal: a draft beside the account, a comparison that fails while something is unexplained."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from evals.command import app


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANCHENG_HOME", str(tmp_path / "home"))


@pytest.fixture
def official(shared_data: Path) -> Path:
    return shared_data / "official_guides"


def portal(*words: str) -> Result:
    return CliRunner().invoke(app, ["ingest", "portal-json", *words])


def test_a_draft_is_written_beside_the_account(official: Path, tmp_path: Path) -> None:
    out = tmp_path / "draft"
    done = portal(str(official / "retirement.json"), "--dry-run", "--draft", str(out), "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["leaves"] == 660 == told["used"] + len(told["ignored"]) + len(told["unplaced"])
    assert [Path(name).name for name in told["draft"]] == ["guide.yaml", "sources.yaml", "notes.yaml"]
    assert "草稿" in (out / "guide.yaml").read_text(encoding="utf-8").splitlines()[0]


def test_an_editors_work_is_never_written_over(official: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.yaml").write_text("notes: []\n", encoding="utf-8")
    refused = portal(str(official / "newborn.json"), "--dry-run", "--draft", str(tmp_path))
    assert refused.exit_code == 2
    assert "不覆盖" in refused.output
    assert (tmp_path / "notes.yaml").read_text(encoding="utf-8") == "notes: []\n"
    assert not (tmp_path / "guide.yaml").exists()


@pytest.mark.parametrize(
    ("name", "slug"), [("newborn", "newborn"), ("retirement", "retirement"), ("restaurant", "open-restaurant")]
)
def test_the_first_three_agree_or_say_why_not(official: Path, name: str, slug: str) -> None:
    done = portal(str(official / f"{name}.json"), "--compare", slug, "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["bundle"] == slug
    assert told["differences"]
    assert all(one["explained"] for one in told["differences"])


def test_an_unexplained_difference_fails_and_is_named(official: Path, tmp_path: Path) -> None:
    whole = json.loads((official / "newborn.json").read_bytes())
    whole["data"]["materialList"][0]["clmc"] = "一样新的材料"
    whole["data"]["basicInfo"]["zxdh"] = "0731-11111111"
    whole["data"]["onethingCatalogStandServiceGuide"]["xzsbcl"] = 9.0
    changed = tmp_path / "changed.json"
    changed.write_text(json.dumps(whole), encoding="utf-8")
    done = portal(str(changed), "--compare", "newborn")
    assert done.exit_code == 1
    for said in ("materialList/一样新的材料:missing", "phones/0731-11111111:missing", "burden/materials:figures"):
        assert f"待说明  {said}" in done.stdout


def test_a_county_is_held_against_its_own_guide(official: Path) -> None:
    done = portal(str(official / "newborn_county.json"), "--compare", "newborn", "--json")
    told = json.loads(done.stdout)
    assert told["region"] == "431022"
    open_ones = [one["name"] for one in told["differences"] if not one["explained"]]
    assert all(name.startswith("points/") for name in open_ones), "what it took over is explained where it came from"


def test_a_matter_without_a_guide_is_refused(official: Path) -> None:
    assert portal(str(official / "newborn.json"), "--compare", "nothing").exit_code == 2
