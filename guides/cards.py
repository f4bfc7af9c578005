"""Fact cards read as checklists of a guide's coverage: what a card names is in the guide, or noted with a reason.

A card is Markdown: sections on situations, services, materials, corrections and what people ask. Each entry (a table
row, a part between semicolons, a quoted question) is looked for in the guide by character pairs: the share of the
entry's pairs that one part of the guide holds, or all its parts together, must reach the threshold of its kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from guides.condition import Value
from guides.model import Citation, Guide, Note


class Kind(StrEnum):
    """What sort of entry a card has."""

    QUESTION = "情形"
    SERVICE = "事项"
    MATERIAL = "材料"
    CORRECTION = "补正"
    ASK = "常问"


ALONE = {Kind.QUESTION: 0.4, Kind.SERVICE: 0.6, Kind.MATERIAL: 0.6, Kind.CORRECTION: 0.5, Kind.ASK: 0.5}
"""Share of an entry's character pairs that one part of the guide must hold."""
TOGETHER = 0.8
"""Share that the guide as a whole must hold where no single part reaches its threshold."""
NOTED = 0.6
"""Share that one note of the editors must hold."""


@dataclass(frozen=True, slots=True)
class Named:
    """One thing a card names."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What became of the entries of one card."""

    slug: str
    found: tuple[Named, ...]
    noted: tuple[Named, ...]
    missing: tuple[Named, ...]


def coverage(card: Path, guide: Guide, notes: Sequence[Note]) -> Coverage:
    """Look for everything a card names in a guide and its notes."""
    text = _Text(tuple(pairs(part) for part in _parts(guide)))
    reasons = [pairs(note.about + "。" + note.text) for note in notes]
    found, noted, missing = [], [], []
    for named in read_card(card.read_text(encoding="utf-8")):
        if text.says(named):
            found.append(named)
        elif max((_share(pairs(named.text), reason) for reason in reasons), default=0.0) >= NOTED:
            noted.append(named)
        else:
            missing.append(named)
    return Coverage(guide.slug, tuple(found), tuple(noted), tuple(missing))


@dataclass(frozen=True, slots=True)
class _Text:
    """The character pairs of each part of a guide."""

    parts: tuple[frozenset[str], ...]

    def says(self, named: Named) -> bool:
        """Tell whether the guide holds an entry: as a whole, or each of the things it names."""
        pieces = [piece for piece in re.split(r"[、，,/]|或|和|与", named.text) if pairs(piece)]
        return self._holds(named.kind, named.text) or (
            len(pieces) > 1 and all(self._holds(named.kind, piece) for piece in pieces)
        )

    def _holds(self, kind: Kind, text: str) -> bool:
        wanted = pairs(text)
        alone = max((_share(wanted, part) for part in self.parts), default=0.0)
        return alone >= ALONE[kind] or _share(wanted, frozenset[str]().union(*self.parts)) >= TOGETHER


# --- reading a card ---------------------------------------------------------------------------------------------------

_HEAD = re.compile(r"^## +(.*)$", re.MULTILINE)
_LINE = {"联办": Kind.SERVICE, "材料": Kind.MATERIAL, "补正": Kind.CORRECTION}
_ASIDE = re.compile(r"（[^（）]*）|\([^()]*\)|【[^】]*】|\*\*|`|“|”|《|》")
_NUMBER = re.compile(r"^\s*(?:[-•]|\d+[.、．)]|[①-⑳])\s*")
_AFTER = re.compile(r"\s*\d+(?:[–-]\d+)?(?:\s*(?:个)?(?:工作日|天|日))?\s*$")
_LEAD = re.compile(
    r"^(?:必要|视情形|可选|必交|另列|基础|总|总时限|部门|费用|免费|指南承诺|改前→现在|对象)[^：]{0,10}："
)
_SKIPPED = re.compile(
    r"^(?:总|免费|指南承诺|改前|现|部门：|收费|时限|环节|跑动|涉密|只含|结果为|办理对象|受理部门|其他由|其余|\d)|→"
)
_WHETHER = re.compile(r"^(?:是否|有无|有没有|属于|名下有无)|(?:等|与否)$")


