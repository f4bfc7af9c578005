"""The bar of every further bundle: a way on for everybody, every route walked, our own words, official rows kept."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from guides.citations import citations_of
from guides.condition import Value
from guides.library import Entry, load_library
from guides.model import Citation, Point, Verification

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "official_guides"
LIBRARY = load_library()
FIRST = ("newborn", "retirement", "open-restaurant")
"""These have tests of their own."""
SLUGS = tuple(guide.slug for guide in LIBRARY.guides if guide.region == "430100" and guide.slug not in FIRST)
HELD = {"credit-repair": "credit_repair.json", "enterprise-deregister": "deregistration.json"}
FORBIDDEN = ("审核通过", "保证受理", "包过", "最多跑一次", "不符合条件", "不用带身份证", "官方认证", "一定能办")
AT_MOST_UNVERIFIED = 0.15

by_slug = pytest.mark.parametrize("slug", SLUGS)
by_held = pytest.mark.parametrize("slug", list(HELD))


def entry(slug: str) -> Entry:
    found = LIBRARY.entry(slug, "430100")
    assert found is not None, slug
    return found


def values(value: object) -> Iterator[Value]:
    if isinstance(value, Value):
        yield value
        for name in type(value).model_fields:
            yield from values(getattr(value, name))
    elif isinstance(value, tuple):
        for part in value:
            yield from values(part)


def citations(slug: str) -> Iterator[Citation]:
    return (part for part in values(entry(slug).guide) if isinstance(part, Citation))


def words(slug: str) -> Iterator[str]:
    """Give every text of a guide but the places it cites and the addresses with their hours."""
    for part in values(entry(slug).guide):
        if isinstance(part, Citation | Point):
            continue
        for name in type(part).model_fields:
            inner = getattr(part, name)
            if isinstance(inner, str):
                yield inner
            elif isinstance(inner, tuple):
                yield from (text for text in inner if isinstance(text, str))


@cache
def official(slug: str) -> str:
    file = DATA / HELD[slug]
    if not file.is_file():
        pytest.fail("../shared/data/official_guides is missing: lay the data folder beside the project", pytrace=False)
    return file.read_text(encoding="utf-8")


@by_slug
def test_every_route_leaves_the_person_with_somewhere_to_go(slug: str) -> None:
    for route in entry(slug).guide.routes:
        assert re.search(r"12345|窗口", route.next_step), route.id


@by_slug
def test_nothing_is_promised_and_nobody_is_sent_away(slug: str) -> None:
    for text in words(slug):
        assert not any(word in text for word in FORBIDDEN), text


@by_slug
def test_every_contradiction_is_left_to_the_window(slug: str) -> None:
    for conflict in entry(slug).guide.conflicts:
        assert conflict.resolution.endswith("以窗口为准。"), conflict.id


@by_slug
def test_named_situations_walk_every_route_and_every_status(slug: str) -> None:
    examples = entry(slug).examples
    assert {e.route for e in examples} >= {route.id for route in entry(slug).guide.routes}
    for material in entry(slug).guide.materials:
        seen = {e.items[material.id] for e in examples}
        assert {rule.status for rule in material.rules} <= seen, material.id


def test_little_of_the_library_rests_on_what_was_not_read() -> None:
    marks = [c.verification or LIBRARY.source(c.source).verification for slug in SLUGS for c in citations(slug)]
    unread = sum(mark is not Verification.READ for mark in marks)
    assert unread <= AT_MOST_UNVERIFIED * len(marks)


@by_held
def test_every_official_material_question_and_condition_is_taken_up(slug: str) -> None:
    data = json.loads(official(slug))["data"]
    cited = {c.locator for c in citations(slug)}
    wanted = {f"materialList/{row['clmc']}" for row in data["materialList"]}
    wanted |= {f"questionInfo/{row['problem']}" for row in data["questionInfo"]}
    wanted |= {f"guideCondition/{n}" for n in range(1, len(data["guideCondition"]) + 1)}
    assert wanted <= cited
    assert [limit.days for limit in entry(slug).guide.limits] == [float(data["basicInfo"]["completedLimit"])]
    assert entry(slug).guide.lead_agency == data["basicInfo"]["qtbmmc"]
    assert entry(slug).guide.code == data["yjsSsqdbm"]


@by_held
def test_promised_days_are_those_of_the_official_guide(slug: str) -> None:
    promised = {row["lbsxfwmc"]: row["cnsxsx"] for row in json.loads(official(slug))["data"]["approveList"]}
    for service in entry(slug).guide.services:
        if service.limit is not None:
            assert service.limit.days == promised[service.limit.citation.locator.removeprefix("approveList/")]


@by_held
def test_sentences_are_our_own(slug: str) -> None:
    """Facts, names and addresses carry over; no run of 34 characters of the official text does."""
    theirs = _letters(official(slug))
    runs = {theirs[i : i + 34] for i in range(len(theirs) - 33)}
    for text in words(slug):
        ours = _letters(text)
        assert not any(ours[i : i + 34] in runs for i in range(len(ours) - 33)), text


def _letters(text: str) -> str:
    return "".join(re.findall(r"[\u4e00-\u9fff0-9]+", text))


def test_what_was_not_read_says_what_was_searched() -> None:
    for source in LIBRARY.sources.values():
        if source.verification is not Verification.READ:
            assert re.search("查过|没有找到|查到", source.note), source.id


def test_every_guide_with_unread_facts_explains_them() -> None:
    for one in LIBRARY.entries:
        marks = [c.verification or LIBRARY.source(c.source).verification for c in citations_of(one.guide)]
        if any(mark is not Verification.READ for mark in marks):
            said = " ".join(note.text for note in one.notes)
            assert re.search("未核实|没有读到|没有核到|没有查到|推断|推算|标为|没有找到|查不到", said), one.guide.slug
