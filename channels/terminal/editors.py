"""`bancheng editors`: who may edit guides in the browser; accounts are made here and nowhere else."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Annotated

import typer

from channels.editing.model import Role
from channels.settings import read_settings
from channels.terminal.everywhere import Everywhere
from channels.terminal.options import BadInput, Json, careful, print_json
from channels.wiring import CHINA, open_editorial

app = typer.Typer(help="编辑室的账号：谁可以在网页上改指南。", no_args_is_help=True)


@app.command("add", cls=Everywhere)
@careful
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="名字，写在每一条记录里")],
    *,
    role: Annotated[Role, typer.Option("--role", help="editor 编辑；reviewer 审核、发布")] = Role.EDITOR,
    as_json: Json = False,
) -> None:
    """加一个账号，或给已有的账号换一次性密码；密码只显示这一次。"""
    name = name.strip()
    if not name or len(name) > 40 or not name.isprintable():
        raise BadInput("名字要写一到四十个字")
    password = secrets.token_urlsafe(12)
    open_editorial(read_settings()).add_editor(name, role, password, datetime.now(CHINA))
    if as_json:
        print_json({"name": name, "role": role.value, "password": password})
        return
    typer.echo(f"一次性密码（三天内有效，进去后要换成自己的）：{password}")
    typer.echo("在浏览器里打开 /editor/login 登录")


@app.command("list", cls=Everywhere)
@careful
def every(*, as_json: Json = False) -> None:
    """列出可以进编辑室的人。"""
    rows = open_editorial(read_settings()).editors()
    if as_json:
        print_json([row.model_dump(mode="json") for row in rows])
        return
    for row in rows:
        typer.echo(f"{row.name}　{row.role.value}{'　还没换密码' if row.fresh else ''}")
    if not rows:
        typer.echo("还没有账号，/editor 不存在。加一个：bancheng editors add 名字 --role editor")


@app.command("remove", cls=Everywhere)
@careful
def remove(name: Annotated[str, typer.Argument(metavar="NAME", help="名字")]) -> None:
    """关掉一个账号；他做过的记录都留着。"""
    if not open_editorial(read_settings()).remove_editor(name):
        raise BadInput(f"没有“{name}”这个账号，见 bancheng editors list")
    typer.echo(f"关掉了：{name}")
