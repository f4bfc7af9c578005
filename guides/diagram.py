"""Decision diagrams: every situation at once, in a few dozen nodes.

A diagram maps a full assignment of variables (facts cut into finitely many cells) to a terminal value. Nodes are shared
and reduced, so that two diagrams are equal exactly when they are the same object, and a variable stands in a diagram
exactly when it can still change the result (R. E. Bryant, Graph-Based Algorithms for Boolean Function Manipulation,
1986; multi-valued after A. Srinivasan et al., 1990). Assignments that cannot occur lead to IMPOSSIBLE and are
treated as "don't care".
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """A result."""

    value: Hashable


@dataclass(frozen=True, slots=True, eq=False)
class Branch:
    """A question on variable `var`; one child per cell."""

    var: int
    children: tuple[Node, ...]


Node = Leaf | Branch

_LAST = 1 << 30
"""Stands for the position of a leaf: after every variable."""


def position(node: Node) -> int:
    """Give the node's place in the variable order."""
    return node.var if isinstance(node, Branch) else _LAST


@dataclass(slots=True)
class Diagrams:
    """A store of shared, reduced nodes over variables with the given numbers of cells."""

    sizes: Sequence[int]
    _leaves: dict[Hashable, Leaf] = field(default_factory=dict)
    _branches: dict[tuple[int, tuple[int, ...]], Branch] = field(default_factory=dict)
    _merged: dict[tuple[int, int], Node | None] = field(default_factory=dict)
    impossible: Leaf = field(init=False)
    true: Leaf = field(init=False)
    false: Leaf = field(init=False)

    def __post_init__(self) -> None:
        self.impossible = Leaf(None)
        self.true = self.leaf(True)
        self.false = self.leaf(False)

    def __len__(self) -> int:
        return len(self._branches) + len(self._merged)

    def leaf(self, value: Hashable) -> Leaf:
        """Give the one leaf of this value."""
        return self._leaves.setdefault(value, Leaf(value))

    def branch(self, var: int, children: Sequence[Node]) -> Node:
        """Give the reduced node: children that agree wherever both can occur are merged into one."""
        merged = self._merge_all(children)
        if merged is not None:
            return merged
        key = (var, tuple(id(child) for child in children))
        return self._branches.setdefault(key, Branch(var, tuple(children)))

    def among(self, var: int, cells: frozenset[int]) -> Node:
        """Give the diagram that is true when `var` lies in one of `cells`."""
        return self.branch(var, [self.true if cell in cells else self.false for cell in range(self.sizes[var])])

    def apply(self, combine: Callable[[Hashable, Hashable], Hashable], left: Node, right: Node) -> Node:
        """Combine two diagrams value by value; IMPOSSIBLE on either side stays impossible."""
        memo: dict[tuple[int, int], Node] = {}

        def walk(a: Node, b: Node) -> Node:
            if a is self.impossible or b is self.impossible:
                return self.impossible
            if isinstance(a, Leaf) and isinstance(b, Leaf):
                return self.leaf(combine(a.value, b.value))
            key = (id(a), id(b))
            if key not in memo:
                var = min(position(a), position(b))
                pairs = zip(self._cofactors(a, var), self._cofactors(b, var), strict=True)
                memo[key] = self.branch(var, [walk(x, y) for x, y in pairs])
            return memo[key]

        return walk(left, right)

    def map(self, change: Callable[[Hashable], Hashable], node: Node) -> Node:
        """Change every possible result."""
        memo: dict[int, Node] = {}

        def walk(a: Node) -> Node:
            if a is self.impossible:
                return a
            if isinstance(a, Leaf):
                return self.leaf(change(a.value))
            if id(a) not in memo:
                memo[id(a)] = self.branch(a.var, [walk(child) for child in a.children])
            return memo[id(a)]

        return walk(node)

    def conjunction(self, nodes: Sequence[Node]) -> Node:
        """All are true."""
        result: Node = self.true
        for node in nodes:
            result = self.apply(lambda a, b: a is True and b is True, result, node)
        return result

    def disjunction(self, nodes: Sequence[Node]) -> Node:
        """At least one is true."""
        result: Node = self.false
        for node in nodes:
            result = self.apply(lambda a, b: a is True or b is True, result, node)
        return result

    def negation(self, node: Node) -> Node:
        """True where `node` is false."""
        return self.map(lambda value: value is not True, node)

    def within(self, domain: Node, node: Node) -> Node:
        """Give `node` where `domain` is true and IMPOSSIBLE elsewhere."""
        memo: dict[tuple[int, int], Node] = {}

        def walk(d: Node, n: Node) -> Node:
            if isinstance(d, Leaf):
                return n if d.value is True else self.impossible
            key = (id(d), id(n))
            if key not in memo:
                var = min(d.var, position(n))
                pairs = zip(self._cofactors(d, var), self._cofactors(n, var), strict=True)
                memo[key] = self.branch(var, [walk(x, y) for x, y in pairs])
            return memo[key]

        return walk(domain, node)

    def restrict(self, node: Node, known: Mapping[int, frozenset[int]]) -> Node:
        """Give what is left of `node` once each variable of `known` is confined to the cells given."""
        memo: dict[int, Node] = {}

        def walk(a: Node) -> Node:
            if isinstance(a, Leaf):
                return a
            if id(a) not in memo:
                allowed = known.get(a.var)
                memo[id(a)] = self.branch(
                    a.var,
                    [
                        walk(child) if allowed is None or cell in allowed else self.impossible
                        for cell, child in enumerate(a.children)
                    ],
                )
            return memo[id(a)]

        return walk(node)

    def results(self, node: Node) -> frozenset[Hashable]:
        """Give every result that can still come out."""
        return frozenset(
            leaf.value for leaf in self._nodes(node) if isinstance(leaf, Leaf) and leaf is not self.impossible
        )

    def support(self, node: Node) -> frozenset[int]:
        """Give the variables that can still change the result."""
        return frozenset(branch.var for branch in self._nodes(node) if isinstance(branch, Branch))

    def count(self, node: Node, wanted: Callable[[Hashable], bool]) -> int:
        """Count the full assignments whose result is wanted (impossible ones never are)."""
        memo: dict[int, int] = {}

        def walk(a: Node, var: int) -> int:
            skipped = 1
            for between in range(var, min(position(a), len(self.sizes))):
                skipped *= self.sizes[between]
            if isinstance(a, Leaf):
                return skipped if a is not self.impossible and wanted(a.value) else 0
            if id(a) not in memo:
                memo[id(a)] = sum(walk(child, a.var + 1) for child in a.children)
            return skipped * memo[id(a)]

        return walk(node, 0)

    def example(self, node: Node, wanted: Callable[[Hashable], bool]) -> dict[int, int] | None:
        """Give one assignment (of the variables that matter) with a wanted result, or None."""
        dead: set[int] = set()

        def walk(a: Node) -> dict[int, int] | None:
            if isinstance(a, Leaf):
                return {} if a is not self.impossible and wanted(a.value) else None
            if id(a) in dead:
                return None
            for cell, child in enumerate(a.children):
                if (found := walk(child)) is not None:
                    return {a.var: cell, **found}
            dead.add(id(a))
            return None

        return walk(node)

    def _cofactors(self, node: Node, var: int) -> tuple[Node, ...]:
        if isinstance(node, Branch) and node.var == var:
            return node.children
        return (node,) * self.sizes[var]

    def _nodes(self, node: Node) -> Iterator[Node]:
        seen = {id(node)}
        waiting = [node]
        while waiting:
            current = waiting.pop()
            yield current
            for child in current.children if isinstance(current, Branch) else ():
                if id(child) not in seen:
                    seen.add(id(child))
                    waiting.append(child)

    def _merge_all(self, children: Sequence[Node]) -> Node | None:
        merged: Node = self.impossible
        for child in children:
            together = self._merge(merged, child)
            if together is None:
                return None
            merged = together
        return merged

    def _merge(self, a: Node, b: Node) -> Node | None:
        """Give a diagram that agrees with both wherever they are possible, or None when they contradict."""
        if a is b or b is self.impossible:
            return a
        if a is self.impossible:
            return b
        if isinstance(a, Leaf) and isinstance(b, Leaf):
            return None
        key = (id(a), id(b))
        if key not in self._merged:
            self._merged[key] = self._merge_children(a, b)
        return self._merged[key]

    def _merge_children(self, a: Node, b: Node) -> Node | None:
        var = min(position(a), position(b))
        children: list[Node] = []
        for x, y in zip(self._cofactors(a, var), self._cofactors(b, var), strict=True):
            together = self._merge(x, y)
            if together is None:
                return None
            children.append(together)
        return self.branch(var, children)
