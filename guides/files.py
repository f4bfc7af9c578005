"""Files of the library read into values, and every mistake told with file, line, cause and remedy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from guides.condition import Value
from guides.overlay import Merged
from guides.yaml_source import Plain, YamlFile, YamlInvalid, read_yaml

V = TypeVar("V", bound=Value)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file: where, what, and how to mend it."""

    file: Path
    line: int
    cause: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.cause} → {self.remedy}"


def read_list(file: Path, key: str, kind: type[V], problems: list[Problem]) -> list[V]:
    """Read a file that holds one list under `key`; a missing file is an empty list."""
    if not file.exists():
        return []
    read = open_file(file, problems)
    if read is None:
        return []
    rows = read.content.get(key) if isinstance(read.content, dict) and set(read.content) == {key} else None
    if not isinstance(rows, list):
        problems.append(Problem(file, 1, f"文件应当只有一个键 {key}，下面是列表", f"改成 `{key}:` 开头的列表"))
        return []
    values = [validated(read, row, (key, i), kind, problems) for i, row in enumerate(rows)]
    return [value for value in values if value is not None]


def open_file(file: Path, problems: list[Problem]) -> YamlFile | None:
    """Read a YAML file; None after a mistake, which is then among `problems`."""
    try:
        return read_yaml(file)
    except YamlInvalid as error:
        problems.append(Problem(error.file, error.line, error.cause, error.remedy))
        return None


def validated(
    read: YamlFile | Merged, content: Plain, path: tuple[str | int, ...], kind: type[V], problems: list[Problem]
) -> V | None:
    """Make a value of what a file holds; None after mistakes, each reported at its own line."""
    try:
        return kind.model_validate(content)
    except ValidationError as error:
        problems += [Problem(*read.place((*path, *one["loc"])), *explain(one)) for one in error.errors()]
        return None


def explain(detail: Mapping[str, object]) -> tuple[str, str]:
    """Say one of pydantic's errors the way a guide's author can act on it: cause and remedy."""
    kind, message, where, context = str(detail["type"]), str(detail["msg"]), detail["loc"], detail.get("ctx")
    field = str(where[-1]) if isinstance(where, tuple) and where else ""
    context = context if isinstance(context, dict) else {}
    given = _shown(detail["input"])
    if kind == "missing":
        return f"缺少“{field}”", f"补上 {field}"
    if kind == "extra_forbidden":
        return f"不认识的键“{field}”", "检查拼写；允许的键见 guides/README.md"
    if kind == "value_error":
        return message.removeprefix("Value error, "), "照提示修改"
    if kind == "condition_form":
        return message, "对照 guides/README.md 里的例子修改"
    if kind == "string_type" and isinstance(detail["input"], bool):
        return f"“{field}”要写文字，yes、no、true、false 不加引号就成了是和否", "给它加上引号"
    if kind in ("enum", "literal_error"):
        allowed = str(context.get("expected", "")).replace("'", "").replace(" or ", "、").replace(", ", "、")
        return f"“{field}”不能写{given}", f"可以写：{allowed}"
    if kind == "string_pattern_mismatch":
        return f"“{field}”的写法不对：{given}", _PATTERNS.get(str(context.get("pattern")), f"要合 {context['pattern']}")
    cause, remedy = _SAID.get(kind.split("_", maxsplit=1)[0], ("写法不对", "对照 guides/README.md 里的例子修改"))
    return f"“{field}”{cause}，现在是{given}", remedy


_CODE = "只用小写字母、数字和下划线"
_PATTERNS = {
    "^[a-z0-9_]+$": _CODE,
    "^[a-z_]+$": "只用小写字母和下划线",
    "^[a-z0-9-]+$": "只用小写字母、数字和连字符",
    "^(https?://.*)?$": "写 http 开头的完整网址，没有就空着",
    "^[0-9]{2,6}$|^$": "写行政区划代码，如 430100",
}
_SAID = {
    "string": ("要写文字", "写成文字；像数字、日期、yes 的要加引号"),
    "date": ("不是日期", "写成 2026-11-22"),
    "int": ("不是整数", "只写数字，单位不用写"),
    "float": ("不是数字", "只写数字，单位不用写"),
    "bool": ("要写 true 或 false", "写 true 或 false"),
    "tuple": ("要写列表", "每项前面加“- ”，或写成 [甲, 乙]"),
    "list": ("要写列表", "每项前面加“- ”，或写成 [甲, 乙]"),
    "dict": ("要写成 键: 值", "写成 {键: 值}"),
    "model": ("下面要有几项内容", "写成 {键: 值}；检查这几行有没有缩进"),
    "too": ("写少了", "至少写一项"),
    "greater": ("太小", "照说明里的范围改"),
    "less": ("太大", "照说明里的范围改"),
}


def _shown(given: object) -> str:
    text = "" if given is None else str(given)
    return f"“{text[:30]}{'…' if len(text) > 30 else ''}”" if text else "空着"
