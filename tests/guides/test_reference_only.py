"""参考清单: a list whose lines rest on what nobody read says so, and only then."""

from __future__ import annotations

from guides.checklist import Checklist
from guides.library import load_library
from guides.model import Status
from guides.rules import checklist, read_facts
from tests.guides.small import ON, SOURCES, small

LIBRARY = load_library()
BESIDE = (Status.NOT_REQUIRED, Status.UNDECIDED)


def made(**facts: bool | str) -> Checklist:
    situation = read_facts(small(), {"born": "2026-11-01", "children": "1", **facts})
    return checklist(small(), situation, on=ON, sources=SOURCES)


def test_a_needed_line_resting_on_hearsay_makes_a_reference_list() -> None:
    found = made(place="clinic", married=False, permit=True, channel="window")
    assert found.reference_only
    assert [item.requirement for item in found.doubtful] == ["permit_copy"]
    assert found.reference_why == "“居住证”的依据还没有核实到原文，这份清单先作参考；去之前请向窗口或 12345 确认。"


def test_hearsay_behind_a_line_that_plays_no_part_does_not() -> None:
    found = made(place="clinic", married=True, channel="window")
    assert not found.reference_only
    assert found.reference_why == ""


def test_an_open_line_is_open_and_not_yet_a_reference() -> None:
    found = made(place="clinic", married=False, channel="window")
    assert next(i for i in found.items if i.requirement == "permit_copy").status is Status.UNDECIDED
    assert not found.reference_only


def test_every_list_of_the_library_says_what_it_rests_on() -> None:
    seen = {True: 0, False: 0}
    for entry in LIBRARY.entries:
        for example in entry.examples:
            found = checklist(
                entry.guide, read_facts(entry.guide, example.facts), on=example.on, sources=LIBRARY.sources
            )
            needed = {i.requirement for i in found.items if i.status not in BESIDE} & set(found.unverified)
            assert found.reference_only is bool(needed), example.name
            assert bool(found.reference_why) is bool(needed), example.name
            seen[bool(needed)] += 1
    assert all(seen.values())
