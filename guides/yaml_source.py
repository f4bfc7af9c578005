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
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise YamlInvalid(file, line, f"不是合法的 YAML：{error.problem}", "检查这一行的缩进、冒号和引号") from error
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


class _Scalars(yaml.constructor.SafeConstructor):
    """Turns scalars into values by YAML's own rules."""


def _scalar(file: Path, node: yaml.Node) -> Plain:
    value = _Scalars().construct_object(node)
    if value is None or isinstance(value, bool | int | float | str | date):
        return value
    raise YamlInvalid(file, node.start_mark.line + 1, f"不支持的值：{node.value}", "写成文字、数字、日期或 true/false")
