"""The rules engine: what a situation makes of a guide on a day. No model, no clock, no guess.

`checklist` is the one calculation in which all rooms meet. A fact that is missing stays open: the list then holds
every line that is certain, marks the others UNDECIDED with the facts they depend on, and never reads silence as "no".
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import partial

from guides.checklist import Block, Checklist, ChecklistItem, DerivedValue, Digests, NextQuestion, RouteTaken
from guides.compiled import CompiledGuide, Fired, compiled
from guides.condition import Condition
from guides.derive import derive
from guides.diagram import Node
from guides.digest import ENGINE_VERSION, digest_of_sources
from guides.model import (
    Citation,
    Derived,
    FactKind,
    Guide,
    Handling,
    Impossible,
    Material,
    MaterialRule,
    Question,
    Source,
    Status,
    Verification,
)
from guides.situation import UNSURE, DateRange, Fact, FactValue, Origin, Situation, Unsure, parse_day
from guides.words import name_of, say_value


class Verdict(StrEnum):
    """What a situation says about a condition."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class FactInvalid(ValueError):
    """A fact that was sent does not fit the question; `remedy` says in Chinese how to write it."""

    def __init__(self, fact: str, remedy: str) -> None:
        super().__init__(f"{fact}: {remedy}")
        self.fact = fact
        self.remedy = remedy


Known = Mapping[int, frozenset[int]]


@dataclass(frozen=True, slots=True)
class _View:
    """A guide seen with what is known: facts completed by defaults and calculations, and the cells left open."""

    form: CompiledGuide
    situation: Situation
    known: Known
    supposed: Node
    derived: tuple[DerivedValue, ...]
    assumed: tuple[str, ...]
    notebook: dict[int, Node]

    def left(self, node: Node) -> Node:
        """Give what is still open of a diagram once the facts are put in and impossible situations left out."""
        if id(node) not in self.notebook:
            self.notebook[id(node)] = self._left(node)
        return self.notebook[id(node)]

    def _left(self, node: Node) -> Node:
        store = self.form.store
        domain = self.form.domain(node)
        if self.supposed is not store.true:
            domain = store.conjunction([domain, self.supposed])
        return store.within(store.restrict(domain, self.known), store.restrict(node, self.known))

    def verdict(self, node: Node) -> Verdict:
        results = self.form.store.results(self.left(node))
        if results == {True}:
            return Verdict.YES
        return Verdict.NO if results == {False} else Verdict.UNKNOWN


def checklist(
    guide: Guide, situation: Situation, *, on: date, sources: Mapping[str, Source], suppose_route: str = ""
) -> Checklist:
    """Give the personal list of `situation` for somebody who goes on the day `on`.

    With `suppose_route` (an id of the guide's routes) the list is the one that holds if that route is taken: it lets
    an answer say "如果走联办，…" while the facts that decide it are still asked for. It is ignored where the facts rule
    the route out, and never to be shown as the person's own list.

    Raises FactInvalid when a fact's value does not fit its question. Unknown fact names are ignored: they belong to
    another guide.
    """
    view = _view(guide, situation, on, suppose_route)
    items = tuple(_item(view, material) for material in guide.materials)
    return Checklist(
        bundle=guide.slug,
        title=guide.title,
        region=guide.region,
        on=on,
        route=_route(view),
        services=tuple(s for s in guide.services if _flag(view, "service", s.id) is Verdict.YES),
        items=items,
        prerequisites=tuple(p for p in guide.prerequisites if _flag(view, "prerequisite", p.id) is not Verdict.NO),
        presence=tuple(p for p in guide.presence if _flag(view, "presence", p.id) is not Verdict.NO),
        conflicts=tuple(c for c in guide.conflicts if view.verdict(view.form.node(c.when)) is not Verdict.NO),
        derived=view.derived,
        open_facts=_open_facts(view),
        assumed=_assumed_in_use(view, _view(guide, situation, on, suppose_route, defaults=False)),
        unverified=tuple(item.requirement for item in items if not supported(item.citations, sources)),
        digests=Digests(
            guide=view.form.digest,
            sources=digest_of_sources(tuple(sources[name] for name in guide.sources if name in sources)),
            engine=ENGINE_VERSION,
        ),
    )


def next_question(guide: Guide, situation: Situation, *, on: date) -> NextQuestion | None:
    """Give the one question worth asking now, or None when no answer can change the list any more."""
    open_facts = _open_facts(_view(guide, situation, on))
    if not open_facts:
        return None
    asked = next(question for question in guide.questions if question.fact == open_facts[0])
    return NextQuestion(asked, len(open_facts))


def evaluate(guide: Guide, condition: Condition, situation: Situation, *, on: date) -> Verdict:
    """Tell whether a condition of the guide holds; UNKNOWN while a missing fact can still change it."""
    view = _view(guide, situation, on)
    return view.verdict(view.form.node(condition))


