"""The retrieval suite measures what it says, and fails clearly when what it needs is not there."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.report import BarInvalid, CasesUnavailable, judge, read_bars
from evals.retrieval.evaluate import HERE, evaluate
from evals.retrieval.library import read_cases
from evals.retrieval.measures import ndcg, recall
from evals.retrieval.public import read_ncp, title_of
from guides.library import load_library
from guides.passages import passages


def test_ndcg_and_recall_are_those_of_the_textbook() -> None:
    assert ndcg(["a", "b"], {"a": 1}) == 1
    assert ndcg(["b", "a"], {"a": 1}) == pytest.approx(0.6309, abs=1e-4)
    assert ndcg(["a", "x", "b"], {"a": 1, "b": 1}) == pytest.approx((1 + 0.5) / (1 + 0.6309), abs=1e-4)
    assert ndcg(["x"] * 10 + ["a"], {"a": 1}) == 0
    assert recall(["a"], {"a": 1, "b": 1}) == 0.5


@given(st.permutations(list("abcdefgh")), st.sets(st.sampled_from("abcdefgh"), min_size=1))
def test_no_order_is_better_than_the_relevant_first(found: list[str], relevant: set[str]) -> None:
    marks = dict.fromkeys(relevant, 1)
    assert 0 < ndcg(found, marks) <= ndcg(sorted(found, key=lambda one: one not in relevant), marks) == pytest.approx(1)


def test_a_title_is_recovered_from_the_opening_and_stands_in_every_passage(shared_data: Path) -> None:
    assert title_of("关于某事的通知 各有关单位： 为深入") == "关于某事的通知"
    assert len(title_of("无" * 200)) == 60
    public = read_ncp(shared_data)
    assert len(public.documents) == 599
    for found in public.documents.values():
        assert len({passage.title for passage in found}) == 1
        assert found[0].text.startswith(found[0].title)


def test_every_question_of_ours_names_places_that_exist() -> None:
    whole = [entry.guide for entry in load_library().entries if not entry.base]
    places = {guide.slug: {piece.locator for piece in passages(guide)} for guide in whole}
    for case in read_cases(HERE / "cases.yaml"):
        assert set(case.places) & places[case.bundle], case.ask


def test_our_questions_are_not_the_wordings_the_guides_carry() -> None:
    """A guide may come to carry a wording later; then the question only stops being a test of anything new."""
    asks = {ask for guide in load_library().guides for piece in passages(guide) for ask in piece.asks}
    cases = read_cases(HERE / "cases.yaml")
    assert sum(case.ask in asks for case in cases) <= len(cases) / 20


def test_a_missing_data_folder_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(CasesUnavailable, match=r"^\.\./shared/data/ncp_covid_policy is missing"):
        evaluate(quick=True, data=tmp_path)


@pytest.mark.parametrize("text", ["- {ask: a}", "- {ask: a, bundle: b, places: [c], more: d}", "a: [", "x"])
def test_cases_that_are_not_cases_are_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "cases.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CasesUnavailable, match=r"cases\.yaml"):
        read_cases(tmp_path / "cases.yaml")


# --- the shape every suite reports in --------------------------------------------------------------------------------


def bars(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "bar.toml"
    path.write_text(text, encoding="utf-8")
    return path


def judged(tmp_path: Path, measured, **more):
    text = '[good]\nleast = 0.8\nraised = "2026-11-22"\n[bad]\nmost = 0.1\nraised = "2026-11-22"\n'
    held = read_bars(bars(tmp_path, text))
    return judge("s", 7, measured, held, config={}, cases=1, seconds=0.0, **more)


def test_a_suite_holds_only_when_every_bar_does(tmp_path: Path) -> None:
    assert judged(tmp_path, {"good": (0.8, 5), "bad": (0.1, 5), "told": (0.0, 5)}).holds
    assert not judged(tmp_path, {"good": (0.79, 5), "bad": (0.1, 5)}).holds
    assert not judged(tmp_path, {"good": (0.9, 5), "bad": (0.2, 5)}).holds
    assert not judged(tmp_path, {"good": (float("nan"), 5), "bad": (0.0, 5)}).holds


def test_a_bar_without_its_figure_or_over_no_cases_does_not_hold(tmp_path: Path) -> None:
    missing = judged(tmp_path, {"good": (1.0, 5)})
    assert not missing.holds
    assert missing.figures["bad"].n == 0
    assert judged(tmp_path, {"good": (1.0, 5)}, not_measured=["bad"]).holds
    assert not judged(tmp_path, {"good": (1.0, 0), "bad": (0.0, 5)}).holds


def test_the_report_is_one_plain_object_and_misses_lie_in_a_file(tmp_path: Path) -> None:
    report = judged(tmp_path, {"good": (0.8, 5), "bad": (0.1, 5)}, misses=[{"ask": "甲"}])
    shape = report.as_json()
    assert list(shape) == ["suite", "seed", "config", "cases", "figures", "holds", "seconds"]
    assert shape["figures"] == {
        "good": {"value": 0.8, "n": 5, "bar": 0.8, "holds": True},
        "bad": {"value": 0.1, "n": 5, "bar": 0.1, "holds": True},
    }
    assert report.write_misses(tmp_path).read_text(encoding="utf-8") == '{"ask": "甲"}\n'
    assert (tmp_path / "s" / "misses.jsonl").is_file()


@pytest.mark.parametrize(
    "text",
    [
        "[a",
        "[a]\nleast = 1",
        '[a]\nraised = "x"',
        '[a]\nleast = 1\nmost = 2\nraised = "x"',
        '[a]\nleast = "1"\nraised = "x"',
        '[a]\nleast = 1\nraised = "x"\nother = 1',
    ],
)
def test_a_malformed_bar_names_file_and_figure(tmp_path: Path, text: str) -> None:
    with pytest.raises(BarInvalid, match=r"bar\.toml"):
        read_bars(bars(tmp_path, text))
