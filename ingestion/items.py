"""A single item (单项事项) in the form of an implementation list (实施清单), and its words at a locator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from guides.model import Source

LABELS: Mapping[str, str] = {
    "TASK_NAME": "事项名称",
    "CATANAME": "所属目录",
    "TASK_TYPE_TEXT": "事项类型",
    "DEPT_NAME": "实施部门",
    "AREA_CODE_TEXT": "适用地区",
    "matter_level": "行使层级",
    "service_object_name": "谁可以办",
    "theme_category": "主题",
    "accept_standard": "受理条件",
    "material_intro": "申请材料",
    "handle_location": "办理地点",
    "handle_time_limit": "承诺时限",
    "handle_time": "法定时限",
    "visit_number": "到现场次数",
    "consult_phone": "咨询电话",
    "complain_phone": "投诉电话",
    "co_department": "联办部门",
    "courier_service": "快递",
    "online_book": "网上预约",
    "bear_paltform": "办理平台",
    "URL": "网上办理地址",
    "TASK_CODE": "事项编码",
}
"""Keys as the list writes them (`bear_paltform` is its own spelling), each a locator, with the words people read."""

LISTS = frozenset({"material_intro", "theme_category", "service_object_name"})


@dataclass(frozen=True, slots=True)
class Item:
    """One item as listed, in the list's own words: nothing in it is filtered by a person's situation.

    `said` holds the words of every key that says something; `listed` the entries of the keys that hold several.
    """

    code: str
    name: str
    region: str
    """Administrative code of the area it is listed for; it holds nowhere else."""
    said: Mapping[str, str]
    listed: Mapping[str, tuple[str, ...]]

    def words(self, locator: str) -> str | None:
        """Give the words at `accept_standard`, `material_intro/2` (counted from 1) …; None where none stand."""
        key, _, rest = locator.partition("/")
        if not rest:
            return self.said.get(key) or "\n".join(self.listed.get(key, ())) or None
        entries = self.listed.get(key, ())
        return entries[int(rest) - 1] if rest.isdigit() and 0 < int(rest) <= len(entries) else None

    @property
    def materials(self) -> tuple[str, ...]:
        """Names of the materials, as listed; none where the list says nothing."""
        return self.listed.get("material_intro", ())

    def said_of(self, key: str) -> str:
        """Give the words of a key; "" where the list says nothing."""
        return self.said.get(key, "")


@dataclass(frozen=True, slots=True)
class ReadItem:
    """An item with the bytes it was read from, which the archive keeps."""

    item: Item
    content: bytes


@dataclass(frozen=True, slots=True)
class HeldItem:
    """An item the library holds: `as_of` is the day its list speaks for, `source` how it is cited."""

    item: Item
    as_of: date | None
    source: Source


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no item: its number, why, and what to do."""

    number: int
    reason: str
    remedy: str


def source_of(code: str) -> str:
    """Give the index's name of an item as a document."""
    return f"item:{code}"


def cited_as(code: str) -> str:
    """Give the id under which an item is cited: item_11440000006939756b2440101007000."""
    return f"item_{code.lower()}"


def code_of(source: str) -> str:
    """Give the code of an item from its id as a source or its name in the index; "" for what is no item."""
    name = source.removeprefix("item_").removeprefix("item:")
    return name.upper() if name != source else ""
