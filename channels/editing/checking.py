"""A draft held against everything a guide must be, each finding as a sentence that names the place and the remedy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from pydantic import ValidationError

from channels.editing.fields import fields_of, name_in, one_of
from guides.audit import Yardstick, audit
from guides.between import between
from guides.golden import mismatches, read_golden
from guides.joint import NotComparable, Side
from guides.library import Entry
from guides.model import Guide, Source
from guides.proof import prove
from guides.references import reference_problems
from guides.rules import FactInvalid
from guides.yaml_source import Plain

Path = tuple[str | int, ...]
TAGS = frozenset({"Is", "OneOf", "Compare", "DateCompare", "Age", "All", "AnyOf", "Not", "Holds", "OnRoute", "Always"})
"""Names of condition forms, which a validation error puts into its path."""
REMEDIES = {
    "missing": "还没有填，请填上",
    "float_parsing": "要填数字，比如 10 或 0.5",
    "int_parsing": "要填整数，比如 1",
    "int_from_float": "要填整数，比如 1",
    "float_type": "要填数字，比如 10 或 0.5",
    "int_type": "要填整数，比如 1",
    "date_from_datetime_parsing": "要填日期，比如 2026-11-22",
    "date_parsing": "要填日期，比如 2026-11-22",
    "date_type": "要填日期，比如 2026-11-22",
    "enum": "请从给出的几项里选一个",
    "too_short": "至少要有一项",
    "string_type": "要填文字",
    "string_pattern_mismatch": "写法不对，请照提示改",
    "greater_than_equal": "数字太小了",
    "less_than_equal": "数字太大了",
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing to mend: where it is, in the words of the form, and what to do."""

    path: Path
    where: str
    say: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft that was looked at; `guide` is None while it cannot be read as a guide at all."""

    guide: Guide | None
    troubles: tuple[Trouble, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The whole look before review and publication: what forbids it, and what changes for the named situations."""

    problems: tuple[str, ...]
    examples: tuple[str, ...]
    changes: tuple[str, ...]


def check(content: Plain, sources: Mapping[str, Source], on: date) -> Checked:
    """Read a draft and hold it against its own names and over every situation; quick enough while somebody types."""
    try:
        guide = Guide.model_validate(content)
    except ValidationError as wrong:
        found = []
        for one in wrong.errors():
            path = tuple(part for part in one["loc"] if part not in TAGS)
            said = REMEDIES.get(one["type"], one["msg"].removeprefix("Value error, "))
            found.append(Trouble(path, where_of(path, content), said))
        return Checked(None, tuple(found))
    named = [Trouble(p, where_of(p, content), f"{why}。{how}") for p, why, how in reference_problems(guide, sources)]
    if named:
        return Checked(None, tuple(named))
    return Checked(guide, tuple(Trouble((), "对所有情形的证明", problem) for problem in prove(guide, on).problems))


def examine(entry: Entry, guide: Guide, sources: Mapping[str, Source], checks: frozenset[str], on: date) -> Verdict:
    """Look at a readable draft in every way there is, and say what changes against the version served now."""
    bare = replace(entry, guide=guide, examples=())
    problems = list(audit(bare, on, sources, Yardstick(checks=checks)).problems)
    examples: list[str] = []
    try:
        for one in mismatches(guide, entry.examples, read_golden(entry.folder), sources):
            examples += [f"“{one.situation}”：{difference}" for difference in one.differences]
    except FactInvalid as wrong:
        problems.append(f"有一个例子里的情况读不出来了：{wrong.remedy}")
    try:
        changes = between(Side(entry.guide, on, "a"), Side(guide, on, "b"), ("现行", "新版")).changes
    except NotComparable as wrong:
        return Verdict(tuple(problems), tuple(examples), (str(wrong),))
    return Verdict(tuple(problems), tuple(examples), tuple(change.sentence for change in changes))


def where_of(path: Path, content: Plain) -> str:
    """Name a place of a guide in the words of the form: 材料“结婚证” › 规则 2 › 为什么."""
    told: list[str] = []
    part, kind = content, "Guide"
    for step in path:
        if isinstance(step, int):
            part = part[step] if isinstance(part, list) and step < len(part) else None
            name = name_in(part, kind)
            if told and kind:
                told[-1] = f"{one_of(kind)} {step + 1}{f'“{name}”' if name else ''}"
            continue
        field = next((one for one in fields_of(kind) if one.name == step), None)
        part = part.get(step) if isinstance(part, dict) else None
        if field is not None:
            kind = field.kind or kind
            told.append(field.label)
    return " › ".join(told) or "整份指南"
