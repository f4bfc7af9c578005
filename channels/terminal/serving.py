"""`bancheng serve` and `setup`: make ready what is missing, then open the doors."""

from __future__ import annotations

import typer
import uvicorn
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from channels.http.app import create_app
from channels.settings import Settings, read_settings
from channels.terminal.options import careful
from channels.wiring import House, open_house
from guides.rules import prepare


@careful
def setup() -> None:
    """只做准备：建好索引就结束。"""
    _ready(read_settings()).close()
    typer.echo("准备好了。启动：make run，或 .venv/bin/bancheng serve")


@careful
def serve() -> None:
    """启动网页和接口，默认在 http://127.0.0.1:8000。"""
    settings = read_settings()
    house = _ready(settings)
    for guide in house.library.guides:
        prepare(guide, house.today)
    typer.echo(f"请打开 http://{settings.host}:{settings.port}　（按 Ctrl+C 停下）")
    uvicorn.run(
        create_app(settings, house),
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        server_header=False,
    )


def _ready(settings: Settings) -> House:
    """Open the house and index what is new, showing how far it is."""
    house = open_house(settings, ready=False)
    with Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), transient=True) as bar:
        task = bar.add_task("正在建索引", total=None)
        house.make_ready(lambda done, total: bar.update(task, completed=done, total=total))
    return house