def contradictions(guide: Guide, situation: Situation, *, on: date) -> tuple[Impossible, ...]:
    """Give the combinations of stated facts that cannot occur, each with the reason to show to the person."""
    form = compiled(guide, on)
    known = _known(form, situation, on)
    return tuple(
        impossible
        for impossible in guide.impossible
        if form.store.results(form.store.restrict(form.node(impossible.when), known)) == {True}
    )


def supported(citations: Iterable[Citation], sources: Mapping[str, Source]) -> bool:
    """Tell whether every citation rests on a text that was read."""
    return all(verification(citation, sources) is Verification.READ for citation in citations)


def verification(citation: Citation, sources: Mapping[str, Source]) -> Verification:
    """Give the mark of a citation: its own, where it is weaker than its source's."""
    source = sources[citation.source].verification
    if source is Verification.READ and citation.verification is not None:
        return citation.verification
    return source


def read_fact(question: Question, raw: bool | str | float) -> FactValue:
    """Read one fact as it comes from a form, a file or JSON; raises FactInvalid with the remedy in Chinese."""
    if isinstance(raw, str) and raw.strip() in {UNSURE.value, "不清楚", "不知道", "不确定"}:
        return UNSURE
    match question.kind:
        case FactKind.YES_NO:
            return _yes_no(question, raw)
        case FactKind.ONE_OF:
            return _option(question, raw)
        case FactKind.NUMBER:
            return _number(question, raw)
        case FactKind.DATE | FactKind.MONTH:
            return _day(question, raw)


def read_facts(guide: Guide, raw: Mapping[str, bool | str | float]) -> Situation:
    """Read the facts of F (names as `guides show` lists them); raises FactInvalid for an unknown name or value."""
    questions = {question.fact: question for question in guide.questions}
    facts: dict[str, Fact] = {}
    for name, value in raw.items():
        if name not in questions:
            raise FactInvalid(name, f"没有这个情况项。可以写的有：{'、'.join(questions)}")
        facts[name] = Fact(read_fact(questions[name], value))
    return Situation(facts)


# --- seeing a guide with what is known ------------------------------------------------------------------------------


def _view(guide: Guide, situation: Situation, on: date, suppose_route: str = "", *, defaults: bool = True) -> _View:
    form = compiled(guide, on)
    completed, assumed = _with_defaults(guide, situation) if defaults else (situation, ())
    completed, derived = _with_derived(guide, _with_months(guide, completed))
    known = _consistent(form, _known(form, completed, on))
    notebook = form.remembered((suppose_route, frozenset(known.items())))
    return _View(form, completed, known, _supposition(form, suppose_route, known), derived, assumed, notebook)


def _supposition(form: CompiledGuide, route: str, known: Known) -> Node:
    """Give the condition under which the route is taken; nothing is supposed where the facts already rule it out."""
    chosen = next((r for r in form.guide.routes if r.id == route), None)
    if chosen is None:
        return form.store.true
    node = form.node(chosen.when)
    domain = form.store.conjunction([form.domain(node), node])
    possible = True in form.store.results(form.store.restrict(domain, known))
    return domain if possible else form.store.true


def _with_defaults(guide: Guide, situation: Situation) -> tuple[Situation, tuple[str, ...]]:
    assumed: list[str] = []
    for question in guide.questions:
        if question.default is not None and situation.value(question.fact) is None:
            situation = situation.with_fact(question.fact, Fact(question.default, Origin.ASSUMED))
            assumed.append(question.fact)
    return situation, tuple(assumed)


def _with_months(guide: Guide, situation: Situation) -> Situation:
    """Let every date of a question asked by the month stand for the first day of its month."""
    for question in guide.questions:
        if question.kind is FactKind.MONTH and (fact := situation.facts.get(question.fact)) is not None:
            situation = situation.with_fact(question.fact, replace(fact, value=_first_of_month(fact.value)))
    return situation


def _first_of_month(value: FactValue) -> FactValue:
    if isinstance(value, DateRange):
        first, last = value.earliest.replace(day=1), value.latest.replace(day=1)
        return first if first == last else DateRange(first, last)
    return value.replace(day=1) if isinstance(value, date) else value


def _with_derived(guide: Guide, situation: Situation) -> tuple[Situation, tuple[DerivedValue, ...]]:
    values: list[DerivedValue] = []
    for derived in guide.derived:
        inputs: dict[str, FactValue] = {}
        for name in derived.inputs:
            value = situation.value(name)
            if value is not None and not isinstance(value, Unsure):
                inputs[name] = value
        if len(inputs) < len(derived.inputs):
            continue
        result = derive(derived, inputs)
        if result.value is None:
            continue
        situation = situation.with_fact(derived.fact, Fact(result.value, Origin.DERIVED))
        citations = (derived.citation, *(parameter.citation for parameter in derived.parameters))
        text = say_value(derived, result.value)
        values.append(DerivedValue(derived.fact, derived.label, text, result.steps, _distinct(citations)))
    return situation, tuple(values)


