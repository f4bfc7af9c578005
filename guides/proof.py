"""Proof over all situations of a guide, not samples: one route, one status with a clause, nothing idle.

Every finding is a sentence a jurist can read, with the situation that shows it. Calculated facts are taken as free of
their inputs, so the proof may look at combinations that cannot occur, and never misses one that can.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from operator import eq

from guides.compiled import CompiledGuide, Fired, compiled
from guides.condition import ALWAYS, Holds, Value
from guides.diagram import Node
from guides.model import Derived, Ground, Guide, Material, Question, Status
from guides.words import say_situation


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proved of one guide: how many situations it stands for, each route's share, and what is wrong."""

    bundle: str
    region: str
    situations: int
    by_route: tuple[tuple[str, int], ...]
    problems: tuple[str, ...]


def prove(guide: Guide, on: date) -> Proof:
    """Reason over every situation of a guide on a day."""
    form = compiled(guide, on)
    store = form.store
    by_route = tuple(
        (route.id, store.count(store.conjunction([form.possible, form.node(route.when)]), _is_true))
        for route in guide.routes
    )
    return Proof(guide.slug, guide.region, situations(guide, on), by_route, tuple(_problems(form)))


def situations(guide: Guide, on: date) -> int:
    """Count the situations a guide tells apart on a day; the proof looks at each of them."""
    form = compiled(guide, on)
    return form.store.count(form.possible, _is_true)


def _problems(form: CompiledGuide) -> Iterator[str]:
    if form.store.results(form.possible) != {True} and True not in form.store.results(form.possible):
        yield "没有任何可能的情形：impossible 把所有情形都排除了"
        return
    yield from _routes(form)
    for material in form.guide.materials:
        yield from _material(form, material)
    yield from _exemptions(form)
    yield from _questions(form)
    yield from _defaults(form)
    yield from _idle_parts(form)


def _routes(form: CompiledGuide) -> Iterator[str]:
    guide = form.guide
    names = [route.title for route in guide.routes]
    yield from _exactly_one(form, form.routes, "办理路线", names)
    for route in guide.routes:
        if _never(form, form.node(route.when)):
            yield f"路线“{route.title}”没有任何情形会走到"


def _material(form: CompiledGuide, material: Material) -> Iterator[str]:
    names = [f"第{i + 1}条规则（{rule.status}）" for i, rule in enumerate(material.rules)]
    yield from _exactly_one(form, form.materials[material.id], f"材料“{material.name}”", names)
    in_force = form.rules_in_force[material.id]
    for i in in_force:
        if _never(form, form.node(material.rules[i].when)):
            yield f"材料“{material.name}”的{names[i]}没有任何情形会用到"
    needed = {i for i in in_force if material.rules[i].status is not Status.NOT_REQUIRED}
    fired = form.store.results(_occurring(form, form.lines[material.id]))
    if not any(isinstance(line, Fired) and line.rule in needed for line in fired):
        yield f"材料“{material.name}”在任何情形下都不需要"


def _exactly_one(form: CompiledGuide, rules: Node, what: str, names: list[str]) -> Iterator[str]:
    """Report one situation for a gap and one for each pair that overlaps."""
    if (shown := _example(form, rules, lambda fired: fired == frozenset())) is not None:
        yield f"{what}：没有规则管到这种情形——{shown}"
    seen: set[frozenset[int]] = set()
    for fired in sorted(form.store.results(_occurring(form, rules)), key=str):
        if isinstance(fired, frozenset) and len(fired) > 1 and fired not in seen:
            seen.add(fired)
            shown = _example(form, rules, partial(eq, fired))
            both = "、".join(names[i] for i in sorted(fired))
            yield f"{what}：{both}同时成立——{shown}"


def _exemptions(form: CompiledGuide) -> Iterator[str]:
    """Find exemptions that another rule contradicts, and things said to be made on the way that nobody makes."""
    for material in form.guide.materials:
        in_force = form.rules_in_force[material.id]
        for i in in_force:
            rule = material.rules[i]
            if rule.status is not Status.EXEMPT:
                continue
            others = [n for n in in_force if n != i and material.rules[n].status is not Status.EXEMPT]
            asked = form.store.disjunction([form.node(material.rules[n].when) for n in others])
            both = form.store.conjunction([form.node(rule.when), asked])
            if (shown := _example(form, both, _is_true)) is not None:
                yield f"材料“{material.name}”：免交（第{i + 1}条规则）和另一条规则互相矛盾——{shown}"
            if rule.ground is Ground.PRODUCED_IN_BUNDLE:
                yield from _produced(form, material, form.node(rule.when))


