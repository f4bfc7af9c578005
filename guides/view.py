"""A guide seen with what is known: facts completed by defaults and calculations, and what they leave open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from guides.checklist import DerivedValue
from guides.cofactors import Known, reaches
from guides.compiled import CompiledGuide, compiled
from guides.derive import derive
from guides.diagram import Node
from guides.model import Citation, FactKind, Guide
from guides.reading import FactInvalid
from guides.situation import DateRange, Fact, FactValue, Origin, Situation, Unsure
from guides.words import say_value


class Verdict(StrEnum):
    """What a situation says about a condition."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class View:
    """A guide seen with what is known: facts completed by defaults and calculations, and the cells left open."""

    form: CompiledGuide
    situation: Situation
    known: Known
    supposed: Node
    derived: tuple[DerivedValue, ...]
    assumed: tuple[str, ...]
    notebook: dict[int, Node]

    def left(self, node: Node) -> Node:
        """Give what is still open of a diagram once the facts are put in and impossible situations left out."""
        if self.supposed is self.form.store.true:
            return self.form.cofactors.left(node, self.known)
        if id(node) not in self.notebook:
            self.notebook[id(node)] = self._left_supposing(node)
        return self.notebook[id(node)]

    def _left_supposing(self, node: Node) -> Node:
        store = self.form.store
        domain = store.conjunction([self.form.domain(node), self.supposed])
        return store.within(store.restrict(domain, self.known), store.restrict(node, self.known))

    def verdict(self, node: Node) -> Verdict:
        """Tell whether a condition holds; UNKNOWN while an open fact can still change it."""
        left = self.left(node)
        if left is self.form.store.true:
            return Verdict.YES
        if left is self.form.store.false:
            return Verdict.NO
        results = self.form.cofactors.results(left)
        if results == {True}:
            return Verdict.YES
        return Verdict.NO if results == {False} else Verdict.UNKNOWN


def view_of(guide: Guide, situation: Situation, on: date, suppose_route: str = "", *, defaults: bool = True) -> View:
    """Put what is known into a guide: defaults, months as their first day, calculations, then the cells left open."""
    form = compiled(guide, on)
    completed, assumed = _with_defaults(guide, situation) if defaults else (situation, ())
    completed, derived = _with_derived(guide, _with_months(guide, completed))
    known = _consistent(form, known_cells(form, completed, on))
    notebook = form.remembered((suppose_route, frozenset(known.items())))
    derived = tuple(value for value in derived if _may_apply(form, value.fact, known))
    return View(form, completed, known, _supposition(form, suppose_route, known), derived, assumed, notebook)


def _may_apply(form: CompiledGuide, fact: str, known: Known) -> bool:
    """Tell whether a calculation may matter to this person: 特殊工种, say, is never worked out by the table."""
    return form.cofactors.outcomes(form.applies[fact], known) != {False}


def _supposition(form: CompiledGuide, route: str, known: Known) -> Node:
    """Give the condition under which the route is taken; nothing is supposed where the facts already rule it out."""
    chosen = next((r for r in form.guide.routes if r.id == route), None)
    if chosen is None:
        return form.store.true
    node = form.node(chosen.when)
    domain = form.store.conjunction([form.domain(node), node])
    possible = True in form.store.results(form.store.restrict(domain, known))
    return domain if possible else form.store.true


def _with_defaults(guide: Guide, situation: Situation) -> tuple[Situation, tuple[str, ...]]:
    assumed: list[str] = []
    for question in guide.questions:
        if question.default is not None and situation.value(question.fact) is None:
            situation = situation.with_fact(question.fact, Fact(question.default, Origin.ASSUMED))
            assumed.append(question.fact)
    return situation, tuple(assumed)


def _with_months(guide: Guide, situation: Situation) -> Situation:
    """Let every date of a question asked by the month stand for the first day of its month."""
    for question in guide.questions:
        if question.kind is FactKind.MONTH and (fact := situation.facts.get(question.fact)) is not None:
            situation = situation.with_fact(question.fact, replace(fact, value=_first_of_month(fact.value)))
    return situation


def _first_of_month(value: FactValue) -> FactValue:
    if isinstance(value, DateRange):
        first, last = value.earliest.replace(day=1), value.latest.replace(day=1)
        return first if first == last else DateRange(first, last)
    return value.replace(day=1) if isinstance(value, date) else value


def _with_derived(guide: Guide, situation: Situation) -> tuple[Situation, tuple[DerivedValue, ...]]:
    values: list[DerivedValue] = []
    for derived in guide.derived:
        inputs: dict[str, FactValue] = {}
        for name in derived.inputs:
            value = situation.value(name)
            if value is not None and not isinstance(value, Unsure):
                inputs[name] = value
        if len(inputs) < len(derived.inputs):
            continue
        result = derive(derived, inputs)
        if result.value is None:
            continue
        situation = situation.with_fact(derived.fact, Fact(result.value, Origin.DERIVED))
        citations = (derived.citation, *(parameter.citation for parameter in derived.parameters))
        text = say_value(derived, result.value)
        values.append(DerivedValue(derived.fact, derived.label, text, result.steps, distinct(citations)))
    return situation, tuple(values)


def known_cells(form: CompiledGuide, situation: Situation, on: date) -> dict[int, frozenset[int]]:
    """Confine each variable to the cells its fact may lie in, asking first whether the fact applies at all."""
    known: dict[int, frozenset[int]] = {}
    for variable in form.variables:
        absent = frozenset({variable.not_applicable}) if variable.conditional else frozenset()
        applies = form.cofactors.outcomes(form.applies[variable.fact], known)
        if absent and applies == {False}:
            known[variable.index] = absent
            continue
        value = situation.value(variable.fact)
        if value is None:
            if absent and applies == {True}:
                known[variable.index] = frozenset(range(variable.real_cells))
            continue
        try:
            cells = variable.cells_of(value, on)
        except ValueError as reason:
            raise FactInvalid(variable.fact, str(reason)) from reason
        known[variable.index] = cells if applies == {True} else cells | absent
    return known


def _consistent(form: CompiledGuide, known: dict[int, frozenset[int]]) -> dict[int, frozenset[int]]:
    """Leave out as few facts as needed of a combination that cannot occur, so that contradictory words get a list."""
    while not _can_be(form, known):
        last = max(known)
        culprits = (index for index in sorted(known, reverse=True) if _can_be(form, _without(known, index)))
        known = _without(known, next(culprits, last))
    return known


def _can_be(form: CompiledGuide, known: Known) -> bool:
    return reaches(form.possible, known)


def _without(known: Known, index: int) -> dict[int, frozenset[int]]:
    return {other: cells for other, cells in known.items() if other != index}


def distinct(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """Give each citation once, in order."""
    return tuple(dict.fromkeys(citations))
