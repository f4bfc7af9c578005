"""Every named situation of the library is a test of its own; its sentence is the test's name."""

from __future__ import annotations

import pytest

from guides.library import load_library
from guides.model import Example, Guide
from guides.rules import checklist, read_facts

LIBRARY = load_library()
CASES = [
    pytest.param(entry.guide, example, id=f"{entry.guide.slug}@{entry.guide.region}：{example.name}")
    for entry in LIBRARY.entries
    for example in entry.examples
]


@pytest.mark.parametrize(("guide", "example"), CASES)
def test_situation(guide: Guide, example: Example) -> None:
    made = checklist(guide, read_facts(guide, example.facts), on=example.on, sources=LIBRARY.sources)
    assert made.route.id == example.route
    assert {item.requirement: item.status for item in made.items} == example.items
    assert all(item.citations and item.reason for item in made.items)
    if example.prerequisites is not None:
        assert {need.id for need in made.prerequisites} == set(example.prerequisites)
    if example.presence is not None:
        assert {person.id for person in made.presence} == set(example.presence)


def test_each_bundle_has_at_least_twenty_named_situations_and_each_overlay_twelve() -> None:
    assert LIBRARY.entries
    for entry in LIBRARY.entries:
        assert len(entry.examples) >= (12 if entry.base else 20), entry.folder