def _known(form: CompiledGuide, situation: Situation, on: date) -> dict[int, frozenset[int]]:
    """Confine each variable to the cells its fact may lie in, asking first whether the fact applies at all."""
    known: dict[int, frozenset[int]] = {}
    for variable in form.variables:
        absent = frozenset({variable.not_applicable}) if variable.conditional else frozenset()
        applies = form.store.results(form.store.restrict(form.applies[variable.fact], known))
        if absent and applies == {False}:
            known[variable.index] = absent
            continue
        value = situation.value(variable.fact)
        if value is None:
            if absent and applies == {True}:
                known[variable.index] = frozenset(range(variable.real_cells))
            continue
        try:
            cells = variable.cells_of(value, on)
        except ValueError as reason:
            raise FactInvalid(variable.fact, str(reason)) from reason
        known[variable.index] = cells if applies == {True} else cells | absent
    return known


def _consistent(form: CompiledGuide, known: dict[int, frozenset[int]]) -> dict[int, frozenset[int]]:
    """Leave out as few facts as needed of a combination that cannot occur, so that contradictory words get a list."""
    while not _can_be(form, known):
        last = max(known)
        culprits = (index for index in sorted(known, reverse=True) if _can_be(form, _without(known, index)))
        known = _without(known, next(culprits, last))
    return known


def _can_be(form: CompiledGuide, known: Known) -> bool:
    return True in form.store.results(form.store.restrict(form.possible, known))


def _without(known: Known, index: int) -> dict[int, frozenset[int]]:
    return {other: cells for other, cells in known.items() if other != index}


def _open_facts(view: _View) -> tuple[str, ...]:
    """Give the facts that can still change the route or a line and were not asked yet, most useful first."""
    form = view.form
    weights: dict[str, int] = {}
    for weight, node in _weighted_outputs(view):
        for index in form.store.support(node):
            for fact in _asked_for(form, form.variables[index].fact, view.situation):
                weights[fact] = weights.get(fact, 0) + weight
    place = {question.fact: i for i, question in enumerate(form.guide.questions)}
    askable = [fact for fact in weights if _applies_now(view, fact)]
    return tuple(sorted(askable, key=lambda fact: (-(weights[fact] >= _ROUTE_WEIGHT), place[fact])))


_ROUTE_WEIGHT = 1000


def _weighted_outputs(view: _View) -> Iterable[tuple[int, Node]]:
    form = view.form
    yield _ROUTE_WEIGHT, view.left(form.routes)
    for material in form.guide.materials:
        yield 1, form.store.map(partial(_essence, material), view.left(form.lines[material.id]))
    for node in form.flags.values():
        yield 1, view.left(node)


def _essence(material: Material, line: Hashable) -> Hashable:
    """Tell lines apart only where the person has to do something else."""
    if not isinstance(line, Fired):
        return None
    rule = material.rules[line.rule]
    return (rule.status, rule.handling, rule.ground, rule.still, line.documents)


def _asked_for(form: CompiledGuide, fact: str, situation: Situation) -> Iterable[str]:
    """Give the questions to ask for a fact: itself, or the missing inputs of a calculation."""
    asked = form.asked[fact]
    if isinstance(asked, Question):
        if situation.value(fact) is None or isinstance(situation.value(fact), DateRange):
            yield fact
        return
    for name in asked.inputs:
        if situation.value(name) is None or isinstance(form.asked[name], Derived):
            yield from _asked_for(form, name, situation)


def _assumed_in_use(view: _View, without: _View) -> tuple[str, ...]:
    """Give the defaults that change the list: the others need not be shown."""
    if not view.assumed:
        return ()
    form = view.form
    used = {form.variables[i].fact for _, node in _weighted_outputs(without) for i in form.store.support(node)}
    return tuple(fact for fact in view.assumed if fact in used)


def _applies_now(view: _View, fact: str) -> bool:
    """A question whose own condition is still open waits until it is settled."""
    return view.form.store.results(view.left(view.form.applies[fact])) == {True}


# --- the lines of the list ------------------------------------------------------------------------------------------


def _route(view: _View) -> RouteTaken:
    routes = view.form.guide.routes
    fired = view.form.store.results(view.left(view.form.routes))
    indices = sorted({i for rules in fired if isinstance(rules, frozenset) for i in rules})
    if len(fired) == 1 and len(indices) == 1:
        route = routes[indices[0]]
        return RouteTaken(route.id, route.kind, route.title, route.say, route.next_step, route.citations, (route.id,))
    return RouteTaken("", None, "", "", "", (), tuple(routes[i].id for i in indices))


