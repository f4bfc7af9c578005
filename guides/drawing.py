"""A guide as a picture: which answers lead to which route, and which matters follow one another on the joint one.

Drawn from the same diagrams that decide it, in Graphviz DOT; the tables are in `table_page.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from guides.compiled import CompiledGuide, compiled
from guides.diagram import Branch, Leaf, Node
from guides.model import Guide, Route, RouteKind, Service
from guides.words import name_of

_FONT = "Noto Sans CJK SC,Microsoft YaHei,PingFang SC,sans-serif"
_WIDE = 16
"""Characters in a line of a box."""
_COLOURS = {RouteKind.BUNDLE: "#DCEBFA", RouteKind.SINGLE_SERVICES: "#E6F4EA"}
_OTHER = "#FFF4D6"


def flow_dot(guide: Guide, on: date) -> str:
    """Draw which answers lead to which route, in Graphviz DOT; the questions that do not decide it are left out."""
    form = compiled(guide, on)
    lines = [
        f"digraph {_quoted(guide.slug)} {{",
        f'  graph [rankdir=TB, fontname="{_FONT}", label={_quoted(f"{guide.title} · {on.isoformat()}")}, labelloc=t];',
        f'  node [shape=box, style=rounded, fontname="{_FONT}", fontsize=12];',
        f'  edge [fontname="{_FONT}", fontsize=10];',
    ]
    names: dict[int, str] = {}
    _draw(form, form.within_possible(form.routes), names, lines)
    for number, route in enumerate(guide.routes):
        if route.kind is RouteKind.BUNDLE:
            lines.extend(_services(form, route, f"r{number}"))
    lines.extend(f"  {names[node]} -> {first};" for node, first in _first_services(form, names))
    lines.append("}")
    return "\n".join(lines) + "\n"


def _draw(form: CompiledGuide, node: Node, names: dict[int, str], lines: list[str]) -> str:
    if id(node) in names:
        return names[id(node)]
    name = names[id(node)] = f"n{len(names)}"
    if isinstance(node, Leaf):
        kind = _kind(form.guide, node)
        colour = _COLOURS.get(kind, _OTHER) if kind else _OTHER
        label = _quoted(_folded(_routes(form.guide, node)))
        lines.append(f'  {name} [label={label}, style="rounded,filled", fillcolor="{colour}"];')
        return name
    variable = form.variables[node.var]
    lines.append(f"  {name} [label={_quoted(_folded(name_of(form.asked[variable.fact])))}, shape=ellipse];")
    for child, label in _edges(form, node):
        lines.append(f"  {name} -> {_draw(form, child, names, lines)} [label={_quoted(_folded(label))}];")
    return name


def _edges(form: CompiledGuide, node: Branch) -> list[tuple[Node, str]]:
    """Give each child once, with the labels of all cells that lead to it."""
    variable = form.variables[node.var]
    labels: dict[int, list[str]] = {}
    children: dict[int, Node] = {}
    for cell, child in enumerate(node.children):
        if child is form.store.impossible:
            continue
        children[id(child)] = child
        labels.setdefault(id(child), []).append(variable.labels[cell] if cell < variable.real_cells else "不适用")
    return [(child, " / ".join(labels[key])) for key, child in children.items()]


def _routes(guide: Guide, leaf: Leaf) -> str:
    fired = sorted(leaf.value) if isinstance(leaf.value, frozenset) else []
    return "、".join(guide.routes[i].title for i in fired) or "没有规则"


def _kind(guide: Guide, leaf: Leaf) -> RouteKind | None:
    fired = sorted(leaf.value) if isinstance(leaf.value, frozenset) else []
    return guide.routes[fired[0]].kind if fired else None


def _services(form: CompiledGuide, route: Route, name: str) -> Iterator[str]:
    """Draw the matters of a joint route in their order; dashed are those that only some situations have."""
    chosen = {service.id: share for service in form.guide.services if (share := _part(form, route, service))}
    yield f"  subgraph cluster_{name} {{"
    yield f'    label={_quoted(f"{route.title}：联办事项")}; style=rounded; color="#9BB8D3"; labelloc=b;'
    for service in form.guide.services:
        if service.id in chosen:
            limit = f"，{service.limit.days:g}个{_UNITS[service.limit.unit]}" if service.limit else ""
            label = _quoted(f"{_folded(service.name)}\n{service.agency}{limit}")
            style = "rounded" if chosen[service.id] == "always" else "rounded,dashed"
            yield f'    {name}_{service.id} [label={label}, style="{style}"];'
    for service in form.guide.services:
        for before in service.after:
            if service.id in chosen and before in chosen:
                yield f"    {name}_{before} -> {name}_{service.id};"
    yield "  }"


_UNITS = {"working_day": "工作日", "day": "自然日", "month": "月"}


def _part(form: CompiledGuide, route: Route, service: Service) -> str:
    """Tell whether a matter belongs to a route: "always", "sometimes", or "" for never."""
    on_route = form.store.conjunction([form.possible, form.node(route.when)])
    results = form.store.results(form.store.within(on_route, form.node(service.when)))
    if True not in results:
        return ""
    return "sometimes" if False in results else "always"


def _first_services(form: CompiledGuide, names: dict[int, str]) -> Iterator[tuple[int, str]]:
    """Join each joint route's box to the matters that wait for no other."""
    for node in _leaves(form.within_possible(form.routes)):
        fired = sorted(node.value) if isinstance(node.value, frozenset) else []
        for number in fired:
            route = form.guide.routes[number]
            if route.kind is RouteKind.BUNDLE and id(node) in names:
                chosen = {service.id: service for service in form.guide.services if _part(form, route, service)}
                for name, service in chosen.items():
                    if not chosen.keys() & set(service.after):
                        yield id(node), f"r{number}_{name}"


def _leaves(node: Node) -> Iterator[Leaf]:
    seen: set[int] = set()
    waiting: list[Node] = [node]
    while waiting:
        current = waiting.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        if isinstance(current, Leaf):
            yield current
        else:
            waiting.extend(current.children)


_PIECE = re.compile(r"[0-9A-Za-z.%]+[年月日岁吨天个米元]?|.", re.DOTALL)
_NOT_FIRST = frozenset("、，。；：？！）》”』」")


def _folded(text: str) -> str:
    """Break a long label into lines of a readable width, never before a stop and never inside a number."""
    lines = [""]
    for piece in _PIECE.findall(text):
        if len(lines[-1]) + len(piece) > _WIDE and lines[-1] and piece not in _NOT_FIRST:
            lines.append("")
        lines[-1] += piece
    return "\n".join(lines)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
