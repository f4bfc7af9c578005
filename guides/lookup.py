"""Plain integer tables: the route and every line of a whole situation in a few steps, for walking through very many.

The same diagrams as everywhere, several drawn together into one, so that a situation is looked up once for many lines.
Only for situations that are known in full and can occur; `rules.checklist` is for people.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from guides.compiled import CompiledGuide, Fired
from guides.diagram import Branch, Diagrams, Node
from guides.model import Status

_LARGE = 4000
"""Nodes up to which diagrams are drawn together; beyond, a new table is begun."""

Rules = tuple[int, ...]
"""Number of the rule that holds, per line; -1 where none or several do."""


@dataclass(frozen=True, slots=True)
class _Table:
    """Steps of a diagram: the variable looked at, then where each cell leads; below zero a result, counted from -1."""

    root: int
    looks_at: tuple[int, ...]
    leads_to: tuple[tuple[int, ...], ...]
    results: tuple[Rules, ...]


class Lookup:
    """One compiled guide as tables. A situation is given by the cell of each of the guide's variables, in order."""

    def __init__(self, form: CompiledGuide) -> None:
        self._routes = tuple(route.id for route in form.guide.routes)
        self._statuses = tuple(tuple(rule.status for rule in m.rules) for m in form.guide.materials)
        store = Diagrams([variable.size for variable in form.variables])
        lines = [store.map(_sole, form.routes), *(store.map(_rule, form.lines[m.id]) for m in form.guide.materials)]
        self._tables = tuple(_flat(node) for node in _together(store, lines))

    def rules(self, cells: Sequence[int]) -> Rules:
        """Give the number of the route, then of the rule of each material."""
        found: Rules = ()
        for table in self._tables:
            at, looks_at, leads_to = table.root, table.looks_at, table.leads_to
            while at >= 0:
                at = leads_to[at][cells[looks_at[at]]]
            found += table.results[~at]
        return found

    def route(self, rules: Rules) -> str:
        """Give the id of the route, "" where none or several hold."""
        return self._routes[rules[0]] if rules[0] >= 0 else ""

    def statuses(self, rules: Rules) -> tuple[Status, ...]:
        """Give the status of each material, in the guide's order."""
        return tuple(
            own[rule] if rule >= 0 else Status.UNDECIDED for own, rule in zip(self._statuses, rules[1:], strict=True)
        )


def _together(store: Diagrams, lines: Sequence[Node]) -> Iterator[Node]:
    """Draw neighbouring lines together as long as the result stays small."""
    current: Node | None = None
    for line in lines:
        joined = line if current is None else store.apply(_joined, current, line)
        if current is not None and _size(joined) > _LARGE:
            yield current
            joined = line
        current = joined
    if current is not None:
        yield current


def _joined(one: Hashable, other: Hashable) -> Hashable:
    if isinstance(one, tuple) and isinstance(other, tuple):
        return one + other
    raise AssertionError("lines are tuples of rules")


def _sole(fired: Hashable) -> Hashable:
    numbers = sorted(fired) if isinstance(fired, frozenset) else []
    return (int(numbers[0]),) if len(numbers) == 1 else (-1,)


def _rule(line: Hashable) -> Hashable:
    return (line.rule,) if isinstance(line, Fired) else (-1,)


def _size(node: Node) -> int:
    return len(_branches(node))


def _branches(node: Node) -> dict[int, Branch]:
    found: dict[int, Branch] = {}
    waiting = [node]
    while waiting:
        current = waiting.pop()
        if isinstance(current, Branch) and id(current) not in found:
            found[id(current)] = current
            waiting.extend(current.children)
    return found


def _flat(node: Node) -> _Table:
    branches = _branches(node)
    place = {name: i for i, name in enumerate(branches)}
    results: dict[Rules, int] = {}

    def to(child: Node) -> int:
        if isinstance(child, Branch):
            return place[id(child)]
        if not isinstance(child.value, tuple):
            raise TypeError("lines are tuples of rules")
        return ~results.setdefault(child.value, len(results))

    leads_to = tuple(tuple(to(child) for child in branch.children) for branch in branches.values())
    looks_at = tuple(branch.var for branch in branches.values())
    return _Table(to(node), looks_at, leads_to, tuple(results))
