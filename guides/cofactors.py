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
        store = self._store
        return store.within(store.restrict(self._domain(node), known), store.restrict(node, known))

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
