"""A closed half is scored only as it was frozen and on a tree anybody can check out; every scoring stays."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evals import scoring
from evals.command import app
from evals.report import Bar, against_so_far, judge, read_bars
from evals.scoring import ScoringRefused, commit_to_score, record, unfrozen

REPORT = judge(
    "routing",
    0,
    {"bundle_accuracy": (0.9, 300), "never_another_city": (1.0, 24), "median_ms": (3.21, 300), "p95_ms": (9.0, 300)},
    {"bundle_accuracy": Bar(0.95, None, "2026-11-22")},
    config={},
    cases=300,
    seconds=1.0,
)
Frozen = tuple[Path, Callable[..., str]]


@pytest.fixture
def frozen(tmp_path: Path) -> Frozen:
    """Build a project of one closed file, committed as it stands."""

    def git(*words: str) -> str:
        who = ("-c", "user.name=a", "-c", "user.email=a@example.com")
        return subprocess.run(
            ["git", "-C", str(tmp_path), *who, *words], check=True, capture_output=True, text=True
        ).stdout

    case = tmp_path / "evals/routing/closed/cases.yaml"
    case.parent.mkdir(parents=True)
    case.write_text("cases: []\n", encoding="utf-8")
    digest = hashlib.sha256(case.read_bytes()).hexdigest()
    (tmp_path / "evals/CLOSED.md").write_text(f"| routing/closed/cases.yaml | 0 | {digest} |\n", encoding="utf-8")
    for room in ("assistant", "guides", "channels", "ingestion"):
        (tmp_path / room).mkdir()
        (tmp_path / room / "model.py").write_text("", encoding="utf-8")
    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "begin")
    return tmp_path, git


def test_a_clean_tree_is_scored_under_its_commit(frozen: Frozen) -> None:
    root, git = frozen
    assert git("rev-parse", "HEAD").startswith(commit_to_score(root))


@pytest.mark.parametrize("name", ["assistant/model.py", "guides/new.yaml", "evals/routing/closed/cases.yaml"])
def test_an_uncommitted_change_is_refused_by_name(frozen: Frozen, name: str) -> None:
    root, _ = frozen
    (root / name).write_text("changed\n", encoding="utf-8")
    with pytest.raises(ScoringRefused, match=name):
        commit_to_score(root)


def test_a_case_edited_and_committed_is_refused(frozen: Frozen) -> None:
    root, git = frozen
    (root / "evals/routing/closed/cases.yaml").write_text("cases: [1]\n", encoding="utf-8")
    git("commit", "-q", "-a", "-m", "make it easier")
    with pytest.raises(ScoringRefused, match=r"routing/closed/cases\.yaml"):
        commit_to_score(root)


def test_a_digest_that_is_not_committed_counts_for_nothing(frozen: Frozen) -> None:
    root, git = frozen
    case = root / "evals/routing/closed/cases.yaml"
    case.write_text("cases: [1]\n", encoding="utf-8")
    git("commit", "-q", "-a", "-m", "make it easier")
    digest = hashlib.sha256(case.read_bytes()).hexdigest()
    (root / "evals/CLOSED.md").write_text(f"| routing/closed/cases.yaml | 1 | {digest} |\n", encoding="utf-8")
    with pytest.raises(ScoringRefused):
        commit_to_score(root)
    git("commit", "-q", "-a", "-m", "add a case and renew its digest")
    assert commit_to_score(root)


def test_the_ledger_of_scorings_is_no_change(frozen: Frozen) -> None:
    root, _ = frozen
    with (root / "evals/CLOSED.md").open("a", encoding="utf-8") as ledger:
        ledger.write("| 2026-11-22 | abc | routing | bundle_accuracy 0.9 |\n")
    assert commit_to_score(root)


def test_what_is_no_repository_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ScoringRefused, match="git"):
        commit_to_score(tmp_path)


def test_files_that_are_gone_or_never_listed_are_named(tmp_path: Path) -> None:
    file = tmp_path / "facts/closed/cases.yaml"
    file.parent.mkdir(parents=True)
    file.write_text("cases: []\n", encoding="utf-8")
    gone = f"| answers/closed/cases.yaml | 1 | {'0' * 64} |\n"
    assert unfrozen(tmp_path, gone) == ["answers/closed/cases.yaml", "facts/closed/cases.yaml"]


def test_a_scoring_is_added_and_nothing_is_taken_out(tmp_path: Path) -> None:
    ledger = tmp_path / "CLOSED.md"
    ledger.write_text("# Sets\n\n| date | commit | suite | figures |\n|---|---|---|---|\n", encoding="utf-8")
    for commit in ("aaa", "bbb"):
        record(REPORT, commit, date(2026, 11, 22), ledger)
    text = ledger.read_text(encoding="utf-8")
    told = "bundle_accuracy 0.9000 of 300 (bar 0.95); never_another_city 1.0000 of 24; median_ms 3.2; p95_ms 9.0"
    assert text.startswith("# Sets\n")
    assert text.splitlines()[-2:] == [
        f"| 2026-11-22 | aaa | routing | {told} |",
        f"| 2026-11-22 | bbb | routing | {told} |",
    ]


def test_every_suite_with_a_closed_half_is_known() -> None:
    assert {path.parent.name for path in scoring.HERE.glob("*/closed")} == set(scoring.SUITES)


# --- on the way to a bar


def test_a_quick_run_may_not_fall_behind_what_was_reached(tmp_path: Path) -> None:
    file = tmp_path / "bar.toml"
    file.write_text('[bundle_accuracy]\nleast = 0.95\nso_far = 0.8\nraised = "2026-11-22"\n', encoding="utf-8")
    bars = read_bars(file)

    def measured(value: float) -> tuple[bool, bool]:
        whole = judge("routing", 0, {"bundle_accuracy": (value, 9)}, bars, config={}, cases=9, seconds=1.0)
        return whole.holds, against_so_far(whole).holds

    assert measured(0.96) == (True, True)
    assert measured(0.85) == (False, True)
    assert measured(0.79) == (False, False)


def test_a_quick_run_says_which_bars_it_was_held_against() -> None:
    quick = against_so_far(REPORT)
    assert quick.config["bars"] == "so_far"
    assert quick.figures["bundle_accuracy"].bar == 0.95
    assert quick.figures["never_another_city"].bar is None


# --- the command


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("situations", "--closed"), "没有闭卷题"),
        (("routing", "--closed", "--quick"), "整份闭卷题"),
        (("facts", "--closed", "--cases", "mine.yaml"), "整份闭卷题"),
    ],
)
def test_a_closed_half_is_scored_whole_or_not_at_all(words: tuple[str, ...], told: str) -> None:
    ended = CliRunner().invoke(app, ["eval", *words])
    assert ended.exit_code == 2
    assert told in ended.output
