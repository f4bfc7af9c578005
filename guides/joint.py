"""Two guides in one set of diagrams: the same questions under the same cells, so that they can be compared exactly.

Conditions, routes and materials carry the side they come from in their names. A fact that applies under different
conditions on the two sides is read with its own side's condition, so nothing is compared that one side never asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar, cast

from guides.compiled import CompiledGuide
from guides.condition import (
    ALWAYS,
    Age,
    All,
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
from guides.model import (
    Derived,
    DocumentNeed,
    Guide,
    Impossible,
    Material,
    NamedCondition,
    Option,
    Prerequisite,
    Presence,
    Question,
    Route,
    Service,
)
from guides.overlay import with_answers
from guides.yaml_source import Plain

P = TypeVar("P", Route, Service, Prerequisite, Presence)


class NotComparable(ValueError):
    """Two guides use one fact in two senses; the message names it."""


def renamed(guide: Guide, values: Mapping[str, str]) -> Guide:
    """Give a guide with its answers under the names of the guide it is compared with."""
    plain = cast("Plain", guide.model_dump(mode="json", by_alias=True, exclude_unset=True))
    return Guide.model_validate(with_answers(plain, values)) if values else guide


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two guides, on one day; `mark` stands before its names in the joint guide."""

    guide: Guide
    on: date
    mark: str

    def of(self, name: str) -> str:
        """Give the name a part has in the joint guide."""
        return f"{self.mark}.{name}"


@dataclass(frozen=True, slots=True)
class Joint:
    """Both guides compiled together, over the situations that can occur on both sides."""

    left: Side
    right: Side
    form: CompiledGuide


def joined(left: Side, right: Side) -> Joint:
    """Put two guides into one set of diagrams; raises NotComparable."""
    guide = left.guide.model_copy(
        update={
            "questions": _questions(left, right),
            "derived": _derived(left, right),
            "conditions": (*_conditions(left, right), *_conditions(right, left)),
            "impossible": (*_impossible(left, right), *_impossible(right, left), *_only_one_side(left, right)),
            "routes": (*_routes(left, right), *_routes(right, left)),
            "services": (*_services(left, right), *_services(right, left)),
            "prerequisites": (*_prerequisites(left, right), *_prerequisites(right, left)),
            "presence": (*_presence(left, right), *_presence(right, left)),
            "materials": (*_materials(left, right), *_materials(right, left)),
            "never_ask": (),
            "fees": (),
            "deadlines": (),
            "faq": (),
            "conflicts": (),
        }
    )
    return Joint(left, right, CompiledGuide(guide, left.on))


# --- what is asked ---------------------------------------------------------------------------------------------------


def _questions(left: Side, right: Side) -> tuple[Question, ...]:
    """Give the questions of both, those of the left first; a question of both applies where either asks it."""
    theirs = {question.fact: question for question in right.guide.questions}
    made: list[Question] = []
    for question in left.guide.questions:
        other = theirs.pop(question.fact, None)
        when = left_when = _sided(question.when, left, right)
        options = question.options
        if other is not None:
            if other.kind is not question.kind:
                raise NotComparable(f"两边的“{question.fact}”不是同一类情况，不能逐条比较")
            options = _options(question, other)
            right_when = _sided(other.when, right, left)
            always = ALWAYS in (left_when, right_when)
            same = question.when == other.when and _names_alike(left, right)
            when = ALWAYS if always else left_when if same else AnyOf(any=(left_when, right_when))
        made.append(question.model_copy(update={"when": when, "options": options}))
    made += [q.model_copy(update={"when": _sided(q.when, right, left)}) for q in theirs.values()]
    return tuple(made)


def _options(one: Question, other: Question) -> tuple[Option, ...]:
    """Give the answers of both; one that is worded in two ways (two provinces) is told in both."""
    theirs = {option.value: option for option in other.options}
    made: list[Option] = []
    for option in one.options:
        twin = theirs.pop(option.value, option)
        ours, its = option.short or option.label, twin.short or twin.label
        made.append(option if ours == its else option.model_copy(update={"short": f"{ours}／{its}"}))
    return (*made, *theirs.values())


def left_out(left: Side, right: Side) -> tuple[str, ...]:
    """Name the answers that only one side knows: they are not compared."""
    theirs = {question.fact: question for question in right.guide.questions}
    found = []
    for question in left.guide.questions:
        other = theirs.get(question.fact)
        for one, two in ((question, other), (other, question)):
            if one is not None and two is not None:
                known = {option.value for option in two.options}
                found += [f"{one.short or one.fact}：{o.label}" for o in one.options if o.value not in known]
    return tuple(found)


