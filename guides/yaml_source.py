"""YAML read together with the line on which every value stands, so that a mistake is shown where it was made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

Plain = None | bool | int | float | str | date | list["Plain"] | dict[str, "Plain"]
"""What YAML may hold here; dates are dates, keys are strings."""

_Path = tuple[str | int, ...]


class YamlInvalid(Exception):
    """The file is not YAML, or has a key twice; carries the line and what to do."""

    def __init__(self, file: Path, line: int, cause: str, remedy: str) -> None:
        super().__init__(f"{file}:{line}: {cause}")
        self.file, self.line, self.cause, self.remedy = file, line, cause, remedy


@dataclass(frozen=True, slots=True)
class YamlFile:
    """The content of one file and the line of each value by its path."""

    file: Path
    content: Plain
    lines: dict[_Path, int]

    def line_of(self, path: tuple[str | int, ...]) -> int:
        """Give the line of the deepest part of `path` that stands in the file; parts that do not are skipped."""
        found: _Path = ()
        for part in path:
            if (*found, part) in self.lines:
                found = (*found, part)
        return self.lines.get(found, 1)

    def place(self, path: tuple[str | int, ...]) -> tuple[Path, int]:
        """Give the file and line of the deepest part of `path` that stands in the file."""
        return self.file, self.line_of(path)


def read_yaml(file: Path) -> YamlFile:
    """Read one file; raises YamlInvalid."""
    return parse_yaml(file.read_text(encoding="utf-8"), file)


def parse_yaml(text: str, file: Path) -> YamlFile:
    """Read the text of a file; raises YamlInvalid, which names the file."""
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        problem = error.problem or ""
        mark = error.context_mark if "end of stream" in problem and error.context_mark else error.problem_mark
        line = mark.line + 1 if mark else 1
        written = "".join(text.splitlines()[line - 1 : line])
        raise YamlInvalid(file, line, *_explained(f"\t {problem}" if "\t" in written else problem)) from error
    lines: dict[_Path, int] = {}
    content = None if node is None else _plain(file, node, (), lines)
    return YamlFile(file, content, lines)


def _plain(file: Path, node: yaml.Node, path: _Path, lines: dict[_Path, int]) -> Plain:
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Plain] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in mapping:
                raise YamlInvalid(file, key_node.start_mark.line + 1, f"“{key}”写了两次", "只留一处")
            mapping[key] = _plain(file, value_node, (*path, key), lines)
            lines[*path, key] = key_node.start_mark.line + 1
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [_plain(file, child, (*path, i), lines) for i, child in enumerate(node.value)]
    return _scalar(file, node)


_SAID = (
    ("\t", "这一行用了制表符（Tab）", "缩进只用空格，把 Tab 换成空格"),
    ("found character", "这一行有 YAML 不认识的字符", "以 @、`、% 开头的文字要加引号"),
    (
        "mapping values are not allowed",
        "这一行的冒号放错了地方，或者缩进和上一行对不齐",
        "同一级的键左边对齐；文字里有冒号就加引号",
    ),
    (
        "did not find expected key",
        "缩进和上一行对不齐，或者引号、括号没有配对",
        "同一级的键左边对齐，检查上一行的引号和括号",
    ),
    ("did not find expected '-'", "这一行的缩进和上面对不齐，列表到这里断开了", "同一级的键和“- ”左边对齐"),
    ("could not find expected ':'", "这一行少了冒号", "写成 键: 值，冒号后面空一格"),
    ("did not find expected ',' or", "方括号或花括号没有配对，或者少了逗号", "补上括号，项与项之间写逗号"),
    ("end of stream", "引号没有配对", "补上引号"),
)


def _explained(problem: str) -> tuple[str, str]:
    """Say in Chinese what the reader of YAML tripped over."""
    known = next(((cause, remedy) for part, cause, remedy in _SAID if part in problem), None)
    return known or (f"不是合法的 YAML：{problem}", "检查这一行的缩进、冒号和引号")


class _Scalars(yaml.constructor.SafeConstructor):
    """Turns scalars into values by YAML's own rules."""


def _scalar(file: Path, node: yaml.Node) -> Plain:
    try:
        value = _Scalars().construct_object(node)
    except ValueError as wrong:
        cause = f"没有“{node.value}”这一天" if node.tag.endswith("timestamp") else f"看不懂“{node.value}”"
        raise YamlInvalid(file, node.start_mark.line + 1, cause, "日期写成 2026-11-22；文字加引号") from wrong
    if value is None or isinstance(value, bool | int | float | str | date):
        return value
    raise YamlInvalid(file, node.start_mark.line + 1, f"不支持的值：{node.value}", "写成文字、数字、日期或 true/false")
