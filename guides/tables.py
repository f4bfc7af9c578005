"""The decision table of a guide: every distinct list that any situation gives, how many give it, and one of them.

Made from the diagrams, so no situation is left out: the lists of all routes and lines are multiplied into one diagram
whose results are the distinct lists.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from math import prod

from guides.compiled import CompiledGuide, Fired, compiled
from guides.diagram import Branch, Leaf, Node, position
from guides.model import Guide, Material, Status
from guides.words import name_of


@dataclass(frozen=True, slots=True)
class DistinctList:
    """One list: its route, the status of each material in the guide's order, and the situations that give it.

    `example` is one of them, as the answers that lead there: (question, answer).
    """

    route: str
    statuses: tuple[Status, ...]
    situations: int
    example: tuple[tuple[str, str], ...]


def distinct_lists(guide: Guide, on: date) -> tuple[DistinctList, ...]:
    """Give every distinct list of a guide on a day, by route and then by how many situations it stands for."""
    form = compiled(guide, on)
    found = [_distinct(form, value, share) for value, share in _tally(form, _lists(form)).items()]
    order = {route.id: place for place, route in enumerate(guide.routes)}
    return tuple(sorted(found, key=lambda one: (order.get(one.route, len(order)), -one.situations, one.statuses)))


def _lists(form: CompiledGuide) -> Node:
    """Multiply the route with the status of every material."""
    store, guide = form.store, form.guide

    def route(fired: Hashable) -> Hashable:
        return (guide.routes[min(fired)].id,) if isinstance(fired, frozenset) and fired else ("",)

    joined = store.map(route, form.within_possible(form.routes))
    for material in guide.materials:
        line = store.map(_status_in(material), form.within_possible(form.lines[material.id]))
        joined = store.apply(_append, joined, line)
    return joined


def _status_in(material: Material) -> Callable[[Hashable], Hashable]:
    def status(fired: Hashable) -> Hashable:
        return material.rules[fired.rule].status if isinstance(fired, Fired) else Status.UNDECIDED

    return status


def _append(row: Hashable, status: Hashable) -> Hashable:
    return (*row, status) if isinstance(row, tuple) else (status,)


@dataclass(frozen=True, slots=True)
class _Share:
    """How many situations give a result, and the cells of the variables that lead to it in one of them."""

    situations: int
    example: tuple[tuple[int, int], ...]


Tally = dict[Hashable, _Share]


def _tally(form: CompiledGuide, lists: Node) -> Tally:
    """Count every result over the situations that can occur, all in one walk."""
    sizes = form.store.sizes
    memo: dict[tuple[int, int], Tally] = {}

    def between(first: int, last: int) -> int:
        return prod(sizes[first : min(last, len(sizes))])

    def walk(domain: Node, node: Node) -> Tally:
        if isinstance(domain, Leaf) and domain.value is not True:
            return {}
        if isinstance(domain, Leaf) and isinstance(node, Leaf):
            return {node.value: _Share(1, ())}
        key = (id(domain), id(node))
        if key not in memo:
            memo[key] = together(domain, node)
        return memo[key]

    def together(domain: Node, node: Node) -> Tally:
        var = min(position(domain), position(node))
        found: Tally = {}
        for cell in range(sizes[var]):
            inner, outer = _child(domain, var, cell), _child(node, var, cell)
            skipped = between(var + 1, min(position(inner), position(outer)))
            for value, share in walk(inner, outer).items():
                before = found.get(value)
                step = ((var, cell),) if position(node) == var else ()
                example = before.example if before else (*step, *share.example)
                found[value] = _Share((before.situations if before else 0) + skipped * share.situations, example)
        return found

    first = between(0, min(position(form.possible), position(lists)))
    whole = walk(form.possible, lists)
    return {value: _Share(first * share.situations, share.example) for value, share in whole.items()}


def _child(node: Node, var: int, cell: int) -> Node:
    return node.children[cell] if isinstance(node, Branch) and node.var == var else node


def _distinct(form: CompiledGuide, value: Hashable, share: _Share) -> DistinctList:
    route, *statuses = value if isinstance(value, tuple) else ("",)
    answers: dict[str, str] = {}
    for index, cell in share.example:
        variable = form.variables[index]
        if cell < variable.real_cells:
            answers[name_of(form.asked[variable.fact])] = variable.labels[cell]
    kept = tuple(status for status in statuses if isinstance(status, Status))
    return DistinctList(str(route), kept, share.situations, tuple(answers.items()))
