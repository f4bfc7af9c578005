"""A guide laid out on sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from guides.condition import Value
from guides.model import Example, Guide, Note, Source
from guides.notation import Naming
from guides.sheets.cells import write_cell
from guides.sheets.model import Column, Sheet
from guides.sheets.naming import naming_of, parents_of
from guides.sheets.plan import BESIDE, KEYS, Field, Form, Part, Path, plan
from guides.terms import heading, part_title, words_of
from guides.writing import plain_of

ABOUT = "说明"
SOURCES = f"{part_title(('sources',))}一览"
SHOWN = ("id", "title", "issuer", "document_no", "verification")
"""What the sheet of sources shows of each; it is for looking up only."""
_WIDE = {Form.LINES, Form.CONDITION, Form.CITATIONS, Form.MAPPING}
_LONG = {"summary", "say", "next_step", "why", "text", "answer", "place", "how_to_check", "where", "resolution",
         "criteria", "where_to_get", "fallback", "still", "consequence", "differs", "ask", "title", "name"}  # fmt: skip
_HELP = (
    "这份文件是一整份指南，改好后用 bancheng guides import 收回来，收回来的是草稿，不会直接给群众看。",
    "每一页是指南的一部分，第一行是栏目，不要改栏目和页的名字；可以加行、删行、调顺序，行的先后就是指南里的先后。",
    "空着就是照平常；写“（空）”表示特意什么也没有。一格里要写几样的，一行写一样。",
    "公式、合并的格子、批注、图片、没接受的修订都带不回去，收回来时会一处一处告诉您。",
    "本页和“依据文件一览”只供查看，改了不算；新的依据要在 guides/sources/ 里登记。",
    "依据写成 依据代号｜条款，例如 marriage_law｜第五条；只是听说或推断的，后面再加 ｜记 或 ｜推。",
    "条件写成一句话，名称加引号，可以写代号，也可以写名称：",
    "    “妈妈户口”是“外省”　　“妈妈户口”不是“外省”　　“妈妈户口”属于“外省”“港澳台”",
    "    “登记结婚”为是　　“登记结婚”为否",
    "    “孩子个数”不少于 2　　多于　不多于　少于",
    "    “通知日期”早于 2025-01-01　　不晚于　晚于　不早于",
    "    “出生日期”至今不超过 6个月　　至今已满　至今超过　至今不满（单位写 天、个月、年）",
    "    满足“一句话说的常用条件”　　走“联办”　　走任一“联办”“分开办”　　任何情况　　从不",
    "    用 且、或 连起来，用 非（…） 排除；且 先于 或，要改先后就加括号：（甲 或 乙） 且 非（丙）",
)


def sheets_of(
    guide: Guide, examples: Sequence[Example], notes: Sequence[Note], sources: Mapping[str, Source]
) -> tuple[Sheet, ...]:
    """Lay a guide out: one sheet per part, the explanation first, the sources last."""
    content = plain_of(guide)
    naming = naming_of(content)
    beside: Mapping[str, Sequence[Value]] = {"examples": examples, "notes": notes}
    made = [Sheet(ABOUT, (Column(ABOUT, wide=True),), tuple((line,) for line in _HELP))]
    for part in plan():
        rows = tuple(_rows(part, guide, beside, naming))
        made.append(Sheet(part.title, columns_of(part), rows, upright=part.path == ()))
    return (*made, source_sheet(guide.sources, sources))


def columns_of(part: Part) -> tuple[Column, ...]:
    """Give the columns of a part."""
    own = [Column(part.parent_heading, "写名称或代号")] if part.parent else []
    return (*own, *(_column(field) for field in part.fields))


def _column(field: Field) -> Column:
    wide = field.form in _WIDE or (field.form is Form.TEXT and field.path[-1] in _LONG)
    choices = tuple(field.words.values()) if field.form is Form.CHOICE else ()
    listed = SOURCES if field.path[-2:] == ("citation", "source") else ""
    return Column(field.heading, field.hint, choices, wide, listed)


def source_sheet(names: Sequence[str], sources: Mapping[str, Source]) -> Sheet:
    """List the sources a guide uses, to look up what an id stands for."""
    columns = tuple(Column(heading("Source", name)) for name in SHOWN)
    marks = words_of("Source", "verification")
    rows = tuple(
        (one.id, one.title, one.issuer, one.document_no, marks[one.verification.value])
        for one in (sources[name] for name in names if name in sources)
    )
    return Sheet(SOURCES, columns, rows)


def _rows(part: Part, guide: Guide, beside: Mapping[str, Sequence[Value]], naming: Naming) -> Iterator[tuple[str, ...]]:
    if part.path == ():
        yield _row(part, guide, naming)
        return
    entries = beside[part.path[0]] if part.path[0] in BESIDE else getattr(guide, part.path[0])
    if not part.parent:
        yield from (_row(part, entry, naming) for entry in entries)
        return
    names = parents_of(plain_of(guide), part.parent)
    for entry in entries:
        owner = names.say(str(getattr(entry, KEYS[part.parent]))).strip("“”")
        yield from ((owner, *_row(part, child, naming)) for child in getattr(entry, part.path[1]))


def _row(part: Part, entry: Value, naming: Naming) -> tuple[str, ...]:
    return tuple(write_cell(field, _at(entry, field.path), naming) for field in part.fields)


def _at(entry: Value, path: Path) -> object:
    found: object = entry
    for name in path:
        found = getattr(found, name) if found is not None else None
    return found
