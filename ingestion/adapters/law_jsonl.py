"""Read a collection of laws: JSON lines, plain or packed with xz or gzip, one law per line."""

from __future__ import annotations

import gzip
import io
import lzma
import re
import zlib
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from pydantic import BaseModel, ConfigDict, ValidationError

from ingestion.model import LawText
from ingestion.ports import DocumentInvalid

_XZ, _GZIP = b"\xfd7zXZ\x00", b"\x1f\x8b"
_LONGEST_LINE = 20 * 1024 * 1024
_MOST_LAWS = 200_000
_PROVINCES = {
    "北京": "11",
    "天津": "12",
    "河北": "13",
    "山西": "14",
    "内蒙古": "15",
    "辽宁": "21",
    "吉林": "22",
    "黑龙江": "23",
    "上海": "31",
    "江苏": "32",
    "浙江": "33",
    "安徽": "34",
    "福建": "35",
    "江西": "36",
    "山东": "37",
    "河南": "41",
    "湖北": "42",
    "湖南": "43",
    "广东": "44",
    "广西": "45",
    "海南": "46",
    "重庆": "50",
    "四川": "51",
    "贵州": "52",
    "云南": "53",
    "西藏": "54",
    "陕西": "61",
    "甘肃": "62",
    "青海": "63",
    "宁夏": "64",
    "新疆": "65",
}
_LOCAL = re.compile(r"地方(性)?法规")
_PLACE = re.compile(r"^(.{1,10}?(?:经济特区|自治州|自治县|[市州县区]))")


class _Record(BaseModel):
    """One line of the collection. Unknown keys are refused: a changed format must not pass unseen."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: str
    text: str
    date: str = ""
    category: str = ""
    path: str = ""
    articles: int = 0


class LawJsonl:
    """A file that holds many laws, one record each."""

    def laws(self, content: bytes) -> Iterator[LawText]:
        """Give the laws one by one. Raises DocumentInvalid: not_a_collection, truncated, too_large."""
        try:
            with _unpacked(content) as lines:
                for number in range(1, _MOST_LAWS + 1):
                    line = lines.readline(_LONGEST_LINE)
                    if not line:
                        return
                    if len(line) >= _LONGEST_LINE:
                        raise DocumentInvalid("too_large", f"第 {number} 行太长，读不了，请检查文件。")
                    if line.strip():
                        yield _law(line, number)
        except (lzma.LZMAError, gzip.BadGzipFile, EOFError, zlib.error) as broken:
            raise DocumentInvalid("truncated", "这个压缩文件不完整，请重新下载后再导入。") from broken
        raise DocumentInvalid("too_large", f"法规超过 {_MOST_LAWS} 部，请分成几个文件再导入。")


def _unpacked(content: bytes) -> BinaryIO | lzma.LZMAFile | gzip.GzipFile:
    if content.startswith(_XZ):
        return lzma.LZMAFile(io.BytesIO(content))
    if content.startswith(_GZIP):
        return gzip.GzipFile(fileobj=io.BytesIO(content))
    return io.BytesIO(content)


def _law(line: bytes, number: int) -> LawText:
    try:
        record = _Record.model_validate_json(line)
        published = date.fromisoformat(record.date) if record.date else None
    except (ValidationError, ValueError) as wrong:
        remedy = f"第 {number} 行不是法规记录（应有 id、title、text、date、category），请检查文件。"
        raise DocumentInvalid("not_a_collection", remedy) from wrong
    title = record.title.strip()
    return LawText(
        source=f"law:{title}@{published.isoformat() if published else '无日期'}",
        title=title,
        text=f"# {title}\n\n{record.text.strip()}\n",
        published=published,
        category=record.category,
        region=region_of(title, record.category),
    )


def region_of(title: str, category: str) -> str:
    """Say where a law holds: the whole country (""), a province by its code, or a place below it by its name.

    A city's rule never counts as the province's: it is found only by who asks for that very place.
    """
    if not _LOCAL.search(category):
        return ""
    for name, code in _PROVINCES.items():
        if title.startswith(name):
            return code
    place = _PLACE.match(title)
    if place is not None:
        return place.group(1)
    return next((code for name, code in _PROVINCES.items() if name in category), category)
