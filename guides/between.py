"""What differs between two guides (or one guide on two days), over every situation at once, in sentences.

Routes, lines, services, prerequisites and presence are compared by the diagrams: for each pair of results the number
of situations and what these have in common. What has no condition (points, phones, limits …) is compared as written.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from guides.cells import Measure, Variable
from guides.compiled import CompiledGuide, Fired
from guides.diagram import Branch, Leaf, Node
from guides.joint import Joint, Side, joined, left_out
from guides.model import Citation, Derived, Guide, Handling, Material, MaterialRule, Question, Route, Status
from guides.table_page import STATUS_WORDS
from guides.words import name_of, say_value

HANDLING_WORDS = {
    Handling.INSPECT: "到场出示",
    Handling.COLLECT: "收取",
    Handling.UPLOAD: "上传",
    Handling.SIGN: "签字",
    Handling.NONE: "",
}
_SHOWN = 3
"""Descriptions of situations in one sentence: more are counted, not told."""
_PATHS = 400
"""Ways through a diagram looked at for the shortest descriptions."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs: what, in how many situations and which, what it is on either side, by which clauses."""

    kind: str
    name: str
    situations: int
    """0 for what does not depend on the situation."""
    where: tuple[str, ...]
    before: str
    after: str
    clauses: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class GuideDiff:
    """Everything that differs, the lists first; `situations` are those that can occur on both sides."""

    left: str
    right: str
    situations: int
    alike: int
    """Situations with the same route, the same lines, services, prerequisites and people on both sides."""
    changes: tuple[Change, ...]
    left_out: tuple[str, ...] = ()
    """Answers that only one side knows; situations with them are not compared."""


def between(left: Side, right: Side, names: tuple[str, str]) -> GuideDiff:
    """Compare two guides over all situations; raises NotComparable where they use one fact in two senses."""
    both = joined(left, right)
    store, form = both.form.store, both.form
    pairs = [*_routes(both), *_materials(both), *_flags(both)]
    changes = [change for pair in pairs for change in _changes(form, pair, names)]
    situations = store.count(form.possible, lambda value: value is True)
    differing = store.disjunction([store.map(_unequal, pair.node) for pair in pairs])
    unlike = store.count(store.conjunction([form.possible, differing]), lambda value: value is True)
    for kind, one, other in _written(left.guide, right.guide):
        changes.extend(_beside(kind, one, other))
    return GuideDiff(names[0], names[1], situations, situations - unlike, tuple(changes), left_out(left, right))


# --- what depends on the situation -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Pair:
    """A part on both sides: a diagram of (left, right) results, each a text with its clauses."""

    kind: str
    name: str
    node: Node


_Result = tuple[str, tuple[str, ...]]
"""What a side says, and by which clauses."""
_NOTHING: _Result = ("没有这一项", ())


def _routes(both: Joint) -> Iterator[_Pair]:
    routes = both.form.guide.routes

    def results(fired: Hashable) -> Hashable:
        """The same route under two titles (在湖南领, 在广东领) is the same way to go."""
        found: dict[str, Route] = {}
        for number in sorted(fired) if isinstance(fired, frozenset) else []:
            found[routes[number].id.partition(".")[0]] = routes[number]
        left, right = (found.get(side.mark) for side in (both.left, both.right))
        one = (left.title, _clauses(left.citations)) if left else _NOTHING
        other = (right.title, _clauses(right.citations)) if right else _NOTHING
        alike = left and right and left.id.partition(".")[2] == right.id.partition(".")[2]
        return one, (one[0], other[1]) if alike else other

    yield _Pair("路线", "办理路线", both.form.store.map(results, both.form.routes))


def _materials(both: Joint) -> Iterator[_Pair]:
    ours = {material.id: material for material in both.form.guide.materials}
    order = [m.id for side in (both.left, both.right) for m in side.guide.materials]
    for name in dict.fromkeys(order):
        found = [ours.get(side.of(name)) for side in (both.left, both.right)]
        nodes = [_lines(both.form, material) for material in found]
        title = next(material.name for material in found if material is not None)
        yield _Pair("材料", title, both.form.store.apply(lambda a, b: (a, b), nodes[0], nodes[1]))


