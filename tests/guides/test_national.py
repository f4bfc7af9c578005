"""The national lists: counts as the sources give them, no name nobody confirmed, coverage from the library."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from guides.library import Library, LibraryInvalid, load_library
from guides.national import (
    FOLDER,
    Coverage,
    Frame,
    ListKind,
    NationalItem,
    Reliability,
    coverage,
    grouped,
    load_national,
    outside,
)

COUNTS = {"2024-1": 13, "2024-2": 8, "2025-1": 12, "2025-2": 9, "2026-1": 13, "2026-2": 13}


@pytest.fixture(scope="module")
def frame() -> Frame:
    return load_national()


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="module")
def card(shared_data: Path) -> str:
    return (shared_data.parent / "domain" / "national_list.md").read_text(encoding="utf-8")


def names(frame: Frame) -> list[NationalItem]:
    return [item for one in frame.lists for item in one.items]


def test_every_batch_counts_as_the_sources_say(frame: Frame, card: str) -> None:
    batches = {one.id: one.count for one in frame.lists if one.kind is ListKind.BATCH}
    assert batches == COUNTS
    assert sum(COUNTS.values()) == 68
    assert sum(count for name, count in COUNTS.items() if name != "2026-2") == 55
    assert "前五批共 55 项" in card
    assert "推为 68 项" in card
    rows = re.findall(r"^\| (20\d\d [^|]+?) \|(?:[^|]*)\| (\d+)", card, re.MULTILINE)
    assert [int(count) for _, count in rows] == list(COUNTS.values())


def test_no_name_is_invented(frame: Frame, card: str) -> None:
    assert [item.name for item in names(frame) if item.name not in card] == []


def test_a_name_that_was_only_concluded_is_not_written(frame: Frame, card: str) -> None:
    told = "\n".join(item.name for item in names(frame))
    concluded = (
        *("公租房", "退役军人服务", "留学服务", "大件运输", "企业迁移", "企业数据填报", "农村建房"),
        *("科技成果转化", "个体工商户转型", "汽车以旧换新", "企业融资", "居民信息变更", "家政信用", "教师资格认定"),
    )
    for name in concluded:
        assert name not in told, name
    assert all(item.reliability in (Reliability.A, Reliability.B) for item in names(frame))
    assert all(item.name in card for item in names(frame))


def test_a_list_of_which_only_the_count_is_known_has_no_name(frame: Frame) -> None:
    unnamed = {one.id: one.unnamed for one in frame.lists if one.kind is ListKind.BATCH}
    assert unnamed == {"2024-1": 0, "2024-2": 8, "2025-1": 11, "2025-2": 5, "2026-1": 7, "2026-2": 2}


def test_numbers_nobody_confirmed_are_left_out(frame: Frame, card: str) -> None:
    assert "文号据记忆，未核到" in card
    for one in frame.lists:
        assert one.document_no in card.replace(" ", "")
    assert next(one for one in frame.lists if one.id == "2024-2").document_no == ""


def test_every_address_is_one_the_card_names(frame: Frame, card: str) -> None:
    assert [url for one in frame.lists for url in one.urls if url not in card] == []


def test_the_status_of_each_matter_comes_from_the_guides_there_are(frame: Frame, library: Library) -> None:
    held = {guide.slug for guide in library.guides}
    for one in coverage(frame, library):
        for covered in one.items:
            here = {guide.slug for guide in covered.guides}
            assert here == set(covered.item.guides) & held
            assert (covered.status is Coverage.GUIDE_HERE) == bool(here)
    newborn = next(
        covered
        for one in coverage(frame, library)
        for covered in one.items
        if (one.list.id, covered.item.name) == ("2024-1", "新生儿出生")
    )
    assert "长沙市" in [region.name for region in newborn.guides[0].regions]


def test_a_guide_taken_away_takes_its_coverage_along(frame: Frame, library: Library) -> None:
    fewer = replace(library, entries=tuple(entry for entry in library.entries if entry.guide.slug != "newborn"))
    before = sum(one.here for one in coverage(frame, library))
    assert sum(one.here for one in coverage(frame, fewer)) == before - 2
    assert sum(one.here for one in coverage(frame, replace(library, entries=()))) == 0


def test_every_slug_is_a_guide_and_every_guide_is_in_one_group(frame: Frame, library: Library) -> None:
    held = {guide.slug for guide in library.guides}
    assert {slug for item in names(frame) for slug in item.guides} <= held
    placed = [guide.slug for _, guides in grouped(frame, library) for guide in guides]
    assert sorted(placed) == sorted(held)
    assert {guide.slug for guide in outside(frame, library)} <= held


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("reliability: B, guides: [afterlife]", "reliability: C, guides: [afterlife]", "名目没有核实的不写"),
        ("count: 12", "count: 0", "count"),
        ("names: C", "names: C\n    items:\n      - {name: 某事, reliability: B}", "不能写名目"),
        ("name: 退休, whom: 个人", "name: 教育入学, whom: 个人", "写了两次"),
        ("whom: 企业", "whom: 机关", "whom"),
    ],
)
def test_a_mistake_in_the_lists_is_reported_where_it_stands(tmp_path: Path, old: str, new: str, says: str) -> None:
    text = (FOLDER / "lists.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "lists.yaml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(LibraryInvalid) as refused:
        load_national(tmp_path)
    assert any(says in problem.cause for problem in refused.value.problems)
    assert all(problem.line > 1 for problem in refused.value.problems)
