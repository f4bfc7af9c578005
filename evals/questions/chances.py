"""The people who ask: what they may answer, how often, and what is then known. Written apart from the engine's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from guides.cells import Measure, Variable, shift
from guides.compiled import CompiledGuide
from guides.condition import Duration
from guides.diagram import Branch, Node
from guides.model import FactKind, Question
from guides.situation import FactValue

Cells = Mapping[int, int]
"""One cell for each of some variables."""
Known = Mapping[int, frozenset[int]]

_FAR = (-40000, -20000, -8000, -4000, -1000, -400, -100, -30, -7, 0, 7, 30, 100, 400, 1000, 4000, 8000)
_PACKED_MONTH = 30.4375


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a question, of all that mean the same to the guide, with its weight beside the others."""

    value: FactValue
    cells: Cells
    weight: float


def answers(form: CompiledGuide, question: Question, on: date) -> tuple[Answer, ...]:
    """Give every distinguishable answer: options with their priors, ranges of numbers and dates alike."""
    own = form.by_fact.get(question.fact, [])
    if question.kind is FactKind.YES_NO:
        yes = 0.5 if question.prior_yes is None else question.prior_yes
        return tuple(_answer(own, value, on, weight) for value, weight in ((True, yes), (False, 1 - yes)))
    if question.kind is FactKind.ONE_OF:
        priors = [option.prior for option in question.options]
        weights = [1.0] * len(priors) if all(p is None for p in priors) else [p or 0.0 for p in priors]
        total = sum(weights)
        return tuple(
            _answer(own, option.value, on, weight / total)
            for option, weight in zip(question.options, weights, strict=True)
        )
    if not own:
        values = tuple(_any_value(question, on))
        return tuple(_answer(own, value, on, 1 / len(values)) for value in values)
    found: dict[tuple[int, ...], Answer] = {}
    for value in _values(question, own, on):
        answer = _answer(own, value, on, 1.0)
        found.setdefault(tuple(answer.cells.values()), answer)
    return tuple(Answer(one.value, one.cells, 1 / len(found)) for one in found.values())


def _answer(own: list[Variable], value: FactValue, on: date, weight: float) -> Answer:
    return Answer(value, {variable.index: min(variable.cells_of(value, on)) for variable in own}, weight)


def _values(question: Question, own: list[Variable], on: date) -> Iterator[FactValue]:
    """Give values on both sides of every bound that the guide draws."""
    if question.kind is FactKind.NUMBER:
        for at in sorted({cut.at for variable in own for cut in variable.cuts} | {1.0}):
            for number in (at - 1, at - 0.5, at, at + 0.5, at + 1):
                if number >= 0:
                    yield float(number)
        return
    days = {on + timedelta(days=step) for step in _FAR}
    for variable in own:
        for cut in variable.cuts:
            if variable.measure is Measure.AGE:
                days |= {
                    day + timedelta(days=step) for day in _turning(cut.at, on) for step in (-40, -2, -1, 0, 1, 2, 40)
                }
            else:
                days |= {date.fromordinal(int(cut.at)) + timedelta(days=step) for step in (-40, -1, 0, 1, 40)}
    for day in sorted(days):
        yield day.replace(day=1) if question.kind is FactKind.MONTH else day


def _any_value(question: Question, on: date) -> Iterator[FactValue]:
    """Give values of a fact that is only calculated with: years up to forty, days of the last half century."""
    if question.kind is FactKind.NUMBER:
        yield from (float(number) for number in range(41))
        return
    for months in range(15 * 12, 65 * 12, 5):
        day = shift(on, Duration(months=-months))
        yield day.replace(day=1) if question.kind is FactKind.MONTH else day


def _turning(at: float, on: date) -> Iterator[date]:
    """Give the day from which a packed length of time reaches to `on`."""
    months = at / _PACKED_MONTH
    if abs(months - round(months)) < 1e-6:
        yield shift(on, Duration(months=-round(months)))
    else:
        yield shift(on, Duration(days=-round(at - 0.25)))


class Crowd:
    """Everybody who may come, each situation weighing the product of its answers' priors."""

    def __init__(self, form: CompiledGuide, on: date) -> None:
        self._form = form
        self.answers = {question.fact: answers(form, question, on) for question in form.guide.questions}
        self._rows = [self._row(variable) for variable in form.variables]

    def _row(self, variable: Variable) -> list[float]:
        row = [0.0] * variable.size
        for answer in self.answers.get(variable.fact, ()):
            row[answer.cells[variable.index]] += answer.weight
        if variable.fact not in self.answers:
            row = [1 / variable.real_cells] * variable.size
        if variable.conditional:
            row[variable.not_applicable] = 1.0
        return row

    def weight(self, known: Known, also: Node | None = None) -> float:
        """Give the weight of all possible situations within what is known (and where `also` is true)."""
        store = self._form.store
        root = self._form.possible if also is None else store.conjunction([self._form.possible, also])
        rows = [
            [w if v not in known or cell in known[v] else 0.0 for cell, w in enumerate(row)]
            for v, row in enumerate(self._rows)
        ]
        free = [1.0 if self._form.variables[v].conditional else sum(row) for v, row in enumerate(rows)]
        memo: dict[int, float] = {}

        def below(node: Node) -> float:
            if not isinstance(node, Branch):
                return 1.0 if node.value is True else 0.0
            if id(node) not in memo:
                memo[id(node)] = sum(
                    own * below(child) * skipped(node.var + 1, child)
                    for own, child in zip(rows[node.var], node.children, strict=True)
                    if own
                )
            return memo[id(node)]

        def skipped(first: int, node: Node) -> float:
            product = 1.0
            for v in range(first, node.var if isinstance(node, Branch) else len(rows)):
                product *= free[v]
            return product

        return below(root) * skipped(0, root)