def _lines(form: CompiledGuide, material: Material | None) -> Node:
    if material is None:
        return form.store.leaf(("不需要", ()))

    def result(line: Hashable) -> Hashable:
        if not isinstance(line, Fired):
            return ("没有规则", ())
        rule = material.rules[line.rule]
        return (_said(rule), () if rule.status is Status.NOT_REQUIRED else _clauses((rule.citation,)))

    return form.store.map(result, form.lines[material.id])


def _said(rule: MaterialRule) -> str:
    handling = HANDLING_WORDS[rule.handling]
    shown = f"（{handling}）" if handling and rule.status is not Status.NOT_REQUIRED else ""
    return STATUS_WORDS[rule.status] + shown


def _flags(both: Joint) -> Iterator[_Pair]:
    form = both.form
    for kind, word in (("service", "事项"), ("prerequisite", "先办好"), ("presence", "到场")):
        titles = _titles(both, kind)
        for name, (title, clauses) in titles.items():
            nodes = [form.flags.get((kind, side.of(name)), form.store.false) for side in (both.left, both.right)]
            said = [form.store.map(partial(_there, clauses), node) for node in nodes]
            yield _Pair(word, title, form.store.apply(lambda a, b: (a, b), said[0], said[1]))


def _titles(both: Joint, kind: str) -> dict[str, _Result]:
    found: dict[str, _Result] = {}
    for side in (both.left, both.right):
        guide = side.guide
        rows = {
            "service": [(s.id, s.name, s.citation) for s in guide.services],
            "prerequisite": [(p.id, p.text, p.citation) for p in guide.prerequisites],
            "presence": [(p.id, f"{p.who}{p.what}", p.citation) for p in guide.presence],
        }[kind]
        for name, title, citation in rows:
            found.setdefault(name, (title, _clauses((citation,))))
    return found


def _there(clauses: tuple[str, ...], value: Hashable) -> Hashable:
    return ("有", clauses) if value is True else ("没有", ())


def _among(chosen: frozenset[Hashable], value: Hashable) -> bool:
    return value in chosen


def _unequal(pair: Hashable) -> bool:
    """Tell whether a person has to do something else on the other side; the clause alone is not that."""
    return isinstance(pair, tuple) and bool(pair[0][0] != pair[1][0])


def _changes(form: CompiledGuide, pair: _Pair, names: tuple[str, str]) -> Iterator[Change]:
    store = form.store
    node = store.within(form.domain(pair.node), pair.node)
    unequal = [value for value in store.results(node) if _unequal(value)]
    grouped: dict[tuple[str, str], list[Hashable]] = {}
    for value in unequal:
        if isinstance(value, tuple):
            grouped.setdefault((value[0][0], value[1][0]), []).append(value)
    for (before, after), values in sorted(grouped.items()):
        chosen = frozenset(values)
        here = store.map(partial(_among, chosen), pair.node)
        count = store.count(store.conjunction([form.possible, here]), lambda value: value is True)
        paths = _paths(form, store.within(form.domain(here), here))
        left, right = (tuple(sorted({c for v in values if isinstance(v, tuple) for c in v[i][1]})) for i in (0, 1))
        sentence = (
            f"{pair.kind}“{pair.name}”：{names[0]}{before}{_by(left)}，{names[1]}{after}{_by(right)}"
            f"——{_told(form, paths)}（{count} 种情形）"
        )
        where = tuple(_say(form, path) for path in paths[:_SHOWN])
        yield Change(pair.kind, pair.name, count, where, before, after, (*left, *right), sentence)


def _by(clauses: Sequence[str]) -> str:
    return f"（{'、'.join(clauses[:_SHOWN])}{'等' if len(clauses) > _SHOWN else ''}）" if clauses else ""


_Path = dict[int, tuple[int, ...]]
"""A way to the wanted result: the cells of each fact that lead there."""


def _told(form: CompiledGuide, paths: Sequence[_Path]) -> str:
    """Say what the situations have in common, and then the first few of the ways in which they differ."""
    if not paths:
        return "任何情况"
    common = {index: cells for index, cells in paths[0].items() if all(path.get(index) == cells for path in paths)}
    rests = [{i: cells for i, cells in path.items() if i not in common} for path in paths]
    each = list(dict.fromkeys(_say(form, rest) for rest in rests if rest))
    shared = _say(form, common)
    if not each or len(each) < len(rests):
        return shared or "任何情况"
    more = f"；等 {len(each)} 类" if len(each) > _SHOWN else ""
    return "，并且".join(part for part in (shared, f"（{'；或者'.join(each[:_SHOWN])}{more}）") if part)


