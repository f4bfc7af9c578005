"""Read a list of single items: JSON lines, one item per line, in the form of an implementation list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from ingestion.adapters.sniff import decode
from ingestion.items import LISTS, BadLine, Item, ReadItem
from ingestion.ports import DocumentInvalid

_LONGEST_LINE = 1024 * 1024
_MOST_ITEMS = 100_000
_NOTHING = frozenset({"", "无", "暂无", "/", "-"})
RegionOf = Callable[[str], str | None]
"""Gives the administrative code of an area's name, None for a name nobody registered."""

Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20_000)]
Named = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class _Record(BaseModel):
    """One line. Unknown keys are refused: what nobody knows the meaning of is not shown to people."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    TASK_CODE: Annotated[str, StringConstraints(pattern="^[0-9A-Z]{12,40}$")]
    TASK_NAME: Named
    CATANAME: Words
    TASK_TYPE_TEXT: Words
    DEPT_NAME: Named
    AREA_CODE_TEXT: Named
    URL: Annotated[str, StringConstraints(pattern="^(https?://.*)?$")] | None = None
    matter_level: Words = ""
    visit_number: Words = ""
    co_department: Words = ""
    handle_location: Words = ""
    handle_time: Words = ""
    handle_time_limit: Words = ""
    accept_standard: Words = ""
    consult_phone: Words = ""
    complain_phone: Words = ""
    courier_service: Words = ""
    online_book: Words = ""
    bear_paltform: Words = ""
    theme_category: list[Words] | Words = ""
    service_object_name: list[Words] | Words = ""
    material_intro: list[Words] | Words = ""


class ItemsJsonl:
    """Single items, one JSON record per line."""

    def items(self, content: bytes, region_of: RegionOf) -> Iterator[ReadItem | BadLine]:
        """Give each line as an item or as what is wrong with it. Raises DocumentInvalid: not_items, too_large."""
        lines = content.split(b"\n")
        if len(lines) > _MOST_ITEMS:
            raise DocumentInvalid("too_large", f"事项超过 {_MOST_ITEMS} 条，请分成几个文件再导入。")
        if not content.strip():
            raise DocumentInvalid("not_items", "文件是空的，应当是每行一个事项的 JSON。")
        seen: dict[str, int] = {}
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            read = _read(line.strip(), number, region_of)
            if isinstance(read, ReadItem):
                first = seen.setdefault(read.item.code, number)
                if first != number:
                    remedy = f"事项编码 {read.item.code} 和第 {first} 行重复，只收了前一条。"
                    read = BadLine(number, "repeated", remedy)
            yield read

    def item(self, content: bytes, region_of: RegionOf) -> Item:
        """Give one item as the archive keeps it. Raises DocumentInvalid: not_items."""
        read = _read(content.strip(), 1, region_of)
        if isinstance(read, BadLine):
            raise DocumentInvalid("not_items", read.remedy)
        return read.item


def _read(line: bytes, number: int, region_of: RegionOf) -> ReadItem | BadLine:
    if len(line) > _LONGEST_LINE:
        return BadLine(number, "too_large", "这一行太长，请检查文件。")
    try:
        record = _Record.model_validate_json(decode(line))
    except ValidationError as wrong:
        return BadLine(number, "not_an_item", "；".join(dict.fromkeys(map(_mend, wrong.errors()))))
    except DocumentInvalid as wrong:
        return BadLine(number, "unreadable", wrong.remedy)
    region = region_of(record.AREA_CODE_TEXT)
    if region is None:
        remedy = f"没有登记“{record.AREA_CODE_TEXT}”这个地区，先在 guides/library/regions.yaml 里加上。"
        return BadLine(number, "region", remedy)
    return ReadItem(_item(record, region), line)


def _item(record: _Record, region: str) -> Item:
    said: dict[str, str] = {}
    listed: dict[str, tuple[str, ...]] = {}
    held: dict[str, str | list[str] | None] = record.model_dump()
    for key, value in held.items():
        if isinstance(value, list):
            listed[key] = tuple(part for part in value if part not in _NOTHING)
        elif value is not None and value not in _NOTHING:
            if key in LISTS:
                listed[key] = (value,)
            else:
                said[key] = value
    return Item(
        record.TASK_CODE, record.TASK_NAME, region, said, {key: value for key, value in listed.items() if value}
    )


def _mend(error: object) -> str:
    """Say one mistake of a line so that whoever keeps the file can mend it."""
    kind, at, message = _parts(error)
    if kind == "extra_forbidden":
        return f"不认识的键“{at}”：先弄清它的意思，再加进读取的清单"
    if kind == "missing":
        return f"缺少“{at}”"
    if kind == "json_invalid":
        return "不是合法的 JSON"
    return f"“{at}”的写法不对（{message}）"


def _parts(error: object) -> tuple[str, str, str]:
    if not isinstance(error, dict):
        return "", "", str(error)
    at = error.get("loc") or ("",)
    return str(error.get("type")), str(at[0]), str(error.get("msg"))
