"""How likely each answer is: the guide's own priors, kept to the situations that can occur.

A prior is an estimate and orders questions; nothing else ever looks at it. Answers without one count alike, and so do
the ranges of a number or a date. No answer counts as out of the question: people do give the unlikely ones.
"""

from __future__ import annotations

from collections.abc import Sequence

from guides.cells import Variable
from guides.cofactors import Known
from guides.compiled import CompiledGuide
from guides.diagram import Branch, Leaf, Node
from guides.model import Derived, FactKind, Question

Odds = tuple[tuple[float, ...], ...]
"""For each variable the probability of each of its cells."""

_LEAST = 1e-4
"""Weight that an answer has at least, beside a sum of one."""


def priors(form: CompiledGuide) -> Odds:
    """Give the weight of each cell of each variable where it applies; the cell "does not apply" weighs one."""
    return tuple(_prior(variable, form.asked[variable.fact]) for variable in form.variables)


def _prior(variable: Variable, asked: Question | Derived) -> tuple[float, ...]:
    weights = [1.0] * variable.real_cells
    if isinstance(asked, Question):
        if asked.kind is FactKind.ONE_OF and any(option.prior is not None for option in asked.options):
            weights = [option.prior or 0.0 for option in asked.options]
        elif asked.kind is FactKind.YES_NO and asked.prior_yes is not None:
            weights = [asked.prior_yes, 1.0 - asked.prior_yes]
    total = sum(weights) or 1.0
    shares = [max(weight / total, _LEAST) for weight in weights]
    return (*shares, 1.0) if variable.conditional else tuple(shares)


def odds(form: CompiledGuide, weights: Odds, known: Known) -> Odds:
    """Give the probability of each cell of each variable, given what is known and that the situation can occur."""
    return _Sweep(form, weights, known).odds()


class _Sweep:
    """One pass up and one down over the diagram of what can occur: each node's weight, then each edge's share."""

    def __init__(self, form: CompiledGuide, weights: Odds, known: Known) -> None:
        self._root = form.possible
        self._conditional = [variable.conditional for variable in form.variables]
        self._weights = [
            [weight if v not in known or cell in known[v] else 0.0 for cell, weight in enumerate(row)]
            for v, row in enumerate(weights)
        ]
        # A diagram skips a variable only where it may lie anywhere; one that may not apply is always looked at.
        rows = zip(self._conditional, self._weights, strict=True)
        self._free = [1.0 if conditional else sum(row) for conditional, row in rows]
        self._below: dict[int, float] = {}
        self._order: list[Branch] = []

    def odds(self) -> Odds:
        shares = [[0.0] * len(row) for row in self._weights]
        skipped = [0.0] * len(shares)
        total = self._weigh(self._root) * self._span(0, self._root)
        if total <= 0.0:
            return tuple(tuple(1.0 / len(row) for _ in row) for row in shares)
        self._share(shares, skipped, total)
        for v, mass in enumerate(skipped):
            if mass and not self._conditional[v]:
                for cell, weight in enumerate(self._weights[v]):
                    shares[v][cell] += mass * weight / self._free[v]
        return tuple(tuple(share / total for share in row) for row in shares)

    def _weigh(self, node: Node) -> float:
        if isinstance(node, Leaf):
            return 1.0 if node.value is True else 0.0
        if (known := self._below.get(id(node))) is not None:
            return known
        weight = 0.0
        for child, own in zip(node.children, self._weights[node.var], strict=True):
            if own:
                weight += own * self._weigh(child) * self._span(node.var + 1, child)
        self._below[id(node)] = weight
        self._order.append(node)
        return weight

    def _share(self, shares: list[list[float]], skipped: list[float], total: float) -> None:
        above = {id(self._root): self._span(0, self._root)}
        _cover(skipped, range(self._position(self._root)), total)
        for node in reversed(self._order):
            reached = above.get(id(node), 0.0)
            for cell, child in enumerate(node.children):
                step = reached * self._weights[node.var][cell] * self._span(node.var + 1, child)
                mass = step * self._weigh(child)
                if mass:
                    shares[node.var][cell] += mass
                    above[id(child)] = above.get(id(child), 0.0) + step
                    _cover(skipped, range(node.var + 1, self._position(child)), mass)

    def _position(self, node: Node) -> int:
        return node.var if isinstance(node, Branch) else len(self._weights)

    def _span(self, first: int, node: Node) -> float:
        result = 1.0
        for v in range(first, self._position(node)):
            result *= self._free[v]
        return result


def _cover(skipped: list[float], between: range, mass: float) -> None:
    for v in between:
        skipped[v] += mass


def normal(weights: Sequence[float]) -> list[float]:
    """Scale weights to a sum of one; all alike where they are all nothing."""
    total = sum(weights)
    return [weight / total for weight in weights] if total > 0 else [1.0 / len(weights)] * len(weights)
