"""`bancheng guides export|import`: a guide as a workbook or a document people edit, and back as a draft."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from channels.terminal.options import BadInput, Json, careful, print_json
from channels.terminal.proving import the_entries
from channels.wiring import open_book
from guides.library import Entry, Library, load_library
from guides.linked import linked
from guides.sheets.differences import differences
from guides.sheets.model import Trouble
from guides.sheets.reading import ReadGuide, read_sheets
from guides.sheets.writing import sheets_of
from guides.writing import plain_of, written
from guides.yaml_source import Plain

BOOKS = (".xlsx", ".docx")
JSON_LD = ".jsonld"
REPORT = "report.txt"
_DRAFT = """\
# 草稿：从 {name} 收回来，只给编辑看。先看同一文件夹里的 report.txt，改好后删掉 draft 这一块，
# 再放进 library/<地区>/<代号>/，跑 bancheng guides check。没有删掉 draft 之前，指南库不收这份文件。
"""

Which = Annotated[str, typer.Argument(metavar="SLUG", help="代号，或 代号@地区，例如 newborn@431022")]


@careful
def export_guide(
    slug: Which,
    *,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="写到哪里：.xlsx、.docx 或 .jsonld")],
    as_json: Json = False,
) -> None:
    """把一份指南写成表格（.xlsx）、文档（.docx）或 JSON-LD（.jsonld）；表格和文档改好了可以收回来。"""
    library = load_library()
    entry = _one(library, slug)
    if out.suffix in BOOKS:
        content = _book(library, entry, out.suffix)
    elif out.suffix == JSON_LD:
        made = linked(entry.guide, library.sources, library.regions)
        content = (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()
    else:
        raise BadInput(f"不会写“{out.suffix or out.name}”这种文件，--out 写 .xlsx、.docx 或 .jsonld")
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(content)
    if as_json:
        print_json({"slug": entry.guide.slug, "region": entry.guide.region, "file": str(out), "bytes": len(content)})
        return
    typer.echo(f"{entry.guide.title} → {out}（{len(content) // 1024} KiB）")


def _one(library: Library, slug: str) -> Entry:
    found = the_entries(library, slug)
    if len(found) == 1:
        return found[0]
    home = [entry for entry in found if not entry.base]
    if slug and len(home) == 1:
        return home[0]
    raise BadInput(f"写清楚是哪一份：{'、'.join(f'{e.guide.slug}@{e.guide.region}' for e in found)}")


def _book(library: Library, entry: Entry, suffix: str) -> bytes:
    """Write the file and read it again: what would not come back the same is never given out."""
    book = open_book(suffix)
    content = book.write(entry.guide.title, sheets_of(entry.guide, entry.examples, entry.notes, library.sources))
    again = read_sheets(book.read(content), library.sources)
    if (again.guide, again.examples, again.notes) != (entry.guide, entry.examples, entry.notes):
        said = "\n".join(str(one) for one in again.troubles) or "有的文字这种文件存不下"
        raise BadInput(f"这份指南写不成 {suffix} 而不走样：\n{said}")
    return content


@careful
def import_guide(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="guides export 写出来、改好了的 .xlsx 或 .docx")],
    *,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="草稿写到哪个文件夹；不写就在文件旁边")] = Path(),
    as_json: Json = False,
) -> None:
    """把改好的表格或文档收回来，写成草稿和一份报告；有一处没法照收，报告里就说在哪一格、为什么、怎么改。"""
    library = load_library()
    if file.suffix not in BOOKS:
        raise BadInput(f"只收 .xlsx 和 .docx，现在是“{file.name}”")
    try:
        content = file.read_bytes()
    except OSError as missing:
        raise BadInput(f"打不开 {file}，请检查路径") from missing
    read = read_sheets(open_book(file.suffix).read(content), library.sources)
    folder = out if out != Path() else file.with_name(f"{file.stem}-draft")
    changes = _changes(library, read)
    files = _write(folder, file.name, read, changes)
    if as_json:
        troubles: list[object] = [
            {"place": one.place, "cause": one.cause, "remedy": one.remedy} for one in read.troubles
        ]
        print_json({"files": [str(one) for one in files], "exact": not read.troubles, "troubles": troubles,
                    "changes": None if changes is None else list(changes)})  # fmt: skip
    else:
        _say(read.troubles, changes, folder)
    if read.troubles:
        raise typer.Exit(1)


def _changes(library: Library, read: ReadGuide) -> tuple[str, ...] | None:
    """Compare with the guide of the library; None where there is none or what came back is no guide yet."""
    if read.guide is None:
        return None
    entries = (*library.entries, *library.layers)
    place = (read.guide.slug, read.guide.region)
    known = next((entry for entry in entries if (entry.guide.slug, entry.guide.region) == place), None)
    if known is None:
        return None
    old = sheets_of(known.guide, known.examples, known.notes, library.sources)
    new = sheets_of(read.guide, read.examples, read.notes, library.sources)
    return tuple(differences(old, new))


def _write(folder: Path, name: str, read: ReadGuide, changes: tuple[str, ...] | None) -> tuple[Path, ...]:
    folder.mkdir(parents=True, exist_ok=True)
    content = plain_of(read.guide) if read.guide is not None else read.content
    draft: dict[str, Plain] = {"draft": {"from": name, "review": "整份都要审；审完删掉这一块"}}
    texts = {
        "guide.yaml": written({**draft, **content}, _DRAFT.format(name=name)),
        "examples.yaml": written({"examples": read.beside["examples"]}),
        "notes.yaml": written({"notes": read.beside["notes"]}),
        REPORT: _report(name, read, changes),
    }
    for file, text in texts.items():
        (folder / file).write_text(text, encoding="utf-8")
    return tuple(folder / file for file in texts)


def _report(name: str, read: ReadGuide, changes: tuple[str, ...] | None) -> str:
    lines = [f"从 {name} 收回来", ""]
    if read.troubles:
        lines += [f"有 {len(read.troubles)} 处没能照收：", *(f"· {one}" for one in read.troubles)]
    else:
        lines.append("每一格都照收了。")
    if changes is not None:
        lines += ["", f"和库里的这一份比，有 {len(changes)} 处不同：", *(f"· {one}" for one in changes)]
    return "\n".join(lines) + "\n"


def _say(troubles: tuple[Trouble, ...], changes: tuple[str, ...] | None, folder: Path) -> None:
    for one in troubles:
        typer.echo(f"· {one}")
    counted = "库里还没有这一份，或者还不成一份指南" if changes is None else f"和库里的那一份有 {len(changes)} 处不同"
    exact = f"有 {len(troubles)} 处没能照收" if troubles else "每一格都照收了"
    typer.echo(f"{exact}；{counted}。草稿和报告在 {folder}")