def _produced(form: CompiledGuide, material: Material, when: Node) -> Iterator[str]:
    makers = [service for service in form.guide.services if service.output and service.output in _names(material)]
    made = form.store.disjunction([form.node(service.when) for service in makers])
    missing = form.store.conjunction([when, form.store.negation(made)])
    if makers and (shown := _example(form, missing, _is_true)) is not None:
        yield f"材料“{material.name}”说是办理中产生的，可这种情形里没有哪个事项办出它——{shown}"


def _names(material: Material) -> tuple[str, ...]:
    return (material.name, *material.aliases)


def _defaults(form: CompiledGuide) -> Iterator[str]:
    """A default may choose how a thing is done, never whether a person may do it."""
    deciding = {form.variables[index].fact for index in form.store.support(_occurring(form, form.routes))}
    for question in form.guide.questions:
        if question.default is not None and question.fact in deciding:
            yield f"问题“{question.ask}”决定走哪条路，不能有默认答案"


def _questions(form: CompiledGuide) -> Iterator[str]:
    used = {form.variables[index].fact for node in _outputs(form) for index in form.store.support(node)}
    for _ in form.guide.derived:
        for derived in form.guide.derived:
            if derived.fact in used:
                used.update(derived.inputs)
    for question in form.guide.questions:
        if question.fact not in used:
            yield f"问题“{question.ask}”无论怎么答都不影响结果"
        elif _never(form, form.node(question.when)):
            yield f"问题“{question.ask}”没有任何情形会问到"


def _outputs(form: CompiledGuide) -> Iterator[Node]:
    nodes = [form.routes, *form.lines.values(), *form.flags.values()]
    for part in (form.guide.conflicts, form.guide.deadlines, form.guide.fees, form.guide.never_ask, form.guide.faq):
        nodes.extend(form.node(entry.when) for entry in part)
    yield from (_occurring(form, node) for node in nodes)


def _idle_parts(form: CompiledGuide) -> Iterator[str]:
    guide = form.guide
    named = (
        [(f"事项“{s.name}”", s.when) for s in guide.services]
        + [(f"先办好“{p.text}”", p.when) for p in guide.prerequisites]
        + [(f"到场要求“{p.what}”", p.when) for p in guide.presence]
        + [(f"矛盾说明“{c.about}”", c.when) for c in guide.conflicts]
        + [(f"收费“{f.text}”", f.when) for f in guide.fees]
    )
    for what, condition in named:
        if condition != ALWAYS and _never(form, form.node(condition)):
            yield f"{what}没有任何情形会用到"
    used = {part.holds for part in _values(guide) if isinstance(part, Holds)}
    for condition_ in guide.conditions:
        if condition_.name not in used:
            yield f"条件“{condition_.name}”没有被用到"


def _values(value: object) -> Iterator[Value]:
    if isinstance(value, Value):
        yield value
        for name in type(value).model_fields:
            yield from _values(getattr(value, name))
    elif isinstance(value, tuple):
        for part in value:
            yield from _values(part)


def _occurring(form: CompiledGuide, node: Node) -> Node:
    """Give a diagram with what cannot occur left out, by the part of the possible that bears on it: far smaller."""
    return form.store.within(form.domain(node), node)


def _never(form: CompiledGuide, condition: Node) -> bool:
    return True not in form.store.results(form.store.conjunction([form.domain(condition), condition]))


def _example(form: CompiledGuide, rules: Node, wanted: Callable[[Hashable], bool]) -> str | None:
    """Give a situation that can occur and has a wanted result, as a sentence."""
    store = form.store
    bad = store.map(wanted, rules)
    if _never(form, bad):
        return None
    certain = store.example(store.conjunction([form.possible, bad]), _is_true) or {}
    brief = store.example(store.within(form.possible, bad), _is_true) or {}
    confined = {index: frozenset({cell}) for index, cell in brief.items()}
    possible = store.results(store.restrict(form.possible, confined))
    return _say(form, brief if True in possible else certain)


def _say(form: CompiledGuide, cells: dict[int, int]) -> str:
    asked: dict[str, Question | Derived] = form.asked
    shown: dict[str, str] = {}
    for index, cell in cells.items():
        variable = form.variables[index]
        if cell < variable.real_cells:
            shown[variable.fact] = variable.labels[cell]
    return say_situation(asked, shown)


def _is_true(value: Hashable) -> bool:
    return value is True
