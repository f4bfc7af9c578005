"""A guide's tables as a page a jurist reads and a sheet a clerk filters: every rule, and every distinct list."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date
from html import escape

from guides.compiled import compiled
from guides.model import Citation, Guide, RouteKind, Source, Status, Verification
from guides.rules import verification
from guides.tables import DistinctList, distinct_lists
from guides.words import say_condition

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
KIND_WORDS = {
    RouteKind.BUNDLE: "联办",
    RouteKind.SINGLE_SERVICES: "分开办",
    RouteKind.OFFLINE_ONLY: "到窗口办",
    RouteKind.OTHER_PLACE: "到别处办",
    RouteKind.NOT_YET: "先办好别的",
    RouteKind.TOO_LATE: "过了期限",
    RouteKind.OTHER_MATTER: "是另一件事",
}
_SHOWN = 120
"""Distinct lists on the page; the sheet has all of them."""
_STYLE = (
    "body{font:16px/1.6 'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif;margin:1.5rem;color:#1b1b1b}"
    "table{border-collapse:collapse;margin:1rem 0}th,td{border:1px solid #c9d3dd;padding:.35rem .6rem;"
    "text-align:left;vertical-align:top;min-width:4.5em}th{background:#eef3f8}.wide{overflow-x:auto}"
    "img{max-width:100%;height:auto}.n{text-align:right}.required,.choose_one,.sign{background:#fdecec}"
    ".exempt,.only_if_check_fails{background:#e6f4ea}.not_required{color:#6a7580}"
)


def table_page(guide: Guide, on: date, sources: Mapping[str, Source], flow: str, sheet: str) -> str:
    """Write the page: the picture `flow`, every rule with its clause, the distinct lists (all of them in `sheet`)."""
    lists = distinct_lists(guide, on)
    title = escape(f"{guide.title} · {on.isoformat()} 的规则")
    situations = sum(one.situations for one in lists)
    parts = [
        f"<h1>{title}</h1>",
        (
            f"<p>{situations:,} 种情形，归成 {len(lists):,} 份不同的清单。"
            "按规则生成，依据见每行；能否办理由受理部门认定。</p>"
        ),
        f"<h2>怎么走</h2>{_picture(title, escape(flow))}",
        f"<h2>每条规则</h2>{_rules(guide, on, sources)}",
        f"<h2>每份清单</h2>{_lists(guide, lists, sheet)}",
    ]
    return (
        f'<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head>\n<body>\n'
        + "\n".join(parts)
        + "\n</body></html>\n"
    )


def _picture(title: str, file: str) -> str:
    return f'<p><a href="{file}"><img src="{file}" alt="{title}的流程图，点开看大图"></a></p>'


def table_csv(guide: Guide, on: date) -> str:
    """Write every distinct list as a line: route, number of situations, one of them, and each material's status."""
    out = io.StringIO()
    sheet = csv.writer(out, lineterminator="\n")
    sheet.writerow(["办理路线", "情形数", "其中一种情形", *(material.name for material in guide.materials)])
    titles = {route.id: route.title for route in guide.routes}
    for one in distinct_lists(guide, on):
        statuses = (STATUS_WORDS[status] for status in one.statuses)
        sheet.writerow([titles.get(one.route, "没有规则"), one.situations, _situation(one), *statuses])
    return out.getvalue()


def _rules(guide: Guide, on: date, sources: Mapping[str, Source]) -> str:
    form = compiled(guide, on)
    rows: list[str] = []
    for route in guide.routes:
        clauses = "；".join(_clause(one, sources) for one in route.citations)
        kind = KIND_WORDS[route.kind]
        rows.append(_row("路线", route.title, say_condition(guide, route.when), kind, route.say, clauses))
    for material in guide.materials:
        for number in form.rules_in_force[material.id]:
            rule = material.rules[number]
            clause = _clause(rule.citation, sources)
            condition = say_condition(guide, rule.when)
            rows.append(_row("材料", material.name, condition, STATUS_WORDS[rule.status], rule.why, clause))
    return _table(("类", "名称", "什么情形", "结果", "为什么", "依据"), rows)


def _clause(citation: Citation, sources: Mapping[str, Source]) -> str:
    """Name a place in a source, with the mark where its text was not read."""
    source = sources[citation.source]
    mark = "" if verification(citation, sources) is Verification.READ else "（未核实）"
    return f"{source.title}{source.document_no and f'（{source.document_no}）'} {citation.locator}{mark}"


def _lists(guide: Guide, lists: tuple[DistinctList, ...], sheet: str) -> str:
    titles = {route.id: route.title for route in guide.routes}
    rows = [_list_row(one, titles.get(one.route, "没有规则")) for one in lists[:_SHOWN]]
    head = ("办理路线", "情形数", "其中一种情形", *(material.name for material in guide.materials))
    more = f"这里列出前 {_SHOWN} 份，" if len(lists) > _SHOWN else ""
    link = f'<p>{more}全部在 <a href="{escape(sheet)}">{escape(sheet)}</a>。</p>'
    return f'{link}<div class="wide">{_table(head, rows)}</div>'


def _list_row(one: DistinctList, route: str) -> str:
    cells = "".join(f'<td class="{status.value}">{STATUS_WORDS[status]}</td>' for status in one.statuses)
    head = f'<td>{escape(route)}</td><td class="n">{one.situations:,}</td><td>{escape(_situation(one))}</td>'
    return f"<tr>{head}{cells}</tr>"


def _situation(one: DistinctList) -> str:
    return "；".join(f"{name}：{answer}" for name, answer in one.example) or "任何情况"


def _table(head: tuple[str, ...], rows: list[str]) -> str:
    named = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    return f"<table>\n<thead><tr>{named}</tr></thead>\n<tbody>\n" + "\n".join(rows) + "\n</tbody></table>"


def _row(*cells: str) -> str:
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
