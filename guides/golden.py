"""Lists frozen beside the named situations: what each must say in full, kept as a file whose difference is reviewed.

`examples.yaml` is written by hand and names every status. `lists.yaml` is made from it by `bancheng guides freeze`:
one line per material that plays a part (status, handling, ground, clause, reason), each reason written once. A line
that changes shows in the difference of the file, so that nobody changes what people are told without reading it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import ValidationError

from guides.checklist import Checklist, ChecklistItem
from guides.condition import Value
from guides.model import Example, Guide, Source, Status
from guides.rules import checklist, read_facts

FILE = "lists.yaml"
HEAD = "# Made by `bancheng guides freeze`: read every changed line before it is committed; never edited by hand.\n"


class GoldenList(Value):
    """One named situation: where it goes, who comes, what is first, and every line that plays a part."""

    name: str
    route: str
    services: str = ""
    prerequisites: str = ""
    presence: str = ""
    lines: dict[str, str]
    """Material to `status handling ground | source locator; … | reason | document/whose …`."""


class Golden(Value):
    """All frozen lists of one guide; `reasons` holds each text once, under the digits that lines name it by."""

    reasons: dict[str, str]
    lists: tuple[GoldenList, ...]


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A named situation whose list is not what it must be, in one sentence each."""

    situation: str
    origin: str
    differences: tuple[str, ...]


class GoldenInvalid(Exception):
    """A lists.yaml is not as `freeze` writes it; the message names the file and the command that makes it anew."""


def read_golden(folder: Path) -> Golden | None:
    """Read the frozen lists beside a guide; None where there are none yet. Raises GoldenInvalid."""
    file = folder / FILE
    if not file.exists():
        return None
    try:
        return Golden.model_validate(yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))
    except (yaml.YAMLError, ValidationError) as broken:
        raise GoldenInvalid(f"{file} 读不懂，请重新运行 bancheng guides freeze {folder.name}") from broken


def freeze(guide: Guide, examples: Sequence[Example], sources: Mapping[str, Source]) -> Golden:
    """Make the frozen lists of a guide's examples as the rules give them now."""
    reasons: dict[str, str] = {}
    lists = [_frozen(_made(guide, example, sources), example.name, reasons) for example in examples]
    return Golden(reasons=dict(sorted(reasons.items())), lists=tuple(lists))


def written(golden: Golden) -> str:
    """Give the text of lists.yaml: one line per entry, so that a difference can be read."""
    plain = golden.model_dump(mode="json", exclude_defaults=True)
    return HEAD + yaml.dump(plain, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=100_000)


def mismatches(
    guide: Guide,
    examples: Sequence[Example],
    golden: Golden | None,
    sources: Mapping[str, Source],
    *,
    hand_only: bool = False,
) -> tuple[Mismatch, ...]:
    """Hold every named situation against its hand-written statuses and its frozen list; only those that differ.

    With `hand_only` a missing list is no difference.
    """
    kept = {entry.name: entry for entry in golden.lists} if golden else {}
    known = set(golden.reasons.items()) if golden else set()
    found = []
    for example in examples:
        made = _made(guide, example, sources)
        differences = [*by_hand(made, example)]
        reasons: dict[str, str] = {}
        now = _frozen(made, example.name, reasons)
        was = kept.get(example.name)
        if was is None and hand_only:
            pass
        elif was is None:
            differences.append(f"没有冻结的清单，请运行：bancheng guides freeze {guide.slug}，看过差别再提交")
        else:
            differences.extend(_changed(was, now))
            differences.extend(f"理由变了：{text}" for key, text in reasons.items() if (key, text) not in known)
        if differences:
            found.append(Mismatch(example.name, example.origin, tuple(differences)))
    found.extend(
        Mismatch(name, "own", ("examples.yaml 里已经没有这个情形，请重新 freeze",))
        for name in kept.keys() - {example.name for example in examples}
    )
    return tuple(found)


def by_hand(made: Checklist, example: Example) -> Iterator[str]:
    """Give each place where a list is not what its example says by hand."""
    if made.route.id != example.route:
        yield f"路线应为 {example.route}，得到 {made.route.id or '未定'}"
    found = {item.requirement: item for item in made.items}
    for name in found.keys() - example.items.keys():
        yield f"例子没写材料 {name}"
    for name, status in example.items.items():
        item = found.get(name)
        if item is None:
            yield f"清单里没有材料 {name}"
        elif item.status is not status:
            yield f"{name} 应为 {status}，得到 {item.status}"
        elif not item.citations or not item.reason.strip("。；"):
            yield f"{name} 没有理由或依据"
    for what, wanted, given in (
        ("先办好", example.prerequisites, tuple(p.id for p in made.prerequisites)),
        ("到场", example.presence, tuple(p.id for p in made.presence)),
    ):
        if wanted is not None and set(wanted) != set(given):
            yield f"{what}应为 {wanted}，得到 {given}"


def _made(guide: Guide, example: Example, sources: Mapping[str, Source]) -> Checklist:
    return checklist(guide, read_facts(guide, example.facts), on=example.on, sources=sources)


def _frozen(made: Checklist, name: str, reasons: dict[str, str]) -> GoldenList:
    lines: dict[str, str] = {}
    for item in made.items:
        if item.status is Status.NOT_REQUIRED:
            continue
        text = _reason(item)
        key = hashlib.sha256(text.encode()).hexdigest()[:6]
        reasons[key] = text
        lines[item.requirement] = _line(item, key)
    return GoldenList(
        name=name,
        route=made.route.id,
        services=" ".join(service.id for service in made.services),
        prerequisites=" ".join(need.id for need in made.prerequisites),
        presence=" ".join(person.id for person in made.presence),
        lines=lines,
    )


def _line(item: ChecklistItem, reason: str) -> str:
    what = " ".join(part for part in (item.status, item.handling, item.ground) if part)
    clauses = "; ".join(f"{citation.source} {citation.locator}" for citation in item.citations)
    papers = " ".join(f"{need.kind}/{need.of}" if need.of else need.kind for need in item.documents)
    return " | ".join(part for part in (what, clauses, reason, papers) if part)


def _reason(item: ChecklistItem) -> str:
    texts = (item.reason, item.still, item.fallback, item.supply_by, item.consequence)
    return "｜".join(text for text in texts if text)


def _changed(was: GoldenList, now: GoldenList) -> Iterator[str]:
    for what, before, after in (
        ("路线", was.route, now.route),
        ("事项", was.services, now.services),
        ("先办好", was.prerequisites, now.prerequisites),
        ("到场", was.presence, now.presence),
    ):
        if before != after:
            yield f"{what}冻结为 {before or '无'}，得到 {after or '无'}"
    for name in dict.fromkeys((*was.lines, *now.lines)):
        before_line, after_line = was.lines.get(name, "不需要"), now.lines.get(name, "不需要")
        if before_line != after_line:
            yield f"{name} 冻结为“{before_line}”，得到“{after_line}”"