def _flag(view: _View, kind: str, name: str) -> Verdict:
    return view.verdict(view.form.flags[kind, name])


def _item(view: _View, material: Material) -> ChecklistItem:
    left = view.left(view.form.lines[material.id])
    fired = sorted(
        (line for line in view.form.store.results(left) if isinstance(line, Fired)),
        key=lambda line: (line.rule, line.documents),
    )
    rules = [material.rules[number] for number in dict.fromkeys(line.rule for line in fired)]
    kinds = {(rule.status, rule.handling, rule.ground, rule.still) for rule in rules}
    undetermined = not fired or not all(isinstance(line, Fired) for line in view.form.store.results(left))
    if undetermined or len(kinds) != 1:
        return _undecided(view, material, rules, left)
    documents = [material.documents[i] for i in sorted({i for line in fired for i in line.documents})]
    rule = rules[0]
    return ChecklistItem(
        requirement=material.id,
        name=material.name,
        status=rule.status,
        handling=rule.handling,
        block=block_of(rule),
        reason="；".join(dict.fromkeys(r.why.rstrip("。") for r in rules)) + "。",
        ground=rule.ground,
        still=rule.still,
        fallback=rule.fallback,
        citations=_distinct(r.citation for r in rules),
        may_be=(rule.status,),
        depends_on=(),
        documents=tuple(documents),
        supply_by=rule.supply_by,
        consequence=rule.consequence,
        material=material,
    )


def _undecided(view: _View, material: Material, rules: list[MaterialRule], left: Node) -> ChecklistItem:
    form = view.form
    depends = sorted(form.store.support(left))
    facts = tuple(dict.fromkeys(form.variables[i].fact for i in depends))
    documents = [need for need in material.documents if view.verdict(form.node(need.when)) is not Verdict.NO]
    return ChecklistItem(
        requirement=material.id,
        name=material.name,
        status=Status.UNDECIDED,
        handling=Handling.NONE,
        block=Block.MAYBE,
        reason=_undecided_reason(form, facts),
        ground=None,
        still="",
        fallback="",
        citations=_distinct(rule.citation for rule in rules),
        may_be=tuple(dict.fromkeys(rule.status for rule in rules)),
        depends_on=facts,
        documents=tuple(documents),
        supply_by="",
        consequence="",
        material=material,
    )


def _undecided_reason(form: CompiledGuide, facts: tuple[str, ...]) -> str:
    if not facts:
        return "现有依据没有说清这种情况，请向窗口或 12345 确认。"
    names = "、".join(dict.fromkeys(name_of(form.asked[fact]) for fact in facts))
    return f"要不要带，取决于还没说清的情况：{names}。"


def block_of(rule: MaterialRule) -> Block:
    """Give the block of the list in which a line stands."""
    match rule.status:
        case Status.EXEMPT | Status.NOT_REQUIRED:
            return Block.SHOW if rule.handling is Handling.INSPECT else Block.NOT_NEEDED
        case Status.ONLY_IF_CHECK_FAILS:
            return Block.IF_CHECK_FAILS
        case _:
            return Block.SHOW if rule.handling is Handling.INSPECT else Block.BRING


def _distinct(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(citations))


# --- reading facts --------------------------------------------------------------------------------------------------

_YES = frozenset({"true", "yes", "是", "对", "有", "要"})
_NO = frozenset({"false", "no", "否", "不是", "没有", "不要"})


def _yes_no(question: Question, raw: bool | str | float) -> bool:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and raw.strip().lower() in _YES | _NO:
        return raw.strip().lower() in _YES
    raise FactInvalid(question.fact, f"“{question.ask}”请回答：是、否或不清楚")


def _option(question: Question, raw: bool | str | float) -> str:
    for option in question.options:
        if raw in (option.value, option.label):
            return option.value
    labels = "、".join(f"{option.value}（{option.label}）" for option in question.options)
    raise FactInvalid(question.fact, f"“{question.ask}”可以选：{labels}，或 unknown（不清楚）")


def _number(question: Question, raw: bool | str | float) -> float:
    if not isinstance(raw, bool):
        try:
            number = float(raw)
        except ValueError:
            number = float("nan")
        if 0 <= number < 1e9:
            return number
    raise FactInvalid(question.fact, f"“{question.ask}”请填数字{f'（{question.unit}）' if question.unit else ''}")


def _day(question: Question, raw: bool | str | float) -> date | DateRange:
    if isinstance(raw, str):
        try:
            return parse_day(raw)
        except ValueError:
            pass
    raise FactInvalid(question.fact, f"“{question.ask}”请填日期，例如 2026-11-15，只记得月份就填 2026-11")
