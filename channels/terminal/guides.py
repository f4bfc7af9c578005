"""`bancheng guides`: what the library holds, what a guide asks, whether it is right, how it looks."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from channels.terminal.everywhere import Everywhere
from channels.terminal.options import BadInput, Json, Region, careful, print_json, the_region
from guides.citations import citations_of
from guides.condition import Value
from guides.library import Entry, Library, load_library
from guides.model import Guide, Question, Status, Verification
from guides.rules import verification
from guides.words import say_value

app = typer.Typer(help="指南：清单、问题、检查与图。", no_args_is_help=True)


class GuideRow(Value):
    """One guide in figures; `facts` counts cited statements, `unverified` those not resting on a text that was read."""

    slug: str
    title: str
    region: str
    services: int
    questions: int
    materials: int
    exemptions: int
    examples: int
    sources: int
    facts: int
    unverified: int


@app.command("list", cls=Everywhere)
@careful
def list_guides(*, as_json: Json = False) -> None:
    """列出库里的每件事：几个事项、几个问题、几样材料、几处免交。"""
    library = load_library()
    rows = [guide_row(library, entry) for entry in library.entries]
    if as_json:
        print_json([row.model_dump(mode="json") for row in rows])
        return
    table = Table("名称", "代号", "地区", "事项", "问题", "材料", "免交", "例子", "依据", "未核实/条目")
    for row in rows:
        table.add_row(
            row.title,
            row.slug,
            row.region,
            str(row.services),
            str(row.questions),
            str(row.materials),
            str(row.exemptions),
            str(row.examples),
            str(row.sources),
            f"{row.unverified}/{row.facts}",
        )
    Console().print(table)


def guide_row(library: Library, entry: Entry) -> GuideRow:
    """Count one guide."""
    guide = entry.guide
    cited = list(citations_of(guide))
    return GuideRow(
        slug=guide.slug,
        title=guide.title,
        region=guide.region,
        services=len(guide.services),
        questions=len(guide.questions),
        materials=len(guide.materials),
        exemptions=sum(rule.status is Status.EXEMPT for m in guide.materials for rule in m.rules),
        examples=len(entry.examples),
        sources=len(guide.sources),
        facts=len(cited),
        unverified=sum(verification(c, library.sources) is not Verification.READ for c in cited),
    )


@app.command("show", cls=Everywhere)
@careful
def show_guide(
    slug: Annotated[str, typer.Argument(help="代号，见 guides list")], *, region: Region = "", as_json: Json = False
) -> None:
    """看一件事要问哪些情况：名称和选项就是情况文件的键和值。"""
    library = load_library()
    guide = the_guide(library, slug, the_region(library, region))
    if as_json:
        print_json(
            {
                "slug": guide.slug,
                "title": guide.title,
                "region": guide.region,
                "facts": [_fact_row(question) for question in guide.questions],
            }
        )
        return
    table = Table("情况", "问题", "可以写", title=guide.title)
    for question in guide.questions:
        table.add_row(question.fact, question.ask, _writable(question))
    Console().print(table)


def _fact_row(question: Question) -> dict[str, object]:
    options = [{"value": option.value, "label": option.label} for option in question.options]
    return {
        "fact": question.fact,
        "kind": question.kind.value,
        "ask": question.ask,
        "why": question.why,
        "unit": question.unit,
        "options": options,
        "default": question.default,
    }


def _writable(question: Question) -> str:
    if question.options:
        return "\n".join(f"{option.value}  {say_value(question, option.value)}" for option in question.options)
    return {"yes_no": "true / false", "number": f"数字（{question.unit or '个'}）", "month": "1975-03"}.get(
        question.kind.value, "2026-11-15，或 2026-11"
    )


def the_guide(library: Library, slug: str, region: str) -> Guide:
    """Give the guide of this place; raises BadInput where the library has none."""
    guide = library.find(slug, region)
    if guide is None:
        known = "、".join(sorted({g.slug for g in library.guides}))
        raise BadInput(f"本地清单未收录“{slug}”在这个地区的指南（库里有：{known}）。请问当地 12345")
    return guide
