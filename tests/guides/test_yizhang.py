"""宜章县's newborn guide against the county's own official file: every clause, point, phone and promised day."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from guides.citations import citations_of
from guides.library import load_library
from guides.model import Guide

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None
Row = dict[str, str]
LIBRARY = load_library()
SOURCE = "portal_newborn_yizhang"
IDS_AND_TIMES = {"cjsj", "gxsj", "attachList", "fjId"}


def the_guide() -> Guide:
    guide = LIBRARY.find("newborn", "431022")
    assert guide is not None
    return guide


def official(folder: Path, name: str) -> dict[str, Json]:
    file = folder / "official_guides" / name
    return cast("dict[str, dict[str, Json]]", json.loads(file.read_text(encoding="utf-8")))["data"]


@pytest.fixture
def county(shared_data: Path) -> dict[str, Json]:
    return official(shared_data, "newborn_county.json")


def rows(data: dict[str, Json], section: str) -> list[Row]:
    return cast("list[Row]", data[section])


def locators(data: dict[str, Json]) -> Iterator[str]:
    for section, key in (
        ("materialList", "clmc"),
        ("approveList", "lbsxfwmc"),
        ("questionInfo", "problem"),
        ("guidePoint", "bldmc"),
    ):
        yield from (f"{section}/{row[key]}" for row in rows(data, section))
    yield from (f"guideCondition/{n}" for n in range(1, len(rows(data, "guideCondition")) + 1))
    for section in ("basicInfo", "onethingCatalogStandServiceGuide"):
        yield from (f"{section}/{key}" for key in cast("Row", data[section]))


def test_every_clause_cited_stands_in_the_countys_file(county: dict[str, Json]) -> None:
    cited = {citation.locator for citation in citations_of(the_guide()) if citation.source == SOURCE}
    assert cited
    assert cited <= set(locators(county))


def test_every_official_point_stands_in_the_guide_with_its_phone(county: dict[str, Json]) -> None:
    guide = the_guide()
    assert {point.name for point in guide.points} == {row["bldmc"] for row in rows(county, "guidePoint")}
    basic = cast("Row", county["basicInfo"])
    numbers = {number for point in guide.points for number in point.phone.split("、")}
    official_numbers = {n for part in basic["zxdh"].split("；") for n in part.split("：")[-1].split("、")}
    assert numbers == official_numbers
    assert basic["jdtsdh"] in {phone.number for phone in guide.phones}


def test_head_and_promised_days_are_the_countys(county: dict[str, Json]) -> None:
    guide, basic = the_guide(), cast("Row", county["basicInfo"])
    assert (guide.lead_agency, guide.code) == (basic["qtbmmc"], county["yjsSsqdbm"])
    assert [limit.days for limit in guide.limits] == [float(basic["completedLimit"])]
    promised = {row["lbsxfwmc"]: float(row["cnsxsx"]) for row in rows(county, "approveList")}
    for service in guide.services:
        assert service.limit is not None
        assert service.limit.days == promised[service.citation.locator.removeprefix("approveList/")]


def test_the_rules_may_be_shared_because_the_two_official_files_say_the_same(
    county: dict[str, Json], shared_data: Path
) -> None:
    """Material by material, key by key, without ids and times; so too matters, conditions and official questions."""
    city = official(shared_data, "newborn.json")
    for section, key in (("materialList", "clmc"), ("approveList", "lbsxfwmc"), ("questionInfo", "problem")):
        ours, theirs = ({row[key]: plain(row) for row in rows(data, section)} for data in (county, city))
        assert ours == theirs, section
    conditions = [[row["bltj"] for row in rows(data, "guideCondition")] for data in (county, city)]
    assert conditions[0] == conditions[1]


def plain(row: Row) -> Row:
    return {key: value for key, value in row.items() if key not in IDS_AND_TIMES and not key.endswith("Id")}


def test_no_number_and_no_name_of_the_other_city_is_shown() -> None:
    text = the_guide().model_dump_json(exclude={"aliases": True, "questions": True, "faq": {"__all__": {"asks"}}})
    assert "0731" not in text
    assert "长沙" not in text
