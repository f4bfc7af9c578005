"""Which question to ask next: the one after which the fewest are expected to remain.

A question is open when some answer to it can still change the route, a line or who has to come; one whose answers all
give the same list is never open, hence never asked. Of the open ones some cannot be avoided, whatever else is said:
those go first. Otherwise each question is tried in thought, answer by answer, and what would remain is estimated: for
every fact the chance that a line still hangs on it, taken once as if all lines hung together and once as if none did.
All of it is read off the diagrams; no situation is ever listed.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import partial
from weakref import WeakKeyDictionary, proxy

from guides.asking_odds import Odds, normal, odds, priors
from guides.cofactors import Known
from guides.compiled import CompiledGuide, Fired
from guides.diagram import Branch, Node
from guides.model import Derived, Material, Question
from guides.situation import DateRange, Situation
from guides.view import View

_KEPT = 4096
"""Choices kept per guide: people begin alike and say the same things."""

_ANSWERS = 64
"""Answers looked at per question, calculations that follow from it included."""

Changes = dict[int, frozenset[int]]


class Asking:
    """The questions of one compiled guide. `outputs` are the diagrams that a list consists of, the route first."""

    def __init__(self, form: CompiledGuide) -> None:
        self.form: CompiledGuide = proxy(form)  # kept beside it, and let go with it
        self.outputs = tuple(dict.fromkeys(_outputs(form)))
        self.place = {question.fact: i for i, question in enumerate(form.guide.questions)}
        self._weights = priors(form)
        self._usual = odds(form, self._weights, {})
        self._needs: dict[int, tuple[tuple[int, float], ...]] = {}
        self._restricted: dict[tuple[Hashable, ...], Node] = {}
        self._chosen: dict[tuple[Hashable, ...], tuple[str, int]] = {}
        self._gated = [
            (variable, form.store.support(form.applies[variable.fact]))
            for variable in form.variables
            if variable.conditional
        ]

    # --- what is open -------------------------------------------------------------------------------------------------

    def open_facts(self, view: View) -> tuple[str, ...]:
        """Give the facts worth asking now: those that decide the route first, then in the guide's order."""
        lefts = [view.left(node) for node in self.outputs]
        askable = self._askable(view, lefts)
        on_route = set(self._facts(view.situation, [lefts[0]]))
        return tuple(sorted(askable, key=lambda fact: (fact not in on_route, self.place[fact])))

    def _facts(self, situation: Situation, lefts: Iterable[Node]) -> Iterator[str]:
        """Give the questions behind the facts that diagrams still hang on."""
        form = self.form
        hangs_on = {index for node in lefts for index in form.cofactors.support(node)}
        for index in sorted(hangs_on):
            yield from to_ask(form, form.variables[index].fact, situation)

    def _askable(self, view: View, lefts: Sequence[Node]) -> tuple[str, ...]:
        """Give what may be asked now; where a question waits for its own condition, what settles that."""
        form = self.form
        waiting = list(self._facts(view.situation, lefts))
        seen: set[str] = set()
        found: dict[str, None] = {}
        while waiting:
            fact = waiting.pop()
            if fact in seen:
                continue
            seen.add(fact)
            applies = view.left(form.applies[fact])
            if form.cofactors.results(applies) == {True}:
                found[fact] = None
            else:
                waiting.extend(self._facts(view.situation, [applies]))
        return tuple(sorted(found, key=self.place.__getitem__))

    # --- which one ----------------------------------------------------------------------------------------------------

    def next_fact(self, view: View) -> tuple[str, int] | None:
        """Give the fact to ask for and about how many questions are left with it, or None when none matters."""
        lefts = [view.left(node) for node in self.outputs]
        askable = self._askable(view, lefts)
        if not askable:
            return None
        answered = frozenset(fact for fact in view.situation if _settled(view.situation, fact))
        key = (tuple(view.known.items()), answered)
        if key not in self._chosen:
            if len(self._chosen) >= _KEPT:
                self._chosen.pop(next(iter(self._chosen)), None)
            self._chosen[key] = self._choose(view, lefts, askable)
        return self._chosen[key]

    def _choose(self, view: View, lefts: Sequence[Node], askable: tuple[str, ...]) -> tuple[str, int]:
        in_question = frozenset(self._facts(view.situation, lefts)) | frozenset(askable)
        if len(in_question) == 1:
            return askable[0], 1
        chances = odds(self.form, self._weights, view.known)
        certain = self._unavoidable(lefts, askable)
        tried = {fact: self._remaining(view, lefts, fact, chances) for fact in ([certain] if certain else askable)}
        on_route = set(self._facts(view.situation, [lefts[0]]))
        best = min(tried, key=lambda fact: (round(tried[fact], 6), fact not in on_route, self.place[fact]))
        return best, max(2, math.ceil(tried[best] - 1e-9))

    def _unavoidable(self, lefts: Iterable[Node], askable: tuple[str, ...]) -> str | None:
        """Give a question on which some line hangs alone: it has to be asked, whatever else is said."""
        for node in lefts:
            support = self.form.cofactors.support(node)
            if len(support) == 1:
                (index,) = support
                if (fact := self.form.variables[index].fact) in askable:
                    return fact
        return None

    def _remaining(self, view: View, lefts: Sequence[Node], fact: str, chances: Odds) -> float:
        """Estimate how many questions there are in all if this one is asked now."""
        situation, total = view.situation, 1.0
        for chance, changes in self._answers(fact, situation, chances):
            known = self._after(view.known, changes)
            news = {v: cells for v, cells in known.items() if cells is not view.known.get(v)}
            total += chance * self._expected([self._then(node, news) for node in lefts], situation, fact)
        return total

    def _then(self, node: Node, news: Known) -> Node:
        """Give what an answer would leave of a diagram that is left; near enough, and far quicker than from the start.

        What is left has forgotten why some situations cannot occur, so that a little more may seem open than is.
        """
        touched = tuple(sorted(self.form.cofactors.support(node) & news.keys()))
        if not touched:
            return node
        key = (id(node), tuple((v, news[v]) for v in touched))
        if (known := self._restricted.get(key)) is None:
            known = self._restricted[key] = self.form.store.restrict(node, {v: news[v] for v in touched})
        return known

    def _answers(self, fact: str, situation: Situation, chances: Odds) -> Iterator[tuple[float, Changes]]:
        """Give the answers to a question with their chances; the last input of a calculation settles its result too."""
        form = self.form
        facts = [fact]
        for derived in form.guide.derived:
            others = set(derived.inputs) - set(facts)
            if len(others) < len(derived.inputs) and all(_settled(situation, name) for name in others):
                facts.append(derived.fact)
        answers: list[tuple[float, Changes]] = [(1.0, {})]
        for variable in (v for name in facts for v in form.by_fact.get(name, ())):
            cells = normal(chances[variable.index][: variable.real_cells])
            if len(answers) * len(cells) > _ANSWERS:
                break
            answers = [
                (chance * share, {**changes, variable.index: frozenset({cell})})
                for chance, changes in answers
                for cell, share in enumerate(cells)
                if share > 0
            ]
        yield from answers

    def _after(self, known: Known, changes: Changes) -> Known:
        """Give what is known with an answer more, and with what it says about the questions that depend on it."""
        after = {**known, **changes}
        moved = set(changes)
        for variable, depends in self._gated:
            index = variable.index
            if index in moved or moved.isdisjoint(depends):
                continue
            applies = self.form.cofactors.outcomes(self.form.applies[variable.fact], after)
            if applies == {False}:
                after[index] = frozenset({variable.not_applicable})
            elif applies == {True}:
                real = frozenset(range(variable.real_cells))
                after[index] = (after[index] & real or real) if index in after else real
            else:
                continue
            moved.add(index)
        return after

    def _expected(self, lefts: Iterable[Node], situation: Situation, but: str) -> float:
        """Estimate the questions still to ask: each fact's chance to be looked at, lines hanging together or not."""
        together: dict[int, float] = {}
        apart: dict[int, float] = {}
        for node in dict.fromkeys(lefts):
            if isinstance(node, Branch):
                for index, chance in self._chances(node):
                    together[index] = max(together.get(index, 0.0), chance)
                    apart[index] = apart.get(index, 1.0) * (1.0 - chance)
        facts: dict[str, float] = {}
        for index, chance in together.items():
            mean = (chance + 1.0 - apart[index]) / 2
            for fact in to_ask(self.form, self.form.variables[index].fact, situation):
                if fact != but:
                    facts[fact] = max(facts.get(fact, 0.0), mean)
        return sum(facts.values())

    def _chances(self, node: Branch) -> tuple[tuple[int, float], ...]:
        """Give for each variable of a diagram the chance that somebody who asks in order gets to it."""
        if (known := self._needs.get(id(node))) is not None:
            return known
        reached = {id(node): 1.0}
        chances: dict[int, float] = {}
        for branch in _from_the_top(node):
            mass = reached[id(branch)]
            chances[branch.var] = chances.get(branch.var, 0.0) + mass
            usual = self._usual[branch.var]
            open_cells = [cell for cell, child in enumerate(branch.children) if child is not self.form.store.impossible]
            for cell, share in zip(open_cells, normal([usual[cell] for cell in open_cells]), strict=True):
                child = branch.children[cell]
                if isinstance(child, Branch):
                    reached[id(child)] = reached.get(id(child), 0.0) + mass * share
        self._needs[id(node)] = found = tuple((index, min(chance, 1.0)) for index, chance in chances.items())
        return found


