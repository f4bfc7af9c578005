"""A guide turned into decision diagrams, once per guide and legal epoch; everything the rules ask is read off them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial

from guides.cells import Cut, Measure, Variable, cut_of, labels_of, measure_of
from guides.cofactors import Cofactors
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
from guides.diagram import Diagrams, Node
from guides.digest import digest_of
from guides.model import Derived, Guide, Material, MaterialRule, Question, Source, Status


@dataclass(frozen=True, slots=True)
class Fired:
    """The rule of a material that holds, with the documents that satisfy it (indices)."""

    rule: int
    documents: tuple[int, ...]


_NOTEBOOKS = 256
"""Sets of known facts whose reduced diagrams are kept: asking and answering look at the same ones again and again."""

_CROWDED = 300_000
"""Nodes and remembered remainders after which a compiled guide is made anew (about 100 MB); new facts leave them."""

HANDED_IN = frozenset(
    {Status.REQUIRED, Status.CHOOSE_ONE, Status.ONLY_IF_CHECK_FAILS, Status.SIGN, Status.MAY_FOLLOW, Status.MAY_COMMIT}
)
"""Statuses under which a document may have to be produced."""


class CompiledGuide:
    """The diagrams of one guide on the days of one epoch (between two changes of its dated rules).

    `routes` and `materials` map a situation to the frozenset of the rules that hold in it: exactly one when the guide
    is right. `possible` is true for every situation that can occur.
    """

    def __init__(self, guide: Guide, on: date) -> None:
        self.guide = guide
        self.digest = digest_of(guide)
        self.asked: dict[str, Question | Derived] = {q.fact: q for q in guide.questions}
        self.asked.update({d.fact: d for d in guide.derived})
        self.variables = _variables(guide, self.asked)
        self.by_fact: dict[str, list[Variable]] = {}
        for variable in self.variables:
            self.by_fact.setdefault(variable.fact, []).append(variable)
        self.store = Diagrams([variable.size for variable in self.variables])
        self._conditions = {named.name: named.when for named in guide.conditions}
        self._memo: dict[Condition, Node] = {}
        self.applies = {fact: self._applies(fact) for fact in self.asked}
        self._parts = tuple(self._constraints())
        self._domains: dict[frozenset[int], Node] = {}
        self._notebooks: dict[Hashable, dict[int, Node]] = {}
        self.cofactors = Cofactors(self.store, self.domain)
        self.possible = self.store.conjunction([part for _, part in self._parts])
        self.routes = self._rules((i, route.when) for i, route in enumerate(guide.routes))
        self.rules_in_force = {
            material.id: tuple(i for i, rule in enumerate(material.rules) if _in_force(rule, on))
            for material in guide.materials
        }
        self.materials = {material.id: self._material_rules(material) for material in guide.materials}
        self.lines = {material.id: self._line(material) for material in guide.materials}
        self.flags = (
            {("service", s.id): self.node(s.when) for s in guide.services}
            | {("prerequisite", p.id): self.node(p.when) for p in guide.prerequisites}
            | {("presence", p.id): self.node(p.when) for p in guide.presence}
        )

        self.needs = {m.id: tuple(self.node(need.when) for need in m.documents) for m in guide.materials}
        self.doubts = {conflict.id: self.node(conflict.when) for conflict in guide.conflicts}
        self.sourced: tuple[Mapping[str, Source], str] | None = None
        """The sources last asked for, and their digest."""

    def node(self, condition: Condition) -> Node:
        """Give the diagram of a condition."""
        if condition not in self._memo:
            self._memo[condition] = self._build(condition)
        return self._memo[condition]

    def within_possible(self, node: Node) -> Node:
        """Give a diagram with impossible situations as don't care; only for reading results, never to restrict again.

        Merging what cannot occur forgets why it cannot, so facts have to be put in before, not after.
        """
        return self.store.within(self.possible, node)

    def domain(self, node: Node) -> Node:
        """Give the part of `possible` that bears on a diagram, which is far smaller than the whole.

        A fact's own condition bears on what depends on the fact; an impossible combination on whatever it shares a
        fact with. All other conditions can be met whatever these facts are, so they cannot narrow the result.
        """
        return self.domain_of(self.cofactors.support(node))

    def domain_of(self, facts: frozenset[int]) -> Node:
        """Give the part of `possible` that bears on some variables."""
        if facts not in self._domains:
            self._domains[facts] = self._domain(facts)
        return self._domains[facts]

    def remembered(self, key: Hashable) -> dict[int, Node]:
        """Give the notebook for what is left of diagrams under one set of known facts; the oldest are thrown away."""
        if key not in self._notebooks and len(self._notebooks) >= _NOTEBOOKS:
            self._notebooks.pop(next(iter(self._notebooks)), None)
        return self._notebooks.setdefault(key, {})

    def _domain(self, facts: frozenset[int]) -> Node:
        known, chosen = set(facts), dict[int, Node]()
        grown = True
        while grown:
            grown = False
            for number, (own, part) in enumerate(self._parts):
                support = self.store.support(part)
                bears = own in known if own is not None else bool(support & known)
                if bears and number not in chosen:
                    chosen[number] = part
                    known |= support
                    grown = True
        return self.store.conjunction([chosen[number] for number in sorted(chosen)])

    def _build(self, condition: Condition) -> Node:
        store = self.store
        match condition:
            case Always(always=always):
                return store.true if always else store.false
            case All(all=parts):
                return store.conjunction([self.node(part) for part in parts])
            case AnyOf(any=parts):
                return store.disjunction([self.node(part) for part in parts])
            case Not(not_=part):
                return store.negation(self.node(part))
            case Holds(holds=name):
                return self.node(self._conditions[name])
            case OnRoute(route=route):
                wanted = {route} if isinstance(route, str) else set(route)
                indices = {i for i, r in enumerate(self.guide.routes) if r.id in wanted}
                return store.disjunction([self.node(self.guide.routes[i].when) for i in sorted(indices)])
            case Is(fact=fact, is_=value):
                return self._choice(fact, {value})
            case OneOf(fact=fact, one_of=values):
                return self._choice(fact, set(values))
            case Compare() | DateCompare() | Age():
                return self._cut(condition)

    def _choice(self, fact: str, values: set[bool | str]) -> Node:
        variable = self._variable(fact, Measure.CHOICE)
        cells = frozenset(i for i, choice in enumerate(variable.choices) if choice in values)
        return self.store.among(variable.index, cells)

    def _cut(self, condition: Compare | DateCompare | Age) -> Node:
        found = measure_of(condition)
        if found is None:
            raise AssertionError("comparisons are atomic")
        variable = self._variable(*found)
        cut, above = cut_of(condition)
        edge = variable.cuts.index(cut) + 1
        cells = range(edge, variable.real_cells) if above else range(edge)
        return self.store.among(variable.index, frozenset(cells))

    def _variable(self, fact: str, measure: Measure) -> Variable:
        return next(v for v in self.by_fact[fact] if v.measure is measure)

    def _applies(self, fact: str) -> Node:
        asked = self.asked[fact]
        if isinstance(asked, Question):
            return self.node(asked.when)
        return self.store.conjunction([self._applies(name) for name in asked.inputs])

    def _constraints(self) -> Iterator[tuple[int | None, Node]]:
        """Give each condition a situation meets to be possible, with the variable it is about, if it is about one."""
        store = self.store
        for impossible in self.guide.impossible:
            yield None, store.negation(self.node(impossible.when))
        for variable in self.variables:
            if variable.conditional:
                absent = store.among(variable.index, frozenset({variable.not_applicable}))
                applies = self.applies[variable.fact]
                yield variable.index, store.apply(lambda a, b: a is not b, applies, absent)

    def _rules(self, conditions: Iterable[tuple[int, Condition]]) -> Node:
        """Map each situation to the frozenset of the numbered conditions that hold in it."""
        result: Node = self.store.leaf(frozenset())
        for number, condition in conditions:
            holding = self.store.map(partial(_only, number), self.node(condition))
            result = self.store.apply(_union, result, holding)
        return result

    def _material_rules(self, material: Material) -> Node:
        return self._rules((i, material.rules[i].when) for i in self.rules_in_force[material.id])

    def _line(self, material: Material) -> Node:
        """Map each possible situation to the rule that fired and the documents needed, None where not exactly one."""
        rules = self.store.map(_sole, self.materials[material.id])
        documents = self._rules((i, need.when) for i, need in enumerate(material.documents))

        def together(rule: Hashable, needs: Hashable) -> Hashable:
            if not isinstance(rule, int) or rule < 0:
                return -1
            seen = material.rules[rule].status in HANDED_IN or bool(material.rules[rule].still)
            return Fired(rule, tuple(sorted(needs)) if seen and isinstance(needs, frozenset) else ())

        return self.store.apply(together, rules, documents)


def _only(number: int, holds: Hashable) -> Hashable:
    return frozenset({number}) if holds is True else frozenset()


def _sole(fired: Hashable) -> Hashable:
    """Give the one rule that holds; -1 when none or several do."""
    numbers = sorted(fired) if isinstance(fired, frozenset) else []
    return int(numbers[0]) if len(numbers) == 1 else -1


def _union(a: Hashable, b: Hashable) -> Hashable:
    if isinstance(a, frozenset) and isinstance(b, frozenset):
        return a | b
    raise AssertionError("rule sets are frozensets")


def _in_force(rule: MaterialRule, on: date) -> bool:
    return (rule.valid_from is None or rule.valid_from <= on) and (rule.valid_to is None or on <= rule.valid_to)


def _variables(guide: Guide, asked: Mapping[str, Question | Derived]) -> tuple[Variable, ...]:
    """Give every fact under every measure a condition looks at, in the order in which the guide asks."""
    cuts: dict[tuple[str, Measure], set[Cut]] = {}
    for condition in conditions_of(guide):
        for atom in atoms(condition):
            key = measure_of(atom)
            if key is None:
                continue
            found = cuts.setdefault(key, set())
            if isinstance(atom, Compare | DateCompare | Age):
                found.add(cut_of(atom)[0])
    order = _order(guide)
    variables: list[Variable] = []
    for fact, measure in sorted(cuts, key=lambda key: (order[key[0]], key[1])):
        question = asked[fact]
        edges = tuple(sorted(cuts[fact, measure]))
        variables.append(
            Variable(
                index=len(variables),
                fact=fact,
                measure=measure,
                choices=_choices(question) if measure is Measure.CHOICE else (),
                cuts=edges,
                labels=labels_of(question, measure, edges),
                conditional=_conditional(question, asked),
            )
        )
    return tuple(variables)


def _choices(question: Question | Derived) -> tuple[str | bool, ...]:
    if isinstance(question, Question) and question.options:
        return tuple(option.value for option in question.options)
    return (True, False)


def _conditional(question: Question | Derived, asked: Mapping[str, Question | Derived]) -> bool:
    if isinstance(question, Derived):
        return any(_conditional(asked[name], asked) for name in question.inputs)
    return not isinstance(question.when, Always)


def _order(guide: Guide) -> dict[str, float]:
    """Give each fact its place: questions as written, a derived fact right after its last input."""
    order: dict[str, float] = {question.fact: i for i, question in enumerate(guide.questions)}
    for step, derived in enumerate(guide.derived):
        order[derived.fact] = max(order[name] for name in derived.inputs) + (step + 1) / (len(guide.derived) + 1)
    return order


def conditions_of(guide: Guide) -> Iterable[Condition]:
    """Give every condition written in a guide."""
    yield from (named.when for named in guide.conditions)
    yield from (impossible.when for impossible in guide.impossible)
    yield from (question.when for question in guide.questions)
    for part in (
        guide.routes,
        guide.services,
        guide.prerequisites,
        guide.presence,
        guide.never_ask,
        guide.fees,
        guide.deadlines,
        guide.faq,
        guide.conflicts,
    ):
        yield from (entry.when for entry in part)
    for material in guide.materials:
        yield from (rule.when for rule in material.rules)
        yield from (need.when for need in material.documents)


def atoms(condition: Condition) -> Iterable[Condition]:
    """Give the atomic parts of a condition, without following names and routes."""
    match condition:
        case All(all=parts) | AnyOf(any=parts):
            for part in parts:
                yield from atoms(part)
        case Not(not_=part):
            yield from atoms(part)
        case _:
            yield condition


@lru_cache(maxsize=256)
def _compile(guide_id: int, epoch: date) -> CompiledGuide:
    return CompiledGuide(_ALIVE[guide_id], epoch)


_ALIVE: dict[int, Guide] = {}
"""Keeps a guide alive while a compiled form refers to it by identity."""


def compiled(guide: Guide, on: date) -> CompiledGuide:
    """Give the compiled form of a guide for a day; made once per epoch and kept."""
    _ALIVE[id(guide)] = guide
    form = _compile(id(guide), _epoch(guide, on))
    if len(form.store) + len(form.cofactors) > _CROWDED:
        _compile.cache_clear()
        form = _compile(id(guide), _epoch(guide, on))
    return form


def _epoch(guide: Guide, on: date) -> date:
    """Give the first day of the span around `on` in which no dated rule begins or ends."""
    starts = {date.min}
    for material in guide.materials:
        for rule in material.rules:
            if rule.valid_from is not None:
                starts.add(rule.valid_from)
            if rule.valid_to is not None:
                starts.add(date.fromordinal(rule.valid_to.toordinal() + 1))
    return max(start for start in starts if start <= on)
