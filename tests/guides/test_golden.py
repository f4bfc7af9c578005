"""Frozen lists: every named situation in full, and a change of one word is seen."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import cast

import pytest

from guides.golden import Golden, GoldenInvalid, freeze, mismatches, read_golden, written
from guides.library import Entry, load_library
from guides.model import Example, Guide
from tests.guides.small import SOURCES, Tree, part, rule, small, tree

LIBRARY = load_library()
FROZEN = [entry for entry in LIBRARY.every if read_golden(entry.folder) is not None]
EXAMPLE = Example.model_validate(
    {
        "name": "在医院出生、没结婚",
        "origin": "own",
        "on": date(2026, 11, 22),
        "facts": {
            "born": "2026-11-01",
            "place": "clinic",
            "married": False,
            "permit": True,
            "children": 2,
            "channel": "window",
        },
        "route": "joint",
        "items": {},
    }
)


def the_example(guide: Guide) -> Example:
    """Give the example with the statuses that the guide gives it."""
    made = freeze(guide, [EXAMPLE], SOURCES).lists[0]
    statuses = {m.id: "not_required" for m in guide.materials}
    statuses |= {name: line.split()[0] for name, line in made.lines.items()}
    return Example.model_validate({**EXAMPLE.model_dump(), "items": statuses, "route": made.route})


@pytest.mark.parametrize("entry", FROZEN, ids=lambda e: e.name)
def test_every_frozen_list_holds_in_full(entry: Entry) -> None:
    assert mismatches(entry.guide, entry.examples, read_golden(entry.folder), LIBRARY.sources) == ()


def test_a_guide_without_its_file_names_the_command_that_writes_it() -> None:
    found = mismatches(small(), [the_example(small())], None, SOURCES)
    assert len(found) == 1
    assert "bancheng guides freeze small" in found[0].differences[0]


def test_what_was_frozen_and_written_is_read_back_as_it_was(tmp_path: Path) -> None:
    golden = freeze(small(), [the_example(small())], SOURCES)
    (tmp_path / "lists.yaml").write_text(written(golden), encoding="utf-8")
    assert read_golden(tmp_path) == golden
    assert mismatches(small(), [the_example(small())], golden, SOURCES) == ()


def test_a_changed_reason_a_changed_clause_and_a_changed_handling_are_seen() -> None:
    golden = freeze(small(), [the_example(small())], SOURCES)
    rules = cast("list[Tree]", part(tree(), "materials", 0)["rules"])
    changes: tuple[Tree, ...] = ({"why": "换了一句话"}, {"citation": {"source": "rule", "locator": "第九十九条"}})
    for change in changes:
        raw = tree()
        for number in range(len(rules)):
            rule(raw, 0, number).update(change)
        guide = Guide.model_validate(raw)
        found = mismatches(guide, [the_example(guide)], golden, SOURCES)
        assert found, change
        assert "form" in found[0].differences[0]


def test_a_frozen_list_whose_situation_is_gone_is_a_finding() -> None:
    golden = freeze(small(), [the_example(small())], SOURCES)
    assert [m.situation for m in mismatches(small(), [], golden, SOURCES)] == [EXAMPLE.name]


def test_a_file_that_freeze_did_not_write_is_refused_with_the_command(tmp_path: Path) -> None:
    (tmp_path / "lists.yaml").write_text("lists: 3\n", encoding="utf-8")
    with pytest.raises(GoldenInvalid, match="bancheng guides freeze"):
        read_golden(tmp_path)


def test_an_empty_golden_is_no_pass() -> None:
    assert mismatches(small(), [the_example(small())], Golden(reasons={}, lists=()), SOURCES)
