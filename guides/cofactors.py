"""What is left of a diagram once facts are put in, remembered by the few facts it looks at.

A line of a list looks at three to ten facts. Two people who agree on those share the answer whatever else they said,
so that most of a list, and most of what the choice of the next question looks at, is one look into a table.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping

from guides.checklist import ChecklistItem
from guides.diagram import Branch, Diagrams, Leaf, Node

Known = Mapping[int, frozenset[int]]
"""Cells that each variable may still lie in; a variable that is not named may lie in any."""

_Key = tuple[int, tuple[frozenset[int] | None, ...]]


class Cofactors:
    """The diagrams of one guide under ever other knowledge. Nodes live as long as the store, so their ids may be keys.

    `domain` gives the part of the possible situations that bears on a diagram. `items` keeps finished lines of lists.
    """

    def __init__(self, store: Diagrams, domain: Callable[[Node], Node]) -> None:
        self._store = store
        self._domain = domain
        self._looks_at: dict[int, tuple[int, ...]] = {}
        self._left: dict[_Key, Node] = {}
        self._certain: dict[_Key, frozenset[Hashable]] = {}
        self._results: dict[int, frozenset[Hashable]] = {}
        self._support: dict[int, frozenset[int]] = {}
        self.items: dict[tuple[Hashable, ...], ChecklistItem] = {}

    def __len__(self) -> int:
        return len(self._left) + len(self._certain) + len(self.items)

    def forget(self) -> None:
        """Remember nothing; whatever is asked is worked out again, with the same result."""
        for notes in (self._left, self._certain, self._results, self._support, self.items):
            notes.clear()

    def left(self, node: Node, known: Known) -> Node:
        """Give what is still open of a diagram: facts put in, impossible situations left out, merged as don't care."""
        reached = _descend(node, known)
        if isinstance(reached, Leaf):
            return reached
        key = (id(node), self._cells(node, known))
        if (found := self._left.get(key)) is None:
            found = self.worked_out(node, known)
            self._left[key] = found
        return found

    def worked_out(self, node: Node, known: Known) -> Node:
        """Give the same as `left`, from the diagrams alone."""
        return _Reduction(self._store, known).of(self._domain(node), node)

    def outcomes(self, node: Node, known: Known) -> frozenset[Hashable]:
        """Give every result of a diagram that the facts leave open, whether or not it can occur."""
        reached = _descend(node, known)
        if isinstance(reached, Leaf):
            return self.results(reached)
        key = (id(reached), tuple(map(known.get, self._order(reached))))
        if (found := self._certain.get(key)) is None:
            found = self._store.results(self._store.restrict(reached, known))
            self._certain[key] = found
        return found

    def results(self, node: Node) -> frozenset[Hashable]:
        """Give every result of a diagram."""
        if (found := self._results.get(id(node))) is None:
            found = self._store.results(node)
            self._results[id(node)] = found
        return found

    def support(self, node: Node) -> frozenset[int]:
        """Give the variables that can still change the result of a diagram."""
        if (found := self._support.get(id(node))) is None:
            found = self._store.support(node)
            self._support[id(node)] = found
        return found

    def _order(self, node: Node) -> tuple[int, ...]:
        return tuple(sorted(self.support(node)))

    def _cells(self, node: Node, known: Known) -> tuple[frozenset[int] | None, ...]:
        if (looks_at := self._looks_at.get(id(node))) is None:
            looks_at = tuple(sorted(self.support(node) | self.support(self._domain(node))))
            self._looks_at[id(node)] = looks_at
        return tuple(map(known.get, looks_at))


class _Reduction:
    """One walk through a diagram and its domain together, along the cells that the facts allow."""

    def __init__(self, store: Diagrams, known: Known) -> None:
        self._store, self._known = store, known
        self._done: dict[tuple[int, int], Node] = {}
        self._alive: dict[int, bool] = {}

    def of(self, domain: Node, node: Node) -> Node:
        """Give the diagram where the domain is true and the facts allow, merged as don't care elsewhere."""
        if isinstance(node, Leaf) or domain is self._store.false:
            return node if self._can_be(domain) else self._store.impossible
        key = (id(domain), id(node))
        if (done := self._done.get(key)) is None:
            done = self._done[key] = self._branch(domain, node)
        return done

    def _branch(self, domain: Node, node: Branch) -> Node:
        var = min(domain.var, node.var) if isinstance(domain, Branch) else node.var
        size = self._store.sizes[var]
        domains = domain.children if isinstance(domain, Branch) and domain.var == var else (domain,) * size
        nodes = node.children if node.var == var else (node,) * size
        allowed = self._known.get(var)
        if allowed is not None and len(allowed) == 1:
            (cell,) = allowed
            return self.of(domains[cell], nodes[cell])
        impossible = self._store.impossible
        return self._store.branch(
            var,
            [
                self.of(domains[cell], nodes[cell]) if allowed is None or cell in allowed else impossible
                for cell in range(size)
            ],
        )

    def _can_be(self, domain: Node) -> bool:
        if isinstance(domain, Leaf):
            return domain.value is True
        if (known := self._alive.get(id(domain))) is None:
            allowed = self._known.get(domain.var)
            cells = range(len(domain.children)) if allowed is None else allowed
            known = self._alive[id(domain)] = any(self._can_be(domain.children[cell]) for cell in cells)
        return known


def reaches(node: Node, known: Known) -> bool:
    """Tell whether a diagram can be true under what is known."""
    waiting, seen = [node], {id(node)}
    while waiting:
        current = waiting.pop()
        if isinstance(current, Leaf):
            if current.value is True:
                return True
            continue
        allowed = known.get(current.var)
        for cell in range(len(current.children)) if allowed is None else allowed:
            child = current.children[cell]
            if id(child) not in seen:
                seen.add(id(child))
                waiting.append(child)
    return False


def _descend(node: Node, known: Known) -> Node:
    """Follow the facts that are known exactly from the root down."""
    while isinstance(node, Branch):
        cells = known.get(node.var)
        if cells is None or len(cells) != 1:
            break
        (cell,) = cells
        node = node.children[cell]
    return node
