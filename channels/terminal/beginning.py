"""`bancheng guides new`: a guide to begin from, whole and provable, that says what to write next."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from channels.terminal.options import BadInput, Json, careful, print_json, the_region
from guides.library import ROOT, load_library
from guides.skeleton import skeleton


@careful
def new_guide(
    slug: Annotated[str, typer.Argument(metavar="SLUG", help="代号：小写字母、数字和连字符，如 school-enrollment")],
    *,
    title: Annotated[str, typer.Option("--title", metavar="NAME", help="这件事叫什么，如 教育入学一件事")],
    region: Annotated[str, typer.Option("--region", metavar="NAME", help="哪里的指南，写名称或代码，如 长沙")] = "",
    root: Annotated[Path, typer.Option("--root", metavar="DIR", help="指南库的文件夹，平常不用写")] = ROOT,
    as_json: Json = False,
) -> None:
    """建一份新指南的骨架：能装进库、能通过证明，还没写的地方一句句说明要写什么。"""
    if not re.fullmatch("[a-z][a-z0-9-]*", slug):
        raise BadInput(f"代号“{slug}”只能用小写字母、数字和连字符，例如 school-enrollment")
    if not title.strip() or re.search(r"[\n:#\[\]{}\"']", title):
        raise BadInput("--title 写这件事的名称，例如 教育入学一件事；不要带冒号、括号和英文引号")
    library = load_library(root)
    code = the_region(library, region)
    place = next((one.name for one in library.regions if one.code == code), code)
    files = {root / path: text for path, text in skeleton(slug, title.strip(), code, place).items()}
    there = [str(file) for file in files if file.exists()]
    if there:
        raise BadInput(f"已经有了：{'、'.join(there)}。换一个代号，或者直接改那一份")
    for file, text in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    if as_json:
        print_json({"files": [str(file) for file in files], "next": f"bancheng guides check {slug}@{code}"})
        return
    for file in files:
        typer.echo(str(file))
    typer.echo(f"先改 questions，再跑 bancheng guides check {slug}@{code}：还差什么它会一句句说。")
