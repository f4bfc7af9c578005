"""The pre-review's cases are what they say: good bundles hold what the list asks for, each fault is one fault."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache

import pytest

from evals.prereview.bundles import Bundle
from evals.prereview.cases import Case, cases, pages
from evals.prereview.faults import FAULTS, UNSURE_ALLOWED
from evals.specimens import damage
from evals.specimens.draw import picture
from guides.checklist import Checklist
from guides.library import load_library
from guides.model import Handling, Status
from guides.rules import checklist, read_facts
from prereview.model import Outcome

ON = date(2026, 11, 22)


@pytest.fixture(scope="module")
def full() -> tuple[Case, ...]:
    return cases(0, ON, quick=False)


@pytest.fixture(scope="module")
def quick() -> tuple[Case, ...]:
    return cases(0, ON, quick=True)


library_once = cache(load_library)


def listed(bundle: Bundle) -> Checklist:
    library = library_once()
    guide = library.find("newborn", "430100")
    assert guide is not None
    return checklist(guide, read_facts(guide, bundle.stated), on=ON, sources=library.sources)


def test_there_are_enough_bundles_of_enough_families_with_enough_kinds_of_fault(full: tuple[Case, ...]) -> None:
    kinds = Counter(case.fault for case in full)
    assert len(full) >= 200
    assert len({case.bundle.family.seed for case in full}) >= 40
    assert kinds[""] >= 60
    assert set(kinds) - {""} == set(FAULTS)
    assert len(FAULTS) >= 10
    assert min(kinds.values()) >= 3
    assert len(pages(full)) <= 430


@pytest.mark.parametrize("seed", range(6))
def test_a_short_run_meets_every_kind_of_fault_on_few_pictures(seed: int) -> None:
    short = cases(seed, ON, quick=True)
    assert {case.fault for case in short} == {"", *FAULTS}
    assert len(pages(short)) <= 66


def test_the_same_seed_gives_the_same_cases(quick: tuple[Case, ...]) -> None:
    assert quick == cases(0, ON, quick=True)
    assert quick != cases(1, ON, quick=True)


def test_good_bundles_take_the_joint_route_and_hold_what_their_list_asks_for(full: tuple[Case, ...]) -> None:
    for case in full:
        if case.fault or not case.bundle.of("parents_id"):
            continue
        made = listed(case.bundle)
        assert made.route.id == "joint", case.name
        held = {upload.requirement for upload in case.bundle.uploads}
        asked = {
            item.requirement
            for item in made.items
            if item.status is Status.REQUIRED and item.handling in {Handling.UPLOAD, Handling.COLLECT, Handling.INSPECT}
        }
        assert asked <= held, f"{case.name}: {asked - held} left at home"
        known = {item.requirement: item.status for item in made.items}
        for name in held - asked:
            assert known[name] is Status.EXEMPT, f"{case.name}: {name} is {known.get(name)}"


def test_each_fault_changes_a_good_bundle_and_names_a_line_of_its_list(full: tuple[Case, ...]) -> None:
    good = {case.bundle.family.seed: case.bundle for case in full if case.name.endswith("-good")}
    for case in full:
        if not case.fault:
            assert case.expect is None
            continue
        assert case.expect is not None
        assert case.bundle != good[case.bundle.family.seed], case.name
        known = {item.requirement for item in listed(case.bundle).items} | {""}
        if case.fault != "not_needed":
            assert case.expect.requirements <= known, case.name
        assert case.expect.checks, case.name
        assert Outcome.FINE not in case.expect.outcomes


def test_doubt_is_a_right_answer_only_to_the_kinds_listed_beforehand(full: tuple[Case, ...]) -> None:
    assert len(UNSURE_ALLOWED) <= 8
    for case in full:
        if case.expect is not None and case.fault not in UNSURE_ALLOWED:
            assert Outcome.UNSURE not in case.expect.outcomes, case.fault


def test_every_picture_of_a_short_run_can_be_drawn_and_good_ones_can_be_read(quick: tuple[Case, ...]) -> None:
    for page in sorted(pages(quick), key=repr)[::8]:
        truth = picture(page.paper, page.damage).truth
        assert truth.marks
    for case in quick:
        if not case.fault:
            assert {upload.page.damage for upload in case.bundle.uploads} <= set(damage.USABLE)
