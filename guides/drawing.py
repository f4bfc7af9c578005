"""A guide as a picture and as a table, drawn from the same diagrams that decide it."""

from __future__ import annotations

from datetime import date
from html import escape

from guides.compiled import CompiledGuide, compiled
from guides.diagram import Branch, Leaf, Node
from guides.model import Guide, Status
from guides.words import name_of, say_condition

STATUS_WORDS = {
    Status.REQUIRED: "要交",
    Status.CHOOSE_ONE: "几样里选一样",
    Status.ONLY_IF_CHECK_FAILS: "核验不到时才要",
    Status.SIGN: "核对后签字",
    Status.MAY_FOLLOW: "可以后补",
    Status.MAY_COMMIT: "可以承诺代替",
    Status.EXEMPT: "免交",
    Status.NOT_REQUIRED: "不需要",
    Status.UNDECIDED: "还不确定",
}


def flow_dot(guide: Guide, on: date) -> str:
    """Draw which answers lead to which route, in Graphviz DOT; the questions that do not decide it are left out."""
    form = compiled(guide, on)
    lines = [
        f"digraph {_quoted(guide.slug)} {{",
        '  graph [rankdir=TB, fontname="Noto Sans CJK SC"];',
        '  node [shape=box, style=rounded, fontname="Noto Sans CJK SC"];',
        '  edge [fontname="Noto Sans CJK SC"];',
    ]
    names: dict[int, str] = {}
    _draw(form, form.within_possible(form.routes), names, lines)
    lines.append("}")
    return "\n".join(lines) + "\n"


def _draw(form: CompiledGuide, node: Node, names: dict[int, str], lines: list[str]) -> str:
    if id(node) in names:
        return names[id(node)]
    name = names[id(node)] = f"n{len(names)}"
    if isinstance(node, Leaf):
        lines.append(f'  {name} [label={_quoted(_routes(form.guide, node))}, style=filled, fillcolor="#E7F0FB"];')
        return name
    variable = form.variables[node.var]
    lines.append(f"  {name} [label={_quoted(name_of(form.asked[variable.fact]))}];")
    for child, label in _edges(form, node):
        lines.append(f"  {name} -> {_draw(form, child, names, lines)} [label={_quoted(label)}];")
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


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def table_html(guide: Guide, on: date) -> str:
    """Write every rule of every material as a table a jurist can read: when, what, why, which clause."""
    form = compiled(guide, on)
    rows: list[str] = []
    for route in guide.routes:
        clauses = "；".join(f"{c.source} {c.locator}" for c in route.citations)
        rows.append(_row("路线", route.title, say_condition(guide, route.when), route.kind.value, route.say, clauses))
    for material in guide.materials:
        for number in form.rules_in_force[material.id]:
            rule = material.rules[number]
            clause = f"{rule.citation.source} {rule.citation.locator}"
            condition = say_condition(guide, rule.when)
            rows.append(_row("材料", material.name, condition, STATUS_WORDS[rule.status], rule.why, clause))
    head = "".join(f'<th scope="col">{name}</th>' for name in ("类", "名称", "什么情形", "结果", "为什么", "依据"))
    title = escape(f"{guide.title} · {on.isoformat()} 的规则")
    return (
        f'<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title></head>\n'
        f"<body><h1>{title}</h1>\n<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n"
        + "\n".join(rows)
        + "\n</tbody></table></body></html>\n"
    )


def _row(*cells: str) -> str:
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
