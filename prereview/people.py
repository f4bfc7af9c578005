"""Which part of a page is about whom, by geometry: the order of lines alone swaps husband and wife."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from prereview.labels import Hit, Piece, Table, make_hit
from prereview.profile_model import PersonBlock, Side
from prereview.values import plain

_NUMBER = re.compile(r"\d{17}[\dXx]")
_LABELLED = re.compile(r"([\u4e00-\u9fff]{2,8}(?:\([^()]{1,8}\))?):[\u4e00-\u9fff·]{2,6}$")
_OF_A_BLOCK = ("姓名全称", "姓名", "名字", "信息")


@dataclass(frozen=True, slots=True)
class _Start:
    """Where the block about one person begins."""

    person: str
    hit: Hit
    stems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BlockMap:
    """The blocks of a page: side by side (`columns`) or one under the other."""

    starts: tuple[_Start, ...]
    columns: bool
    words: tuple[tuple[float, float], ...]
    """Where each word of the sheet begins."""

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(range(len(self.starts)))

    def person(self, number: int) -> str:
        """Give who the block names itself after, or "" where the sex has to tell."""
        return self.starts[number].person

    def owner(self, hit: Hit, default_only: bool = False) -> int | None:
        """Give the block a label belongs to: the one it names, else the one it stands in.

        With `default_only` a label counts as owned only when it names a person ("母亲民族") or no block is open above.
        """
        named = [
            number
            for number, start in enumerate(self.starts)
            if any(hit.label.startswith(stem) for stem in start.stems)
        ]
        if named:
            return named[0]
        return self._at(hit.x0, hit.y, hit.height) if not default_only else self._inside(hit)

    def around(self, piece: Piece) -> int | None:
        """Give the block a piece of text stands in."""
        x, y = self.words[piece.places[0][0]]
        return self._at(x, y, self.starts[0].hit.height if self.starts else 1.0)

    def _inside(self, hit: Hit) -> int | None:
        return self._at(hit.x0, hit.y, hit.height) if self.starts else None

    def _at(self, x: float, y: float, height: float) -> int | None:
        if self.columns:
            before = [number for number, start in enumerate(self.starts) if start.hit.x0 <= x + 2 * height]
            above = [n for n in before if self.starts[n].hit.y <= y + 0.7 * height]
            return max(above, key=lambda number: self.starts[number].hit.x0, default=None)
        before = [number for number, start in enumerate(self.starts) if start.hit.y <= y + 0.7 * height]
        return max(before, key=lambda number: self.starts[number].hit.y, default=None)


def map_blocks(table: Table, side: Side) -> BlockMap:
    """Find where each person's block begins; a page without such blocks gives an empty map."""
    words = tuple(word.start for word in table.sheet.words)
    if side.persons is None:
        return BlockMap((), columns=False, words=words)
    starts: list[_Start] = []
    for block in side.persons.blocks:
        hits = table.hits_of(block.starts)
        if not block.person:
            starts += [_Start("", hit, ()) for hit in hits[:4]]
        elif hits:
            first = min(
                hits, key=lambda hit: (hit.places[0][1] > 0, block_order(block.starts, hit.label), hit.row, hit.start)
            )
            starts.append(_Start(block.person, first, tuple(_stem(start) for start in block.starts)))
    starts.sort(key=lambda start: (start.hit.y, start.hit.x0))
    heights = [start.hit.height for start in starts]
    spread = max((start.hit.y for start in starts), default=0.0) - min((start.hit.y for start in starts), default=0.0)
    columns = len(starts) > 1 and spread < 1.5 * max(heights)
    return BlockMap(tuple(starts), columns=columns, words=words)


def adopt(table: Table, side: Side) -> Table:
    """Take unheard-of labels for the start of a block where blocks come in a fixed order.

    "授予人：张三" above the first of two identity numbers starts the first of two blocks.
    """
    persons = side.persons
    if persons is None or not persons.in_order:
        return table
    numbers = [number for number, row in enumerate(table.sheet.rows) if _NUMBER.search(row.text)]
    if len(numbers) != len(persons.blocks):
        return table
    adopted: list[Hit] = []
    for block, number in zip(persons.blocks, numbers, strict=True):
        if not any(hit.places[0][1] == 0 for hit in table.hits_of(block.starts)):
            adopted += [hit for row in (number - 1, number) if (hit := _unheard_of(table, row, block)) is not None][:1]
    return replace(table, hits=tuple(sorted((*table.hits, *adopted), key=lambda hit: (hit.row, hit.start))))


def _unheard_of(table: Table, number: int, block: PersonBlock) -> Hit | None:
    """Make a label of the words before the sign of a row that begins with no label the profile knows."""
    if number < 0 or any(hit.row == number and hit.start == 0 for hit in table.hits):
        return None
    match = _LABELLED.match(table.sheet.rows[number].text)
    return make_hit(table.sheet, number, 0, match.end(1), plain(block.starts[0])) if match else None


def block_order(starts: tuple[str, ...], label: str) -> int:
    """Give how early a wording stands in the profile: the first is the most telling."""
    return next((place for place, start in enumerate(starts) if plain(start) == label), len(starts))


def _stem(start: str) -> str:
    for ending in _OF_A_BLOCK:
        start = start.removesuffix(ending)
    return start or "\0"
