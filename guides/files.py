"""Files of the library read into values, and every mistake told with file, line, cause and remedy."""

from __future__ import annotations

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
        for detail in error.errors():
            where = (*path, *detail["loc"])
            cause, remedy = explain(detail["type"], detail["msg"], str(detail["loc"][-1]) if detail["loc"] else "")
            problems.append(Problem(*read.place(where), cause, remedy))
        return None


def explain(kind: str, message: str, field: str) -> tuple[str, str]:
    """Say a validation error the way a guide's author can act on it."""
    if kind == "missing":
        return f"缺少“{field}”", f"补上 {field}"
    if kind == "extra_forbidden":
        return f"不认识的键“{field}”", "检查拼写；允许的键见 guides/README.md"
    if kind == "value_error":
        return message.removeprefix("Value error, "), "照提示修改"
    return f"“{field}”的写法不对：{message}", "对照 guides/README.md 里的例子修改"
