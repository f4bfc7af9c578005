"""The proof finds what it is there to find: a clean guide is clean, and each planted mistake is named."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import cast

import pytest

from guides.model import Guide
from guides.proof import prove
from tests.guides.small import ON, Tree, part, rule, small, tree


def test_the_small_guide_is_clean_and_its_situations_are_counted() -> None:
    proof = prove(small(), ON)
    assert proof.problems == ()
    by_hand = 0
    for _young, place, married, _children, channel in itertools.product(
        (True, False), ("home", "clinic"), (True, False), (1, 2), ("online", "window")
    ):
        if place == "home" and channel == "online":
            continue
        by_hand += 2 if place == "clinic" and not married else 1
    assert proof.situations == by_hand
    assert sum(count for _, count in proof.by_route) == by_hand


def _gap(guide: Tree) -> None:
    rule(guide, 1, 1)["when"] = {"all": [{"fact": "married", "is": False}, {"fact": "place", "is": "home"}]}


def _overlap(guide: Tree) -> None:
    rule(guide, 1, 1)["when"] = {"always": True}


def _route_gap(guide: Tree) -> None:
    part(guide, "routes", 1)["when"] = {"fact": "place", "is": "home"}


def _route_overlap(guide: Tree) -> None:
    part(guide, "routes", 1)["when"] = {
        "not": {"holds": "young"},
    }
    part(guide, "routes", 0)["when"] = {"fact": "place", "is": "clinic"}


def _dead_rule(guide: Tree) -> None:
    cast("list[Tree]", part(guide, "materials", 1)["rules"]).append(
        {
            "when": {"all": [{"fact": "place", "is": "home"}, {"fact": "channel", "is": "online"}]},
            "status": "required",
            "handling": "upload",
            "why": "无",
            "citation": {"source": "rule", "locator": "第八条"},
        }
    )


def _never_needed(guide: Tree) -> None:
    rule(guide, 1, 0).update(status="not_required", handling="none")


def _idle_question(guide: Tree) -> None:
    cast("list[Tree]", guide["questions"]).append(
        {"fact": "hair", "ask": "头发什么颜色？", "why": "无", "kind": "yes_no"}
    )


def _question_never_asked(guide: Tree) -> None:
    part(guide, "questions", 3)["when"] = {"all": [{"fact": "married", "is": True}, {"fact": "married", "is": False}]}


def _idle_condition(guide: Tree) -> None:
    cast("list[Tree]", guide["conditions"]).append(
        {"name": "idle", "say": "无", "when": {"fact": "married", "is": True}}
    )


def _idle_presence(guide: Tree) -> None:
    part(guide, "presence", 0)["when"] = {"all": [{"fact": "place", "is": "home"}, {"fact": "channel", "is": "online"}]}


def _dead_route(guide: Tree) -> None:
    cast("list[Tree]", guide["routes"]).append(
        {
            **part(guide, "routes", 1),
            "id": "third",
            "title": "第三条路",
            "when": {"all": [{"fact": "married", "is": True}, {"fact": "married", "is": False}]},
        }
    )


def _nothing_possible(guide: Tree) -> None:
    cast("list[Tree]", guide["impossible"]).append({"when": {"always": True}, "why": "无"})


@pytest.mark.parametrize(
    ("plant", "sentence"),
    [
        (_gap, "材料“结婚证”：没有规则管到这种情形——在哪出生：医院；登记结婚了吗：否"),
        (_overlap, "材料“结婚证”：第1条规则（required）、第2条规则（not_required）同时成立——登记结婚了吗：是"),
        (_route_gap, "办理路线：没有规则管到这种情形——孩子哪天出生：超过6个月；在哪出生：医院"),
        (_route_overlap, "办理路线：联办、分开办同时成立"),
        (_dead_rule, "材料“结婚证”的第3条规则（required）没有任何情形会用到"),
        (_never_needed, "材料“结婚证”在任何情形下都不需要"),
        (_idle_question, "问题“头发什么颜色？”无论怎么答都不影响结果"),
        (_question_never_asked, "材料“居住证”的第1条规则（required）没有任何情形会用到"),
        (_idle_condition, "条件“idle”没有被用到"),
        (_idle_presence, "到场要求“到场”没有任何情形会用到"),
        (_dead_route, "路线“第三条路”没有任何情形会走到"),
        (_nothing_possible, "没有任何可能的情形：impossible 把所有情形都排除了"),
    ],
)
def test_a_planted_mistake_is_named_with_a_situation(plant: Callable[[Tree], None], sentence: str) -> None:
    guide = tree()
    plant(guide)
    problems = prove(Guide.model_validate(guide), ON).problems
    assert any(problem.startswith(sentence) for problem in problems), problems
