"""退休 and 开办餐饮店 against the official guides: every row, figure and question is taken up, nothing is promised."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from guides.checklist import Checklist
from guides.condition import Value
from guides.library import Entry, load_library
from guides.model import Citation, Guide, RouteKind, Status, Verification
from guides.rules import checklist, next_question, read_facts
from guides.situation import Situation

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "official_guides"
LIBRARY = load_library()
ON = date(2026, 11, 22)
SLUGS = {"retirement": "retirement.json", "open-restaurant": "restaurant.json"}
FORBIDDEN = ("审核通过", "保证受理", "包过", "最多跑一次", "不符合条件", "不用带身份证", "官方认证", "一定能办")


@dataclass(frozen=True, slots=True)
class Official:
    """What the portal publishes, reduced to what is compared."""

    code: str
    lead: str
    days: float
    matters: dict[str, float]
    materials: frozenset[str]
    questions: frozenset[str]


@cache
def official(slug: str) -> Official:
    file = DATA / SLUGS[slug]
    if not file.is_file():
        pytest.fail("../shared/data/official_guides is missing: lay the data folder beside the project", pytrace=False)
    data = json.loads(file.read_text(encoding="utf-8"))["data"]
    return Official(
        code=data["yjsSsqdbm"],
        lead=data["basicInfo"]["qtbmmc"],
        days=float(data["basicInfo"]["completedLimit"]),
        matters={row["lbsxfwmc"]: row["cnsxsx"] for row in data["approveList"]},
        materials=frozenset(row["clmc"] for row in data["materialList"]),
        questions=frozenset(row["problem"] for row in data["questionInfo"]),
    )


def entry(slug: str) -> Entry:
    found = LIBRARY.entry(slug, "430100")
    assert found is not None
    return found


def guide(slug: str) -> Guide:
    return entry(slug).guide


def values(value: object) -> Iterator[Value]:
    if isinstance(value, Value):
        yield value
        for name in type(value).model_fields:
            yield from values(getattr(value, name))
    elif isinstance(value, tuple):
        for part in value:
            yield from values(part)


def words(value: object) -> Iterator[str]:
    """Give every text of a guide, Chinese and other."""
    for part in values(value):
        for name in type(part).model_fields:
            inner = getattr(part, name)
            if isinstance(inner, str):
                yield inner
            elif isinstance(inner, tuple):
                yield from (text for text in inner if isinstance(text, str))


def made(slug: str, **facts: bool | str | float) -> Checklist:
    return checklist(guide(slug), read_facts(guide(slug), facts), on=ON, sources=LIBRARY.sources)


by_slug = pytest.mark.parametrize("slug", list(SLUGS))


@by_slug
def test_every_joint_matter_is_a_service_with_its_promised_days(slug):
    ours = {
        service.limit.citation.locator.removeprefix("approveList/"): service.limit.days
        for service in guide(slug).services
        if service.limit is not None
    }
    assert ours == official(slug).matters
    assert [limit.days for limit in guide(slug).limits] == [official(slug).days]
    assert guide(slug).lead_agency == official(slug).lead


@by_slug
def test_every_official_material_has_a_line_that_cites_it(slug):
    cited = {rule.citation.locator.removeprefix("materialList/") for m in guide(slug).materials for rule in m.rules}
    assert official(slug).materials <= cited
    assert len(guide(slug).materials) == len(official(slug).materials)


@by_slug
def test_every_official_question_is_answered(slug):
    cited = {c.locator.removeprefix("questionInfo/") for faq in guide(slug).faq for c in faq.citations}
    assert official(slug).questions <= cited


@by_slug
def test_every_route_leaves_the_person_with_somewhere_to_go(slug):
    for route in guide(slug).routes:
        assert route.next_step, route.id
        assert re.search(r"12345|窗口", route.next_step), route.id


@by_slug
def test_nothing_is_promised_and_nobody_is_sent_away(slug):
    for text in words(guide(slug)):
        assert not any(word in text for word in FORBIDDEN), text


@by_slug
def test_every_contradiction_is_left_to_the_window(slug):
    for conflict in guide(slug).conflicts:
        assert "两处说法不一，" in conflict.say, conflict.id
        assert conflict.say.endswith("以窗口为准。"), conflict.id
        assert conflict.resolution.endswith("以窗口为准。"), conflict.id


@by_slug
def test_named_situations_walk_every_route_and_every_status(slug):
    examples = entry(slug).examples
    assert {e.route for e in examples} >= {route.id for route in guide(slug).routes}
    for material in guide(slug).materials:
        seen = {e.items[material.id] for e in examples}
        assert {rule.status for rule in material.rules} <= seen, material.id


@by_slug
def test_what_was_concluded_and_not_read_is_marked(slug):
    for part in values(guide(slug)):
        if isinstance(part, Citation) and LIBRARY.source(part.source).verification is not Verification.READ:
            assert LIBRARY.source(part.source).note


@by_slug
def test_sentences_are_our_own(slug):
    """Facts, names and addresses carry over; no run of 34 Chinese characters of the official text does."""
    theirs = _letters((DATA / SLUGS[slug]).read_text(encoding="utf-8"))
    runs = {theirs[i : i + 34] for i in range(len(theirs) - 33)}
    locators = {part.locator for part in values(guide(slug)) if isinstance(part, Citation)}
    for text in words(guide(slug)):
        ours = _letters(text)
        if text not in locators and not any(material.name == text for material in guide(slug).materials):
            assert not any(ours[i : i + 34] in runs for i in range(len(ours) - 33)), text


def _letters(text: str) -> str:
    return "".join(re.findall(r"[\u4e00-\u9fff0-9]+", text))


# --- 退休 -----------------------------------------------------------------------------------------------------------

Facts = dict[str, bool | str | float]

HERE: Facts = {"insured_kind": "enterprise", "relation_place": "changsha", "hukou_place": "changsha"}


def test_the_month_not_yet_reached_is_shown_with_its_steps():
    result = made(
        "retirement", **HERE, retire_kind="statutory", worker_kind="male", birth_month="1976-09",
        contribution_years=20,
    )  # fmt: skip
    assert result.route.kind is RouteKind.NOT_YET
    month = next(value for value in result.derived if value.fact == "legal_month")
    assert month.text == "2039年9月"
    assert any("63周岁" in step for step in month.steps)
    assert {c.locator for c in month.citations} == {"第一条", "第一项"}


def test_special_trades_are_never_worked_out_by_the_table():
    result = made(
        "retirement", **HERE, retire_kind="special", worker_kind="male", birth_month="1972-01",
        contribution_years=20,
    )  # fmt: skip
    assert result.route.id == "special"
    assert result.derived == ()


def test_a_woman_who_does_not_know_her_category_gets_no_month():
    result = made(
        "retirement", **HERE, retire_kind="statutory", worker_kind="unknown", birth_month="1972-01",
        contribution_years=20,
    )  # fmt: skip
    assert {"joint", "not_yet"} <= set(result.route.candidates)
    assert result.derived == ()


@pytest.mark.parametrize(
    ("planned", "route"),
    [
        ("2026-10", "joint"),
        ("2026-11", "joint"),
        ("2026-12", "early_notice"),
        ("2026-09", "early_too_soon"),
    ],
)
def test_flexible_early_retirement_keeps_the_original_age(planned, route):
    """A man of 1966-10 reaches sixty in 2026-10; his statutory month is 2027-04."""
    result = made(
        "retirement", **HERE, retire_kind="early", worker_kind="male", birth_month="1966-10",
        contribution_years=30, planned_month=planned,
    )  # fmt: skip
    assert result.route.id == route


def test_minimum_years_grow_with_the_year_of_retirement():
    late: Facts = {**HERE, "retire_kind": "statutory", "worker_kind": "male", "contribution_years": 16}
    result = made("retirement", **late, birth_month="1974-01")
    assert any(value.fact == "enough_years" and value.text == "否" for value in result.derived)
    result = made("retirement", **late, birth_month="1966-01")
    assert any(value.fact == "enough_years" and value.text == "是" for value in result.derived)


# --- 开办餐饮店 -------------------------------------------------------------------------------------------------------

FIRE = ("floor_plan", "fire_facility_plan", "fire_rules", "fire_plan")
SHOP: Facts = {
    "what_kind": "restaurant", "shop_place": "changsha", "smoke": False, "has_licence": True,
    "licence_in_hunan": True, "licence_matches": True, "food_licence": "small", "premises": "rented",
}  # fmt: skip


def test_fire_papers_stay_open_while_nobody_has_asked():
    result = made("open-restaurant", **SHOP, fire_check="unknown")
    status = {item.requirement: item.status for item in result.items}
    assert {status[name] for name in FIRE} == {Status.UNDECIDED}
    assert "fire_for_whom" in {conflict.id for conflict in result.conflicts}


def test_nobody_is_asked_to_judge_whether_the_shop_is_a_public_place():
    for question in guide("open-restaurant").questions:
        assert "公众聚集场所" not in question.ask


def test_the_tenant_brings_the_lease_and_the_owner_the_deed():
    def papers(premises: str) -> set[str]:
        result = made("open-restaurant", **{**SHOP, "premises": premises})
        item = next(item for item in result.items if item.requirement == "premises_proof")
        return {document.kind for document in item.documents}

    assert papers("rented") == {"lease"}
    assert papers("own") == {"property_certificate"}
    assert papers("lent") == {"property_certificate", "use_permission"}


def test_smoke_in_a_dwelling_house_is_said_before_the_licence():
    facts: Facts = {**SHOP, "smoke": True, "venue": "residential", "has_licence": False}
    result = made("open-restaurant", **facts)
    assert result.route.id == "premises_first"
    assert [c.locator for c in result.route.citations] == ["第八十一条", "第一百一十八条"]


@by_slug
def test_questions_end(slug):
    """Whoever answers "不清楚" to everything is asked each thing once and still gets a list."""
    situation = Situation()
    asked: list[str] = []
    while (upcoming := next_question(guide(slug), situation, on=ON)) is not None:
        asked.append(upcoming.question.fact)
        situation = Situation({**situation.facts, **read_facts(guide(slug), {asked[-1]: "unknown"}).facts})
    assert len(asked) == len(set(asked))
    result = checklist(guide(slug), situation, on=ON, sources=LIBRARY.sources)
    assert all(item.reason for item in result.items)
