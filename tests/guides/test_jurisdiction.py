"""Whose place decides: each service under the region that governs it, and no other city's lines where none is known."""

from __future__ import annotations

from datetime import date

import pytest

from guides.jurisdiction import NOT_RECORDED, Governed, PlaceInvalid, governed, place_of
from guides.library import Library, load_library
from guides.model import Guide, Jurisdiction
from guides.rules import checklist, read_facts
from guides.situation import Situation

ON = date(2026, 11, 22)
LIBRARY = load_library()
FACTS: dict[str, bool | int | float | str] = {
    "birth_place": "hunan",
    "birth_date": "2026-11-12",
    "mother_hukou": "hunan",
    "father_hukou": "hunan",
    "household_side": "mother",
    "hukou_kind": "collective",
    "marriage": "married",
    "same_ethnicity": False,
    "has_certificate": False,
    "applicant": "mother",
    "channel": "window",
    "claims_maternity": True,
    "first_claim": True,
    "multiple_birth": False,
}


def the_guide(region: str = "430100") -> tuple[Guide, Situation]:
    guide = LIBRARY.find("newborn", region)
    assert guide is not None
    return guide, read_facts(guide, FACTS)


def given(places: dict[str, str], library: Library = LIBRARY) -> Governed:
    guide, situation = the_guide()
    return governed(library, guide, situation, places, on=ON)


def services(found: Governed) -> dict[str, tuple[str, bool]]:
    return {one.service.id: (one.region, one.recorded) for one in found.services}


def test_without_places_the_list_is_the_guides_own_and_says_what_it_hangs_on() -> None:
    guide, situation = the_guide()
    found = given({})
    assert found.checklist.items == checklist(guide, situation, on=ON, sources=LIBRARY.sources).items
    said = {one.service.id: one.say for one in found.services}
    assert said["birth_registration"] == "这一项看户籍地；还不知道在哪里，先按长沙市的指南列。"


def test_a_place_within_the_guides_own_region_changes_nothing() -> None:
    found = given({"hukou": "430104", "insured": "430100"})
    assert found.checklist.items == given({}).checklist.items
    assert services(found)["birth_registration"] == ("430104", True)


def test_a_place_with_a_guide_of_its_own_brings_its_service_and_keeps_what_is_the_same() -> None:
    found = given({"hukou": "431022"})
    by_id = {one.service.id: one for one in found.services}
    assert by_id["birth_registration"].say == "户籍地在宜章县，按宜章县的指南办。"
    assert by_id["birth_registration"].service.citation.source == "portal_newborn_yizhang"
    assert by_id["birth_certificate_issue"].service.citation.source == "portal_newborn_changsha"
    names = [item.requirement.partition("@")[0] for item in found.checklist.items]
    assert "nonmarital_statement" in names or "household_booklet" in names
    ethnicity = next(i for i in found.checklist.items if i.requirement.startswith("ethnicity_application"))
    assert {citation.source for citation in ethnicity.citations} == {"portal_newborn_yizhang"}


def test_a_place_without_a_guide_gets_no_other_citys_lines_but_the_local_12345() -> None:
    found = given({"insured": "440300", "hukou": "430100"})
    by_id = {one.service.id: one for one in found.services}
    assert by_id["maternity_benefit"].recorded is False
    assert by_id["maternity_benefit"].say == f"参保地在深圳市：{NOT_RECORDED}"
    names = {item.requirement for item in found.checklist.items}
    assert not names & {"invoices", "expense_list", "diagnosis", "bank_card"}
    assert "household_booklet" in names


def test_a_paper_that_another_service_still_needs_here_stays() -> None:
    found = given({"hukou": "440300"})
    assert services(found)["birth_registration"] == ("440300", False)
    names = {item.requirement for item in found.checklist.items}
    assert "parents_id" in names
    assert "ethnicity_application" not in names


def test_a_party_named_goes_before_the_place_alone() -> None:
    places = {"hukou": "430100", "hukou:child": "431022"}
    assert place_of(Jurisdiction(by="hukou", of="child"), places) == "431022"
    assert place_of(Jurisdiction(by="hukou"), places) == "430100"
    assert place_of(Jurisdiction(by="birth", of="child"), places) == ""
    assert place_of(None, places) == ""


def test_a_place_by_an_unknown_name_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(PlaceInvalid, match="hukou（户籍地）"):
        given({"moon": "430100"})


def test_what_is_unread_is_told_of_the_lines_that_are_left() -> None:
    found = given({"insured": "440300"})
    assert set(found.checklist.unverified) <= {item.requirement for item in found.checklist.items}