_MADE: WeakKeyDictionary[CompiledGuide, Asking] = WeakKeyDictionary()


def asking(form: CompiledGuide) -> Asking:
    """Give the questions of a compiled guide; made once and forgotten with it."""
    if (made := _MADE.get(form)) is None:
        made = _MADE[form] = Asking(form)
    return made


def to_ask(form: CompiledGuide, fact: str, situation: Situation) -> Iterator[str]:
    """Give the questions to ask for a fact: itself, or the missing inputs of a calculation."""
    asked = form.asked[fact]
    if isinstance(asked, Question):
        if not _settled(situation, fact):
            yield fact
        return
    for name in asked.inputs:
        if situation.value(name) is None or isinstance(form.asked[name], Derived):
            yield from to_ask(form, name, situation)


def _settled(situation: Situation, fact: str) -> bool:
    """Tell whether there is no more to be had: answered, or not known; a vague date may become exact."""
    value = situation.value(fact)
    return value is not None and not isinstance(value, DateRange)


def _outputs(form: CompiledGuide) -> Iterator[Node]:
    yield form.routes
    for material in form.guide.materials:
        yield form.store.map(partial(_essence, material), form.lines[material.id])
    yield from form.flags.values()


def _essence(material: Material, line: Hashable) -> Hashable:
    """Tell lines apart only where the person has to do something else."""
    if not isinstance(line, Fired):
        return None
    rule = material.rules[line.rule]
    return (rule.status, rule.handling, rule.ground, rule.still, line.documents)


def _from_the_top(node: Branch) -> list[Branch]:
    """Give the branches of a diagram, each after all that lead to it."""
    found: dict[int, Branch] = {}
    waiting = [node]
    while waiting:
        branch = waiting.pop()
        if id(branch) not in found:
            found[id(branch)] = branch
            waiting.extend(child for child in branch.children if isinstance(child, Branch))
    return sorted(found.values(), key=lambda branch: branch.var)
