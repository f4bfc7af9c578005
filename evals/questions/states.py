"""What is left when something is known: two states of knowledge that leave the same are one.

The diagrams are the engine's; what is read off them here is read apart from the choice of questions, which is judged.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date

from evals.questions.chances import Cells
from guides.compiled import CompiledGuide, Fired
from guides.diagram import Branch, Node
from guides.model import Material

Known = dict[int, frozenset[int]]
State = tuple[Hashable, ...]


class States:
    """The states of knowledge about one guide, of people for whom what it takes for granted is true."""

    def __init__(self, form: CompiledGuide) -> None:
        self.form = form
        self._outputs = list(dict.fromkeys(outputs(form)))
        self._lefts: dict[tuple[Hashable, ...], Node] = {}
        self._conditions: dict[tuple[Hashable, ...], frozenset[Hashable]] = {}
        self._shapes: dict[int, Node] = {}
        self._looks: dict[int, tuple[int, ...]] = {}

    def start(self, on: date) -> Known:
        """Give what is taken for granted before anybody says anything: the guide's defaults."""
        found: Known = {}
        for question in self.form.guide.questions:
            if question.default is not None:
                for variable in self.form.by_fact.get(question.fact, ()):
                    absent = {variable.not_applicable} if variable.conditional else set[int]()
                    found[variable.index] = variable.cells_of(question.default, on) | absent
        return self.settled(found)

    def told(self, known: Known, cells: Cells) -> Known | None:
        """Give what is known with an answer; None where it contradicts what was said."""
        if any(index in known and cell not in known[index] for index, cell in cells.items()):
            return None
        return self.settled({**known, **{index: frozenset({cell}) for index, cell in cells.items()}})

    def settled(self, known: Known) -> Known:
        """Add what an answer says about the questions that depend on it."""
        form, after = self.form, dict(known)
        for variable in form.variables:
            if not variable.conditional:
                continue
            applies = self._applies(variable.fact, after)
            cells = after.get(variable.index, frozenset(range(variable.size)))
            absent = frozenset({variable.not_applicable})
            if applies == {False}:
                after[variable.index] = absent
            elif applies == {True} and cells - absent:
                after[variable.index] = cells - absent
        return after

    def _applies(self, fact: str, known: Known) -> frozenset[Hashable]:
        """Give what the condition of a question may come to."""
        node = self.form.applies[fact]
        key = (fact, *(known.get(index) for index in sorted(self.form.store.support(node))))
        if key not in self._conditions:
            self._conditions[key] = self.form.store.results(self.form.store.restrict(node, known))
        return self._conditions[key]

    def open(self, known: Known) -> list[Branch]:
        """Give what is still open of the list."""
        return [left for left in (self.left(node, known) for node in self._outputs) if isinstance(left, Branch)]

    def left(self, node: Node, known: Known) -> Node:
        """Give what a diagram still hangs on."""
        store = self.form.store
        if id(node) not in self._looks:
            self._looks[id(node)] = tuple(sorted(store.support(node) | store.support(self.form.domain(node))))
        key = (id(node), *(known.get(index) for index in self._looks[id(node)]))
        if key not in self._lefts:
            occurs = store.restrict(self.form.domain(node), known)
            self._lefts[key] = store.within(occurs, store.restrict(node, known))
        return self._lefts[key]

    def key(self, lefts: Sequence[Branch], known: Known) -> State:
        """Name the state: what is left up to the names of its results, and what can still occur of it."""
        store = self.form.store
        shapes = frozenset(id(self._shape(left)) for left in lefts)
        support = frozenset(index for left in lefts for index in store.support(left))
        occurs = store.restrict(self.form.domain_of(support), known)
        within = sorted(store.support(occurs) | support)
        return (shapes, id(occurs), *((index, known[index]) for index in within if index in known))

    def _shape(self, node: Node) -> Node:
        """Give the diagram with its results numbered as they come: only which of them differ counts."""
        if id(node) not in self._shapes:
            numbers: dict[Hashable, int] = {}
            self._shapes[id(node)] = self.form.store.map(
                lambda value: ("result", numbers.setdefault(value, len(numbers))), node
            )
        return self._shapes[id(node)]


def outputs(form: CompiledGuide) -> list[Node]:
    """Give the diagrams that make a list: the route, what is to be done with each material, who and what else."""
    lines = [form.store.map(_Does(material), form.lines[material.id]) for material in form.guide.materials]
    return [form.routes, *lines, *form.flags.values()]


@dataclass(frozen=True, slots=True)
class _Does:
    """What a line asks of a person, whatever the reason."""

    material: Material

    def __call__(self, line: Hashable) -> Hashable:
        if not isinstance(line, Fired):
            return None
        rule = self.material.rules[line.rule]
        return (rule.status, rule.handling, rule.ground, rule.still, line.documents)
