"""What would change, and why a line stands as it does: the two questions people ask back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from guides.checklist import Checklist, ChecklistItem
from guides.compiled import compiled
from guides.condition import (
    Age,
    All,
    Always,
    AnyOf,
    Compare,
    Condition,
    DateCompare,
    Holds,
    Is,
    Not,
    OneOf,
    OnRoute,
)
from guides.model import Guide, MaterialRule, Source, Status
from guides.rules import Verdict, checklist, evaluate
from guides.situation import Fact, Situation
from guides.words import say_condition


@dataclass(frozen=True, slots=True)
class LineChange:
    """One line that differs between two lists; None where a list has no such line."""

    requirement: str
    before: ChecklistItem | None
    after: ChecklistItem | None


@dataclass(frozen=True, slots=True)
class Difference:
    """Two lists beside each other, with the lines that differ in what the person has to do."""

    before: Checklist
    after: Checklist
    lines: tuple[LineChange, ...]

    @property
    def route_changed(self) -> bool:
        """True when the way of getting it done is another."""
        return self.before.route.id != self.after.route.id


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule of a line, its condition in words, and what the situation says about it."""

    rule: MaterialRule
    condition: str
    verdict: Verdict
    parts: tuple[tuple[str, Verdict], ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a line has its status: the rule that holds first, then those that do not or may."""

    requirement: str
    name: str
    reasons: tuple[Reason, ...]


def what_if(
    guide: Guide, situation: Situation, changes: Mapping[str, Fact], *, on: date, sources: Mapping[str, Source]
) -> Difference:
    """Give both lists and what differs if some facts were otherwise."""
    changed = situation
    for name, fact in changes.items():
        changed = changed.with_fact(name, fact)
    return difference(
        checklist(guide, situation, on=on, sources=sources), checklist(guide, changed, on=on, sources=sources)
    )


def difference(before: Checklist, after: Checklist) -> Difference:
    """Compare two lists line by line."""
    old = {item.requirement: item for item in before.items}
    new = {item.requirement: item for item in after.items}
    lines = tuple(
        LineChange(name, old.get(name), new.get(name))
        for name in dict.fromkeys((*old, *new))
        if _essence(old.get(name)) != _essence(new.get(name))
    )
    return Difference(before, after, lines)


def _essence(item: ChecklistItem | None) -> tuple[object, ...]:
    if item is None or item.status is Status.NOT_REQUIRED:
        return ()
    return (item.status, item.handling, item.ground, item.still, item.documents)


def explain(guide: Guide, situation: Situation, requirement: str, *, on: date) -> Explanation:
    """Say which rule decides a line and how the situation meets each condition; raises KeyError for an unknown line."""
    material = next((m for m in guide.materials if m.id == requirement), None)
    if material is None:
        raise KeyError(requirement)
    form = compiled(guide, on)
    reasons = [_reason(guide, material.rules[number], situation, on) for number in form.rules_in_force[material.id]]
    order = {Verdict.YES: 0, Verdict.UNKNOWN: 1, Verdict.NO: 2}
    return Explanation(material.id, material.name, tuple(sorted(reasons, key=lambda reason: order[reason.verdict])))


def _reason(guide: Guide, rule: MaterialRule, situation: Situation, on: date) -> Reason:
    return Reason(
        rule=rule,
        condition=say_condition(guide, rule.when),
        verdict=evaluate(guide, rule.when, situation, on=on),
        parts=tuple(
            (say_condition(guide, part), evaluate(guide, part, situation, on=on)) for part in _parts(rule.when)
        ),
    )


def _parts(condition: Condition) -> Iterator[Condition]:
    """Give the parts a reader checks one by one."""
    match condition:
        case All(all=parts) | AnyOf(any=parts):
            for part in parts:
                yield from _parts(part)
        case Not() | Holds() | OnRoute() | Is() | OneOf() | Compare() | DateCompare() | Age():
            yield condition
        case Always():
            return