def _names_alike(left: Side, right: Side) -> bool:
    """Tell whether named conditions mean the same on both sides."""
    return left.guide.conditions == right.guide.conditions and left.guide.routes == right.guide.routes


def _derived(left: Side, right: Side) -> tuple[Derived, ...]:
    ours = {derived.fact: derived for derived in left.guide.derived}
    for derived in right.guide.derived:
        known = ours.setdefault(derived.fact, derived)
        if known.model_dump(exclude={"label", "citation"}) != derived.model_dump(exclude={"label", "citation"}):
            raise NotComparable(f"两边的测算“{derived.label}”算法不同，不能逐条比较")
    return tuple(ours.values())


def _only_one_side(left: Side, right: Side) -> tuple[Impossible, ...]:
    """Leave out answers that only one side knows: there is nothing on the other to compare with."""
    theirs = {question.fact: question for question in right.guide.questions}
    found: list[Impossible] = []
    for question in left.guide.questions:
        other = theirs.get(question.fact)
        ours, its = ({option.value for option in q.options} if q else set() for q in (question, other))
        told_apart = sorted(ours ^ its) if other is not None else []
        found += [Impossible(when=Is(fact=question.fact, is_=v), why="只有一边有这个选项") for v in told_apart]
    return tuple(found)


# --- the parts, under their side's names -----------------------------------------------------------------------------


def _sided(condition: Condition, side: Side, other: Side) -> Condition:
    """Give a condition with its names marked by side, and facts read only where this side asks them."""
    match condition:
        case All(all=parts):
            return All(all=tuple(_sided(part, side, other) for part in parts))
        case AnyOf(any=parts):
            return AnyOf(any=tuple(_sided(part, side, other) for part in parts))
        case Not(not_=part):
            return Not(not_=_sided(part, side, other))
        case Holds(holds=name):
            return Holds(holds=side.of(name))
        case OnRoute(route=route):
            names = (route,) if isinstance(route, str) else route
            return OnRoute(route=tuple(side.of(name) for name in names))
        case Is(fact=fact) | OneOf(fact=fact) | Compare(fact=fact) | DateCompare(fact=fact) | Age(age_of=fact):
            return _guarded(condition, fact, side, other)
        case _:
            return condition


def _guarded(condition: Condition, fact: str, side: Side, other: Side) -> Condition:
    ours = next((q for q in side.guide.questions if q.fact == fact), None)
    theirs = next((q for q in other.guide.questions if q.fact == fact), None)
    if ours is None or theirs is None or ours.when == ALWAYS:
        return condition
    if ours.when == theirs.when and _names_alike(side, other):
        return condition
    return All(all=(condition, _sided(ours.when, side, other)))


def _conditions(side: Side, other: Side) -> tuple[NamedCondition, ...]:
    return tuple(
        named.model_copy(update={"name": side.of(named.name), "when": _sided(named.when, side, other)})
        for named in side.guide.conditions
    )


def _impossible(side: Side, other: Side) -> tuple[Impossible, ...]:
    return tuple(one.model_copy(update={"when": _sided(one.when, side, other)}) for one in side.guide.impossible)


def _routes(side: Side, other: Side) -> tuple[Route, ...]:
    return tuple(_marked(route, side, other) for route in side.guide.routes)


def _services(side: Side, other: Side) -> tuple[Service, ...]:
    return tuple(_marked(service, side, other) for service in side.guide.services)


def _prerequisites(side: Side, other: Side) -> tuple[Prerequisite, ...]:
    return tuple(_marked(need, side, other) for need in side.guide.prerequisites)


def _presence(side: Side, other: Side) -> tuple[Presence, ...]:
    return tuple(_marked(person, side, other) for person in side.guide.presence)


def _marked(part: P, side: Side, other: Side) -> P:
    return part.model_copy(update={"id": side.of(part.id), "when": _sided(part.when, side, other)})


def _materials(side: Side, other: Side) -> tuple[Material, ...]:
    """Give the materials with the rules in force on the side's day; their dates are then past telling."""
    return tuple(
        material.model_copy(
            update={
                "id": side.of(material.id),
                "documents": tuple(_document(need, side, other) for need in material.documents),
                "rules": tuple(
                    rule.model_copy(
                        update={"when": _sided(rule.when, side, other), "valid_from": None, "valid_to": None}
                    )
                    for rule in material.rules
                    if (rule.valid_from is None or rule.valid_from <= side.on)
                    and (rule.valid_to is None or side.on <= rule.valid_to)
                ),
            }
        )
        for material in side.guide.materials
    )


def _document(need: DocumentNeed, side: Side, other: Side) -> DocumentNeed:
    return need.model_copy(update={"when": _sided(need.when, side, other)})
