"""`bancheng ask`, `checklist`, `review`: the same answers, lists and reports as on the page, at the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from assistant.views import AnswerView, ChecklistView, ItemView
from channels.door.refusal import Refusal
from channels.present.report import ReportView, present_report
from channels.settings import read_settings
from channels.terminal.options import (
    BadInput,
    Bundle,
    Facts,
    Json,
    On,
    Places,
    Region,
    careful,
    print_json,
    the_day,
    the_facts,
    the_places,
    the_region,
)
from channels.wiring import House, open_house
from channels.wording import say
from guides.model import Guide
from guides.rules import read_facts
from prereview.model import UploadedFile

BLOCKS = {
    "bring": "必须带",
    "show": "到场要出示（不收）",
    "if_check_fails": "核验不到时才要（建议随身带）",
    "maybe": "还不确定",
    "not_needed": "不用带",
}


@careful
def ask(
    text: Annotated[str, typer.Argument(help="用自己的话说想办什么、什么情况")],
    *,
    facts: Facts = None,
    on: On = "",
    region: Region = "",
    as_json: Json = False,
) -> None:
    """问一句：答案逐句带依据，还差哪句话会改变清单就问哪句。"""
    with _opened() as house:
        place = the_region(house.library, region)
        view = house.view(house.ask(text, on=the_day(on), region=place, matter="", facts=the_facts(facts)))
    if as_json:
        print_json(view)
        return
    _show_answer(view)


@careful
def checklist(
    *,
    bundle: Bundle,
    facts: Facts = None,
    on: On = "",
    region: Region = "",
    places: Places = None,
    as_json: Json = False,
) -> None:
    """按情况列出要带什么、不用带什么，每样都有理由和依据。"""
    with _opened() as house:
        guide = _guide(house, bundle, region, on)
        situation = read_facts(guide, the_facts(facts))
        view = house.view_governed(guide, situation, the_places(house.library, places or []), on=the_day(on))
    if as_json:
        print_json(view)
        return
    _show_list(view)


@careful
def review(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="照片、扫描件或 PDF")],
    *,
    bundle: Bundle,
    facts: Facts = None,
    on: On = "",
    region: Region = "",
    as_json: Json = False,
) -> None:
    """把材料照片对照您的清单看一遍：缺什么、哪里要改、哪里看不准。"""
    with _opened() as house:
        guide = _guide(house, bundle, region, on)
        situation = read_facts(guide, the_facts(facts))
        report = house.review(guide, situation, _uploads(files), on=the_day(on))
        view = present_report(report, house.library.sources)
    if as_json:
        print_json(view)
        return
    _show_report(view)


@contextmanager
def _opened() -> Iterator[House]:
    """Open the house for one command and end what it started."""
    house = open_house(read_settings())
    try:
        yield house
    finally:
        house.close()


def _guide(house: House, slug: str, region: str, on: str = "") -> Guide:
    try:
        return house.guide(slug, the_region(house.library, region), the_day(on))
    except Refusal as refused:
        known = "、".join(sorted({guide.slug for guide in house.library.guides}))
        raise BadInput(f"本地清单未收录“{slug}”（库里有：{known}）。请问当地 12345") from refused


def _uploads(files: Sequence[Path]) -> tuple[UploadedFile, ...]:
    try:
        return tuple(UploadedFile(file.name, file.read_bytes()) for file in files)
    except OSError as missing:
        raise BadInput(f"打不开 {missing.filename}，请检查路径") from missing


def _show_answer(view: AnswerView) -> None:
    for notice in view.notices:
        typer.echo(notice)
    chips = "　".join(understood.label for understood in view.understood)
    if chips:
        typer.echo(f"我理解您：{chips}")
    for statement in view.statements:
        marks = "；".join(dict.fromkeys(f"{c.title} {c.locator}" for c in statement.citations))
        worded = f"〔{statement.label}〕" if statement.origin == "model" else ""
        typer.echo(f"· {statement.text}{worded}　〔{marks}〕")
    for sentence in (view.message, view.next_step):
        if sentence:
            typer.echo(sentence)
    for contact in view.contacts:
        typer.echo(f"{contact.name}：{contact.number}")
    if view.question is not None:
        typer.echo(f"\n{view.question.ask}\n（{view.question.why}）")
        for option in view.question.options:
            typer.echo(f"  ○ {option.label}")
    made = f"{say('by_model')}（{say('model')}：{view.model}）" if view.model else say("by_rule")
    typer.echo(f"\n{made}。编号 {view.answer_id}")


def _show_list(view: ChecklistView) -> None:
    if view.reference_only:
        typer.echo(f"【{say('list.reference')}】{view.reference_why}")
    typer.echo(f"{view.title}（{view.on.isoformat()}）\n{view.route.say}{view.route.next_step}")
    for need in view.prerequisites:
        typer.echo(f"先办好：{need.text}（{need.where}）")
    for block, title in BLOCKS.items():
        items = [item for item in view.items if item.block == block]
        if items:
            typer.echo(f"\n{title}")
        for item in items:
            typer.echo(f"  · {item.name}{_how_many(item)}：{item.reason}{item.still}")
    for service in view.services:
        if service.say:
            typer.echo(f"{service.name}（{service.agency}）：{service.say}")


def _how_many(item: ItemView) -> str:
    parts = [f"原件{item.originals}"] if item.originals else []
    parts += [f"复印件{item.copies}"] if item.copies else []
    return f"（{' '.join(parts)}）" if parts else ""


def _show_report(view: ReportView) -> None:
    typer.echo(view.summary)
    for finding in view.findings:
        where = f"（{finding.file} 第{finding.page}页）" if finding.page else ""
        typer.echo(f"· {finding.title}{where}")
        if finding.expected or finding.found:
            typer.echo(f"    应为：{finding.expected}　读到：{finding.found}")
        if finding.remedy:
            typer.echo(f"    {finding.remedy}")