def read_card(text: str) -> tuple[Named, ...]:
    """Give everything a card names, in its order, each once."""
    heads = list(_HEAD.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    found: list[Named] = []
    for head, end in zip(heads, ends, strict=True):
        kinds = kinds_of(head[1])
        if kinds:
            found.extend(_section(kinds, text[head.end() : end]))
    return tuple(dict.fromkeys(found))


def kinds_of(head: str) -> tuple[Kind, ...]:
    """Tell what a section is about by its heading; () for one that names nothing to be covered."""
    found = []
    if re.search(r"情形|条件|决策因素|前提", head):
        found.append(Kind.QUESTION)
    elif re.search(r"问(?!题)", head):
        return (Kind.ASK,)
    if "联办" in head:
        found.append(Kind.SERVICE)
    if "材料" in head and "联办" not in head:
        found.append(Kind.MATERIAL)
    if "补正" in head:
        found.append(Kind.CORRECTION)
    return tuple(found)


def _section(kinds: tuple[Kind, ...], body: str) -> Iterator[Named]:
    if Kind.ASK in kinds:
        yield from (Named(Kind.ASK, said) for said in re.findall(r"“([^”]+)”", body))
        return
    columns: list[str] = []
    for line in body.splitlines():
        if line.startswith("|"):
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if set(line) <= set("|-: "):
                continue
            if not columns:
                columns = cells
            else:
                yield from _row(kinds, columns, cells)
            continue
        columns = []
        kind = next((kind for word, kind in _LINE.items() if line.startswith(word) and "：" in line[:14]), kinds[0])
        told_by_table = "\n|" in body and kind is kinds[0] and kind not in (Kind.CORRECTION, Kind.ASK)
        if line.strip() and not told_by_table:  # sentences around a table explain it
            yield from _prose(kind, line.partition("：")[2] if line.startswith(tuple(_LINE)) else line)


def _row(kinds: tuple[Kind, ...], columns: Sequence[str], cells: Sequence[str]) -> Iterator[Named]:
    yield from _pieces(kinds[0], cells[0])
    if Kind.MATERIAL in kinds[1:]:
        for column, cell in zip(columns[1:], cells[1:], strict=False):
            if "材料" in column:
                yield from _pieces(Kind.MATERIAL, cell)


def _prose(kind: Kind, line: str) -> Iterator[Named]:
    for sentence in re.split(r"[；;。]", line):
        text = _LEAD.sub("", _NUMBER.sub("", sentence)).strip()
        if not _SKIPPED.match(text):
            yield from _pieces(kind, text)


def _pieces(kind: Kind, text: str) -> Iterator[Named]:
    """Give the entries of one cell or sentence: materials and services are named several at once."""
    plain = _AFTER.sub("", _ASIDE.sub("", _NUMBER.sub("", text))).strip(" ：:，,")
    if kind is Kind.QUESTION:
        plain = plain.partition("：")[0]
    split = {Kind.MATERIAL: r"[、/＋+]|或者|或", Kind.SERVICE: r"[、/＋+]|或者|或", Kind.QUESTION: r"[、/]|与"}
    for piece in re.split(split.get(kind, r"\n"), plain):
        cleaned = _WHETHER.sub("", _AFTER.sub("", piece).strip(" ：:，,"))
        if len(pairs(cleaned)) >= 2 and not _SKIPPED.search(cleaned):
            yield Named(kind, cleaned)


# --- looking for it ---------------------------------------------------------------------------------------------------


_DIGITS = str.maketrans("零一二三四五六七八九两", "01234567892")


def pairs(text: str) -> frozenset[str]:
    """Give the pairs of neighbouring characters, punctuation and blanks left out, numerals as digits."""
    letters = "".join(re.findall(r"[\u4e00-\u9fffA-Za-z0-9]+", text)).lower().translate(_DIGITS)
    return frozenset(letters[i : i + 2] for i in range(len(letters) - 1))


def _share(wanted: frozenset[str], held: frozenset[str]) -> float:
    return len(wanted & held) / len(wanted) if wanted else 1.0


def _parts(guide: Guide) -> Iterator[str]:
    """Give each part of a guide as one text: its names, wordings and sentences, clauses left out."""
    yield " ".join((guide.title, guide.summary, *guide.aliases, *guide.not_this))
    for group in (
        guide.questions,
        guide.derived,
        guide.conditions,
        guide.routes,
        guide.services,
        guide.prerequisites,
        guide.presence,
        guide.materials,
        guide.never_ask,
        guide.fees,
        guide.points,
        guide.steps,
        guide.deadlines,
        guide.faq,
        guide.conflicts,
    ):
        for part in group:
            yield " ".join(_texts(part))


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, Citation):
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, Value):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name))
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
