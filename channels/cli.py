"""The command line: what a person at a terminal can ask of the product."""

from __future__ import annotations

import typer

from channels.terminal import (
    asking,
    beginning,
    burdening,
    comparing,
    drawing,
    editors,
    exchanging,
    guides,
    ingesting,
    national,
    promoting,
    proving,
    schemas,
    serving,
)
from channels.terminal.everywhere import Everywhere

app = typer.Typer(help="办成：把“一件事”要带什么说清楚。", no_args_is_help=True, add_completion=False)
app.command("serve", cls=Everywhere)(serving.serve)
app.command("setup", cls=Everywhere, hidden=True)(serving.setup)
app.command("ask", cls=Everywhere)(asking.ask)
app.command("checklist", cls=Everywhere)(asking.checklist)
app.command("review", cls=Everywhere)(asking.review)
guides.app.command("check", cls=Everywhere)(proving.check_guides)
guides.app.command("burden", cls=Everywhere)(burdening.burden)
guides.app.command("draw", cls=Everywhere)(drawing.draw_guides)
guides.app.command("diff", cls=Everywhere)(comparing.diff_guides)
guides.app.command("freeze", cls=Everywhere)(proving.freeze_guides)
guides.app.command("export", cls=Everywhere)(exchanging.export_guide)
guides.app.command("import", cls=Everywhere)(exchanging.import_guide)
guides.app.command("schema", cls=Everywhere)(schemas.write_schemas)
guides.app.command("new", cls=Everywhere)(beginning.new_guide)
guides.app.command("promote", cls=Everywhere)(promoting.promote)
guides.app.command("national", cls=Everywhere)(national.national)
app.add_typer(guides.app, name="guides")
app.add_typer(ingesting.app, name="ingest")
app.add_typer(editors.app, name="editors")


@app.callback()
def main() -> None:
    """办成：把“一件事”要带什么说清楚。"""
