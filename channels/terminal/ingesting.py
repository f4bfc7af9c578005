"""`bancheng ingest`: bring files, laws and portal guides into the archive, so that citations open at the clause."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from typer.core import TyperGroup

from channels.intake import Desk
from channels.settings import read_settings
from channels.terminal.everywhere import Everywhere
from channels.terminal.options import BadInput, Json, Region, careful, print_json, the_day, the_region
from channels.wiring import open_desk
from guides.agreement import differences, outlived, unexplained
from guides.draft import Draft, guide_file, notes_file, sources_file
from guides.library import Library, load_library
from guides.model import Note
from guides.shelf import Entry
from ingestion.model import IngestReport, PortalImport


class FilesUnlessNamed(TyperGroup):
    """`ingest PATH…` takes files in; `ingest laws FILE` and `ingest portal-json FILE` name another kind."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Read a first word that names no command as a path."""
        if args and args[0] not in self.commands and args[0] not in ("--help", "-h"):
            args = ["files", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=FilesUnlessNamed, help="把文件、法规、办事指南原文收进档案并建索引：ingest PATH…", no_args_is_help=True
)

DryRun = Annotated[bool, typer.Option("--dry-run", help="只清点，不收进来")]


@app.command("files", cls=Everywhere)
@careful
def ingest_files(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="PDF、DOCX、HTML、文本或文件夹")],
    *,
    region: Region = "",
    as_json: Json = False,
) -> None:
    """收进文件：PDF、DOCX、HTML、纯文本、扫描件。"""
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        raise BadInput(f"找不到 {'、'.join(missing)}，请检查路径")
    code = the_region(load_library(), region) if region else ""
    _tell(_desk().ingest(paths, region=code), as_json=as_json)


@app.command("laws", cls=Everywhere)
@careful
def ingest_laws(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="法规汇编（JSONL，可用 xz 或 gzip 压缩）")],
    *,
    as_json: Json = False,
) -> None:
    """收进法规汇编，逐条可引用。"""
    _tell(_desk().ingest_laws(_content(file)), as_json=as_json)


@app.command("items", cls=Everywhere)
@careful
def ingest_items(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="单项事项清单（JSONL，实施清单的写法，一行一个事项）")],
    *,
    as_of: Annotated[
        str, typer.Option("--as-of", metavar="DATE", help="清单是哪天的，如 2021-05-01；不知道就不写")
    ] = "",
    as_json: Json = False,
) -> None:
    """收进单项指南：原文照录，只在它自己的地区里查得到。"""
    day = the_day(as_of) if as_of else None
    _tell(_desk().ingest_items(_content(file), load_library().regions, day), as_json=as_json)


@app.command("portal-json", cls=Everywhere)
@careful
def ingest_portal(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="政务服务网办事指南的结构化数据")],
    *,
    dry_run: DryRun = False,
    draft: Annotated[Path | None, typer.Option("--draft", metavar="DIR", help="另写一份草稿给编辑审")] = None,
    against: Annotated[
        str, typer.Option("--compare", metavar="SLUG", help="只和库里这件事对照，列出不同，不收进来")
    ] = "",
    as_json: Json = False,
) -> None:
    """收进政务服务网的办事指南，逐项清点；--draft 另写一份草稿，--compare 和手写的指南对照。"""
    desk, content = _desk(), _content(file)
    if against:
        _compare(desk.draft_portal(content, on=the_day("")), against, as_json=as_json)
        return
    account = desk.import_portal(content, file.name, dry_run=dry_run)
    written = write_draft(desk.draft_portal(content, on=the_day("")), draft) if draft else []
    if as_json:
        print_json(_counted(account) | ({"draft": [str(path) for path in written]} if written else {}))
        return
    typer.echo(
        f"共 {account.leaves} 项：用上 {account.used}，略过 {len(account.ignored)}，放不下 {len(account.unplaced)}"
    )
    for path in account.unplaced:
        typer.echo(f"  放不下：{path}")
    for made in written:
        typer.echo(f"草稿：{made}")


def _compare(draft: Draft, slug: str, *, as_json: bool) -> None:
    """Tell where a draft and the guide of its place differ; fails while a difference is not explained in its notes."""
    library = load_library()
    entry = library.entry(slug, draft.guide.region)
    if entry is None:
        raise BadInput(f"库里没有“{slug}”在{draft.guide.region or '这里'}的指南，见 guides list")
    found = differences(draft, entry.guide, entry.examples, library.sources)
    notes = (*entry.notes, *_notes_below(library, entry))
    open_ones = {one.name for one in unexplained(found, notes)}
    if as_json:
        rows = [
            {"name": one.name, "draft": one.draft, "guide": one.guide, "explained": one.name not in open_ones}
            for one in found
        ]
        print_json({"bundle": slug, "region": entry.guide.region, "differences": rows})
    else:
        typer.echo(f"{entry.guide.title}：{len(found)} 处不同，{len(open_ones)} 处还没有说明")
        for one in found:
            mark = "待说明" if one.name in open_ones else "已说明"
            typer.echo(f"  {mark}  {one.name}  官方：{one.draft}  指南：{one.guide}")
        for name in outlived(found, entry.notes):
            typer.echo(f"  说明用不上了：{name}")
    if open_ones:
        raise typer.Exit(1)


def _notes_below(library: Library, entry: Entry) -> tuple[Note, ...]:
    """Give the notes of the guide an overlay is written over: what they explain holds for what was taken over."""
    slug, _, region = entry.base.partition("@")
    below = library.entry(slug, region) if entry.base else None
    return below.notes if below else ()


def write_draft(draft: Draft, folder: Path) -> list[Path]:
    """Write a draft's three files into a folder; a folder that already holds one is refused, never overwritten."""
    files = {"guide.yaml": guide_file(draft), "sources.yaml": sources_file(draft), "notes.yaml": notes_file(draft)}
    if held := [name for name in files if (folder / name).exists()]:
        raise BadInput(f"{folder} 里已经有 {'、'.join(held)}，草稿不覆盖别人写的东西，请换一个文件夹")
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in files]


def _counted(account: PortalImport) -> dict[str, object]:
    return {
        "leaves": account.leaves,
        "used": account.used,
        "ignored": [{"path": leaf.path, "rule": leaf.rule} for leaf in account.ignored],
        "unplaced": list(account.unplaced),
    }


def _desk() -> Desk:
    return open_desk(read_settings())


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as missing:
        raise BadInput(f"打不开 {file}，请检查路径") from missing


def _tell(report: IngestReport, *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "replaced": report.replaced,
                "unchanged": report.unchanged,
                "passages": report.passages,
                "refused": [{"name": one.name, "reason": one.reason, "remedy": one.remedy} for one in report.refused],
            }
        )
    else:
        typer.echo(f"新收 {report.replaced} 份，没变 {report.unchanged} 份，共 {report.passages} 段")
        for one in report.refused:
            typer.echo(f"  没收进：{one.name}——{one.remedy}")
    if report.refused:
        raise typer.Exit(1)
