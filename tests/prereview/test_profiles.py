"""The data: profiles load and recognise their own words, wording promises nothing, mistakes are named."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prereview.model import Certainty
from prereview.ports import ProfileInvalid
from prereview.profiles import DOCUMENTS, load_profiles, profiles
from prereview.values import (
    as_day,
)
from prereview.wording import FORBIDDEN, WORDING, load_wording, wording
from tests.prereview import papers
from tests.prereview.pages import document, fields, page

# --- data -------------------------------------------------------------------------------------------------------------


def test_profiles_load_and_every_field_has_a_name_for_people() -> None:
    known = profiles()
    assert len(known.by_kind) >= 25
    words = wording()
    for profile in known.by_kind.values():
        for side in profile.sides:
            for field in (*side.fields, *(side.persons.fields if side.persons else ()), *side.blanks):
                name = str(field.model_dump()["name"])
                assert words.field(name) != "内容", f"{profile.kind}: {name}"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("unknown_key: 1\n", "unknown_key"),
        ("mistaken_for: [no_such_kind]\n", "no_such_kind"),
        ("validity: {until: no_such_field}\n", "no_such_field"),
        ("authority: [\n", "YAML"),
    ],
)
def test_a_mistake_in_a_profile_is_named(tmp_path: Path, change: str, expected: str) -> None:
    text = (DOCUMENTS / "floor_plan.yaml").read_text("utf-8").replace("authority: 10\n", change)
    (tmp_path / "floor_plan.yaml").write_text(text, "utf-8")
    with pytest.raises(ProfileInvalid) as refused:
        load_profiles(tmp_path)
    assert any("floor_plan" in problem and expected in problem for problem in refused.value.problems)


def test_a_folder_without_profiles_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProfileInvalid):
        load_profiles(tmp_path)


def test_nothing_we_say_promises_or_blames() -> None:
    text = WORDING.read_text("utf-8")
    assert not [word for word in FORBIDDEN if word in text]
    assert "！" not in text
    for check, words in wording().checks.items():
        for key, said in words.says.items():
            fine = key in {"here", "right", "clear", "complete", "valid", "fits", "same", "totals_same", "ordered"}
            fine |= key in {"signed", "filled", "agrees"}
            assert fine or said.remedy, f"{check}.{key} does not say what to do"


def test_a_mistake_in_the_wording_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "wording.yaml"
    broken.write_text(WORDING.read_text("utf-8").replace("  in_date:", "  not_a_check:"), "utf-8")
    with pytest.raises(ProfileInvalid, match="not_a_check"):
        load_wording(broken)


@given(st.text(max_size=30))
def test_what_stands_on_a_paper_is_never_taken_as_a_format(text: str) -> None:
    from prereview.model import Check

    said = wording().say(Check.RIGHT_DOCUMENT, "other", what=text, other=text)
    assert said.found == f"这是{text}"


def test_a_day_has_a_day_after() -> None:
    assert as_day("长期") is None
    assert as_day((date(2026, 2, 28) + timedelta(days=1)).isoformat()) == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("kind", "side"), [(profile.kind, side.side) for profile in profiles().by_kind.values() for side in profile.sides]
)
def test_a_page_with_all_the_words_of_a_profile_is_that_document(kind: str, side: str) -> None:
    profile = profiles().by_kind[kind]
    described = profile.side(side)
    assert described is not None
    words = [title.strip("*").replace("*", "") for title in described.titles[:1]]
    words += [group[0] for group in described.required]
    words += [anchor.split("|")[0] for anchor in described.anchors]
    placed = [(100.0, 80.0 * (number + 1), word) for number, word in enumerate(dict.fromkeys(words))]
    found = document(placed, size=(1600, 80.0 * (len(placed) + 2)))
    assert (found.kind, found.side, found.certainty) == (kind, side, Certainty.SURE)


def test_what_was_typed_into_an_electronic_form_is_read() -> None:
    from ingestion.model import Box, Document, FormField
    from prereview.steps.read import read_pages
    from tests.prereview.pages import NoOcr, PlainEye

    empty = page([word for word in papers.birth_record() if word[2] != papers.CHILD])
    typed = FormField("child", papers.CHILD, 1, Box(0.25, 0.142, 0.35, 0.178))
    form = Document("0" * 64, "application/pdf", "a.pdf", (empty,), form_fields=(typed,))
    (read_back,) = read_pages(form, ocr=NoOcr(), eye=PlainEye(), profiles=profiles())
    assert fields(read_back.documents[0])["child_name"] == papers.CHILD