def _paths(form: CompiledGuide, node: Node) -> list[_Path]:
    """Give the ways in which a diagram is true, the shortest first."""
    found: list[_Path] = []

    def walk(current: Node, told: _Path) -> None:
        if len(found) >= _PATHS:
            return
        if isinstance(current, Leaf):
            if current.value is True:
                found.append(told)
            return
        for child, cells in _edges(form, current):
            everywhere = len(cells) == len(current.children)
            walk(child, told if everywhere else {**told, current.var: cells})

    walk(node, {})
    return sorted(found, key=len)


def _edges(form: CompiledGuide, node: Branch) -> Iterator[tuple[Node, tuple[int, ...]]]:
    cells: dict[int, list[int]] = {}
    children: dict[int, Node] = {}
    for cell, child in enumerate(node.children):
        if child is not form.store.impossible:
            children[id(child)] = child
            cells.setdefault(id(child), []).append(cell)
    yield from ((children[key], tuple(group)) for key, group in cells.items())


def _say(form: CompiledGuide, told: _Path) -> str:
    parts = []
    for index, cells in told.items():
        variable = form.variables[index]
        asked = form.asked[variable.fact]
        labels = [_label(asked, variable, cell) for cell in cells]
        parts.append(f"{name_of(asked)}：{'或'.join(labels)}")
    return "，".join(parts)


def _label(asked: Question | Derived, variable: Variable, cell: int) -> str:
    if cell >= variable.real_cells:
        return "不适用"
    if variable.measure is Measure.CHOICE:
        return say_value(asked, variable.choices[cell], brief=True)
    return variable.labels[cell]


# --- what does not ---------------------------------------------------------------------------------------------------


def _written(left: Guide, right: Guide) -> Iterator[tuple[str, dict[str, str], dict[str, str]]]:
    """Give the parts compared as written, by kind: each a text under the name it goes by."""
    for kind, texts in (
        ("基本信息", _head),
        ("问题", lambda g: {q.short or q.fact: "、".join(o.label for o in q.options) or q.ask for q in g.questions}),
        ("收费", lambda g: {fee.id: fee.text for fee in g.fees}),
        ("时限", _limits),
        ("办理点", lambda g: {p.name: f"{p.address}；{p.hours}；{p.phone}" for p in g.points}),
        ("电话", lambda g: {p.about: p.number for p in g.phones}),
        ("截止", lambda g: {d.id: d.text + d.consequence for d in g.deadlines}),
        ("说法不一", lambda g: {c.about: c.say + c.resolution for c in g.conflicts}),
        ("常见问题", lambda g: {f.asks[0]: "".join(f.answer) for f in g.faq}),
    ):
        yield kind, texts(left), texts(right)


def _head(guide: Guide) -> dict[str, str]:
    return {
        "牵头部门": guide.lead_agency,
        "实施编码": guide.code,
        "官方网页": guide.official_url,
        "起用日期": guide.valid_from.isoformat(),
        "停用日期": guide.valid_to.isoformat() if guide.valid_to else "",
    }


def _limits(guide: Guide) -> dict[str, str]:
    found = {"整件事": "、".join(f"{limit.days:g}（{limit.unit}）" for limit in guide.limits)}
    found |= {s.name: f"{s.limit.days:g}（{s.limit.unit}）" for s in guide.services if s.limit is not None}
    return found


def _beside(kind: str, one: dict[str, str], other: dict[str, str]) -> Iterator[Change]:
    for name in dict.fromkeys((*one, *other)):
        before, after = one.get(name, ""), other.get(name, "")
        if before != after:
            sentence = f"{kind}“{name}”：{before or '没有'} → {after or '没有'}"
            yield Change(kind, name, 0, (), before, after, (), sentence)


def _clauses(citations: Sequence[Citation]) -> tuple[str, ...]:
    return tuple(f"{citation.source} {citation.locator}" for citation in citations)
