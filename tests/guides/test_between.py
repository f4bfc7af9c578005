"""Two guides beside each other: every difference, in as many situations as there are, and nothing else."""

from __future__ import annotations

import itertools
from datetime import date
from typing import cast

import pytest

from guides.between import GuideDiff, between
from guides.checklist import Checklist
from guides.joint import NotComparable, Side, renamed
from guides.library import load_library
from guides.model import Guide
from guides.rules import checklist, contradictions
from guides.situation import FactValue, Situation
from tests.guides.small import ON, SOURCES, Tree, part, rule, small, tree

BEFORE, AFTER = date(2026, 6, 1), date(2025, 1, 1)


def compared(right: Guide, left: Guide | None = None, days: tuple[date, date] = (ON, ON)) -> GuideDiff:
    return between(Side(left or small(), days[0], "a"), Side(right, days[1], "b"), ("甲地", "乙地"))


def listed(found: GuideDiff) -> list[str]:
    return [change.sentence for change in found.changes]


def lines(made: Checklist) -> tuple[object, ...]:
    shown = [(item.requirement, item.status, item.handling) for item in made.items if item.status != "not_required"]
    return (made.route.id, tuple(shown), tuple(p.id for p in made.presence))


def by_hand(left: Guide, right: Guide) -> tuple[int, int]:
    """Count situations, and those in which the lists are alike, one by one."""
    total = alike = 0
    for born, place, married, permit, children, channel in itertools.product(
        (ON, AFTER), ("home", "clinic"), (True, False), (True, False), (1.0, 2.0), ("online", "window")
    ):
        if permit and not (place == "clinic" and not married):
            continue
        facts: dict[str, FactValue] = {"born": born, "place": place, "married": married, "permit": permit}
        situation = Situation.of(**facts, children=children, channel=channel)
        if contradictions(left, situation, on=ON):
            continue
        total += 1
        lists = [lines(checklist(guide, situation, on=ON, sources=SOURCES)) for guide in (left, right)]
        alike += lists[0] == lists[1]
    return total, alike


def test_a_guide_beside_itself_differs_in_nothing() -> None:
    found = compared(small())
    assert found.changes == ()
    assert found.situations == found.alike == by_hand(small(), small())[0]


def test_a_changed_condition_is_told_with_its_situations_and_clauses() -> None:
    raw: Tree = tree()
    rule(raw, 1, 0)["when"] = {"all": [{"fact": "married", "is": True}, {"fact": "place", "is": "clinic"}]}
    rule(raw, 1, 1)["when"] = {"not": {"all": [{"fact": "married", "is": True}, {"fact": "place", "is": "clinic"}]}}
    found = compared(Guide.model_validate(raw))
    assert (found.situations, found.alike) == by_hand(small(), Guide.model_validate(raw))
    assert listed(found) == [
        "材料“结婚证”：甲地要交（上传）（rule 第五条），乙地不需要——在哪出生：在家，登记结婚了吗：是（4 种情形）"
    ]


def test_a_moved_bound_is_told_between_the_two_bounds() -> None:
    raw: Tree = tree()
    part(raw, "conditions", 0)["when"] = {"age_of": "born", "at_most": {"years": 1}}
    found = compared(Guide.model_validate(raw))
    route = found.changes[0]
    assert route.kind == "路线"
    assert "孩子哪天出生：超过6个月、不超过1年" in route.sentence
    assert (route.before, route.after) == ("分开办", "联办")


def test_a_material_a_service_and_a_question_of_one_side_only() -> None:
    raw: Tree = tree()
    cast("list[Tree]", raw["materials"]).pop()
    cast("list[Tree]", raw["questions"]).pop(4)
    raw["services"] = [{**part(raw, "services", 0), "id": "other", "name": "另一个事项"}]
    for material in cast("list[Tree]", raw["materials"]):
        material["services"] = ["other"]
    found = compared(Guide.model_validate(raw))
    texts = "\n".join(listed(found))
    assert "材料“名单”：甲地要交（上传）（rule 第七条），乙地不需要" in texts
    assert "事项“登记”：甲地有（rule 第三条），乙地没有——任何情况" in texts
    assert "事项“另一个事项”：甲地没有，乙地有" in texts
    assert "问题“children”" in texts


def test_one_guide_on_two_days() -> None:
    raw: Tree = tree()
    rules = cast("list[Tree]", part(raw, "materials", 1)["rules"])
    old = {**rules[0], "status": "not_required", "handling": "none", "why": "原先不要", "valid_to": date(2026, 6, 30)}
    rules[0]["valid_from"] = date(2026, 7, 1)
    rules.append(old)
    guide = Guide.model_validate(raw)
    found = compared(guide, guide, (BEFORE, ON))
    assert [(c.name, c.before, c.after) for c in found.changes] == [("结婚证", "不需要", "要交（上传）")]
    assert compared(guide, guide).changes == ()


def test_a_fact_used_in_two_senses_is_refused() -> None:
    raw: Tree = tree()
    part(raw, "questions", 2).update(kind="number", unit="次")
    part(raw, "questions", 3).pop("when")
    for number in (0, 1):
        rule(raw, 1, number)["when"] = {"fact": "married", "at_least" if number else "less_than": 1}
    with pytest.raises(NotComparable, match="married"):
        compared(Guide.model_validate(raw))


def test_the_county_and_the_city_give_the_same_list_in_every_situation() -> None:
    library = load_library()
    city, county = library.find("newborn", "430100"), library.find("newborn", "431022")
    assert city is not None
    assert county is not None
    found = compared(county, city)
    assert found.alike == found.situations > 20_000
    assert {c.kind for c in found.changes} <= {"基本信息", "办理点", "电话", "常见问题", "说法不一"}


def test_answers_that_mean_each_sides_own_province_are_compared_under_one_name() -> None:
    library = load_library()
    city, other = library.entry("newborn", "430100"), library.entry("newborn", "442000")
    assert city is not None
    assert other is not None
    apart = compared(other.guide, city.guide)
    assert any("广东" in answer for answer in apart.left_out)
    back = {new: old for old, new in other.values.items()}
    found = compared(renamed(other.guide, back), city.guide)
    assert found.left_out == ()
    assert found.situations > 10_000
    identity = next(change for change in found.changes if change.name == "父母身份证" and change.before == "免交")
    assert identity.after == "要交（上传）"
    assert "湖南省／广东省" in identity.sentence
