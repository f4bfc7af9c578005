"""The library: every guide and source, read and checked at the door, so that nothing broken is ever served."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from guides.condition import Value
from guides.model import Example, Guide, Note, Region, Source
from guides.references import reference_problems
from guides.yaml_source import Plain, YamlFile, YamlInvalid, read_yaml

ROOT = Path(__file__).parent
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


class LibraryInvalid(Exception):
    """The library has mistakes and is not served; `problems` lists every one found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True, slots=True)
class Entry:
    """A guide with its named situations and its editor's notes."""

    guide: Guide
    examples: tuple[Example, ...]
    notes: tuple[Note, ...]
    folder: Path


@dataclass(frozen=True, slots=True)
class Library:
    """Every guide, source and region."""

    entries: tuple[Entry, ...]
    sources: Mapping[str, Source]
    regions: tuple[Region, ...]

    @property
    def guides(self) -> tuple[Guide, ...]:
        return tuple(entry.guide for entry in self.entries)

    def find(self, slug: str, region: str) -> Guide | None:
        """Give the guide of this place: the city's, else the province's, else the nation's; never another city's."""
        entry = self.entry(slug, region)
        return None if entry is None else entry.guide

    def entry(self, slug: str, region: str) -> Entry | None:
        """Like `find`, with examples and notes."""
        for code in self.chain(region):
            for entry in self.entries:
                if entry.guide.slug == slug and entry.guide.region == code:
                    return entry
        return None

    def chain(self, region: str) -> tuple[str, ...]:
        """Give the region and all that contain it, ending with "" for the whole country."""
        parents = {known.code: known.parent for known in self.regions}
        chain = [region]
        while chain[-1]:
            chain.append(parents.get(chain[-1], ""))
        return tuple(chain)

    def region(self, name: str) -> Region | None:
        """Give the region of this code, name or alias."""
        return next((r for r in self.regions if name in (r.code, r.name, *r.aliases)), None)

    def source(self, name: str) -> Source:
        """Give a source by its id; raises KeyError for an unknown one."""
        return self.sources[name]


def load_library(root: Path | None = None) -> Library:
    """Read and check the whole library under `root` (default: the one that ships).

    Raises LibraryInvalid with every problem found: file, line, cause and remedy.
    """
    base = root or ROOT
    problems: list[Problem] = []
    sources = _read_sources(base, problems)
    regions = _read_list(base / "library" / "regions.yaml", "regions", Region, problems)
    entries = [_read_entry(file, sources, problems) for file in sorted(base.glob("library/*/*/guide.yaml"))]
    known = {region.code for region in regions}
    problems.extend(
        Problem(
            entry.folder / "guide.yaml", 1, f"地区 {entry.guide.region} 没有登记", "在 library/regions.yaml 里加上它"
        )
        for entry in entries
        if entry is not None and entry.guide.region not in known
    )
    if problems:
        raise LibraryInvalid(problems)
    return Library(tuple(entry for entry in entries if entry is not None), sources, tuple(regions))


def _read_sources(base: Path, problems: list[Problem]) -> dict[str, Source]:
    sources: dict[str, Source] = {}
    for file in sorted((base / "sources").glob("*.yaml")):
        for source in _read_list(file, "sources", Source, problems):
            if source.id in sources:
                problems.append(Problem(file, 1, f"依据 {source.id} 登记了两次", "只留一处，别处引用它的 id"))
            sources[source.id] = source
    return sources


def _read_entry(file: Path, sources: Mapping[str, Source], problems: list[Problem]) -> Entry | None:
    read = _open(file, problems)
    if read is None:
        return None
    guide = _validate(read, read.content, (), Guide, problems)
    if guide is None:
        return None
    for path, cause, remedy in reference_problems(guide, sources):
        problems.append(Problem(file, read.line_of(path), cause, remedy))
    folder = file.parent
    examples = _read_list(folder / "examples.yaml", "examples", Example, problems)
    notes = _read_list(folder / "notes.yaml", "notes", Note, problems)
    return Entry(guide, tuple(examples), tuple(notes), folder)


def _read_list(file: Path, key: str, kind: type[V], problems: list[Problem]) -> list[V]:
    """Read a file that holds one list under `key`; a missing file is an empty list."""
    if not file.exists():
        return []
    read = _open(file, problems)
    if read is None:
        return []
    rows = read.content.get(key) if isinstance(read.content, dict) and set(read.content) == {key} else None
    if not isinstance(rows, list):
        problems.append(Problem(file, 1, f"文件应当只有一个键 {key}，下面是列表", f"改成 `{key}:` 开头的列表"))
        return []
    values = [_validate(read, row, (key, i), kind, problems) for i, row in enumerate(rows)]
    return [value for value in values if value is not None]


def _open(file: Path, problems: list[Problem]) -> YamlFile | None:
    try:
        return read_yaml(file)
    except YamlInvalid as error:
        problems.append(Problem(error.file, error.line, error.cause, error.remedy))
        return None


def _validate(
    read: YamlFile, content: Plain, path: tuple[str | int, ...], kind: type[V], problems: list[Problem]
) -> V | None:
    try:
        return kind.model_validate(content)
    except ValidationError as error:
        for detail in error.errors():
            where = (*path, *detail["loc"])
            cause, remedy = _explain(detail["type"], detail["msg"], str(detail["loc"][-1]) if detail["loc"] else "")
            problems.append(Problem(read.file, read.line_of(where), cause, remedy))
        return None


def _explain(kind: str, message: str, field: str) -> tuple[str, str]:
    """Say a validation error the way a guide's author can act on it."""
    if kind == "missing":
        return f"缺少“{field}”", f"补上 {field}"
    if kind == "extra_forbidden":
        return f"不认识的键“{field}”", "检查拼写；允许的键见 guides/README.md"
    if kind == "value_error":
        return message.removeprefix("Value error, "), "照提示修改"
    return f"“{field}”的写法不对：{message}", "对照 guides/README.md 里的例子修改"
