"""The terminal keeps to its fixed names: one object on one line; 0 done, 1 a bar not held, 2 bad input and a remedy."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import cast

import pytest
from typer.testing import CliRunner

from evals.command import app

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None
DATA = Path(__file__).parents[3] / "shared" / "data"
STORY = "我家宝宝上周在长沙出生，我是湖北户口，她爸是长沙户口，需要带什么？"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runner:
    monkeypatch.setenv("BANCHENG_HOME", str(tmp_path / "home"))
    return Runner()


class Runner:
    """Runs a command as typed and reads its one line of JSON."""

    def __call__(self, *words: str, code: int = 0) -> Json:
        result = CliRunner().invoke(app, [*words, "--json"])
        assert result.exit_code == code, result.output
        lines = result.stdout.strip().splitlines()
        assert len(lines) == 1, "one object on one line"
        return cast("Json", json.loads(lines[0]))

    def refused(self, *words: str) -> str:
        """Run a command that must be refused as bad input; give what it says."""
        result = CliRunner().invoke(app, list(words))
        assert result.exit_code == 2, result.output
        assert "Traceback" not in result.output
        return result.output + (result.stderr or "")


def keys(value: Json) -> set[str]:
    assert isinstance(value, dict)
    return set(value)


def part(value: Json, name: str) -> Json:
    assert isinstance(value, dict)
    return value[name]


def rows(value: Json, name: str) -> list[dict[str, Json]]:
    found = part(value, name)
    assert isinstance(found, list)
    return [row for row in found if isinstance(row, dict)]


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    file = tmp_path / "facts.json"
    file.write_text(
        json.dumps(
            {
                "birth_place": "hunan",
                "birth_date": "2026-11-15",
                "mother_hukou": "other_province",
                "father_hukou": "hunan",
                "household_side": "father",
                "hukou_kind": "family",
                "marriage": "married",
                "same_ethnicity": True,
                "applicant": "mother",
                "claims_maternity": False,
                "multiple_birth": False,
            }
        ),
        encoding="utf-8",
    )
    return file


def test_a_question_is_answered_with_citations_and_one_question_back(run: Runner) -> None:
    answer = run("ask", STORY, "--on", "2026-11-22")
    assert {"answer_id", "outcome", "understood", "question", "statements", "checklist"} <= keys(answer)
    assert part(answer, "outcome") == "asking"
    assert {"fact", "ask", "options", "why"} <= keys(part(answer, "question"))
    assert {row["fact"] for row in rows(answer, "understood")} >= {"birth_date", "mother_hukou", "father_hukou"}
    for statement in rows(answer, "statements"):
        for citation in rows(statement, "citations"):
            assert {"source", "title", "document_no", "url", "locator", "verification"} <= citation.keys()
        assert rows(statement, "citations")


def test_facts_on_file_leave_nothing_to_ask(run: Runner, facts: Path) -> None:
    answer = run("ask", "给宝宝上户口要带什么", "--facts", str(facts), "--on", "2026-11-22")
    assert (part(answer, "outcome"), part(answer, "question")) == ("answered", None)


def test_a_checklist_has_a_reason_and_a_clause_on_every_line(run: Runner, facts: Path) -> None:
    made = run("checklist", "--bundle", "newborn", "--facts", str(facts), "--on", "2026-11-22", "--region", "长沙")
    assert {"bundle", "region", "on", "digests", "route", "items", "prerequisites", "presence"} <= keys(made)
    for item in rows(made, "items"):
        wanted = {"requirement", "name", "status", "handling", "reason", "ground", "fallback", "citation"}
        assert wanted <= item.keys()
        assert item["reason"]
        assert item["citation"]


def test_guides_are_listed_shown_and_proved(run: Runner) -> None:
    listed = run("guides", "list")
    assert isinstance(listed, list)
    wanted = {
        "slug",
        "title",
        "region",
        "services",
        "questions",
        "materials",
        "exemptions",
        "examples",
        "sources",
        "facts",
        "unverified",
    }
    assert all(isinstance(row, dict) and set(row) == wanted for row in listed)
    assert {row["fact"] for row in rows(run("guides", "show", "newborn"), "facts")} >= {"birth_place", "marriage"}
    proved = run("guides", "check")
    assert keys(proved) == {"bundles", "seconds"}
    for bundle in rows(proved, "bundles"):
        assert bundle["problems"] == []
        assert isinstance(bundle["situations"], int)
        assert bundle["situations"] > 20


def test_guides_are_drawn(run: Runner, tmp_path: Path) -> None:
    drawn = run("guides", "draw", "newborn", "--out", str(tmp_path / "drawn"))
    files = part(drawn, "files")
    assert isinstance(files, list)
    assert [Path(str(file)).suffix for file in files[:3]] == [".svg", ".html", ".csv"]
    flow, page, sheet = (Path(str(file)).read_text(encoding="utf-8-sig") for file in files[:3])
    assert "新生儿出生“一件事”联办" in flow
    assert "出生登记" in flow
    assert '<th scope="col">依据</th>' in page
    assert "新生儿出生一件事办事指南（长沙市）" in page
    head, *lists = csv.reader(io.StringIO(sheet))
    assert head[:3] == ["办理路线", "情形数", "其中一种情形"]
    assert sum(int(row[1]) for row in lists) == 23_316
    assert len({(row[0], *row[3:]) for row in lists}) == len(lists)


@pytest.mark.parametrize(("name", "leaves"), [("newborn", 681), ("retirement", 660)])
def test_a_portal_guide_is_accounted_for(run: Runner, name: str, leaves: int) -> None:
    file = DATA / "official_guides" / f"{name}.json"
    account = run("ingest", "portal-json", str(file), "--dry-run")
    assert keys(account) == {"leaves", "used", "ignored", "unplaced"}
    assert part(account, "leaves") == leaves
    unplaced = part(account, "unplaced")
    assert isinstance(unplaced, list)
    used = part(account, "used")
    assert isinstance(used, int)
    assert used + len(rows(account, "ignored")) + len(unplaced) == leaves
    assert len(unplaced) <= 0.05 * leaves


def test_an_ingested_file_is_counted_and_a_second_time_unchanged(run: Runner, tmp_path: Path) -> None:
    file = tmp_path / "notice.txt"
    file.write_text("关于样例的通知\n\n一、样例内容。\n", encoding="utf-8")
    assert part(run("ingest", str(file)), "replaced") == 1
    assert part(run("ingest", str(file)), "unchanged") == 1


def test_the_suite_of_situations_holds(run: Runner) -> None:
    report = run("eval", "situations")
    assert keys(report) == {"suite", "seed", "config", "cases", "figures", "holds", "seconds"}
    assert part(report, "holds") is True


@pytest.mark.parametrize(
    ("words", "remedy"),
    [
        (("checklist", "--bundle", "nothing"), "12345"),
        (("checklist", "--bundle", "newborn", "--on", "明天"), "2026-11-22"),
        (("checklist", "--bundle", "newborn", "--region", "火星"), "12345"),
        (("checklist", "--bundle", "newborn", "--region", "深圳"), "12345"),
        (("checklist", "--bundle", "newborn", "--facts", "missing.json"), "检查路径"),
        (("guides", "list", "--on", "2026-13-01"), "2026-11-22"),
        (("guides", "show", "nothing"), "12345"),
        (("ingest", "no-such-file.pdf"), "找不到"),
        (("ingest", "portal-json", "no-such-file.json"), "打不开"),
        (("eval", "nothing"), "没有"),
    ],
)
def test_bad_input_says_what_to_write_instead(run: Runner, words: tuple[str, ...], remedy: str) -> None:
    assert remedy in run.refused(*words)


@pytest.mark.parametrize(
    "content",
    [
        "[]",
        "{",
        '{"birth_place": ["hunan"]}',
        '{"no_such_fact": true}',
        '{"birth_place": "mars"}',
        '{"birth_date": "yesterday"}',
    ],
)
def test_a_bad_facts_file_is_explained(run: Runner, tmp_path: Path, content: str) -> None:
    file = tmp_path / "bad.json"
    file.write_text(content, encoding="utf-8")
    assert run.refused("checklist", "--bundle", "newborn", "--facts", str(file)).strip()
