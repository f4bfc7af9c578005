"""Words set upright: the page turned by quarters, levelled, and its lines joined into rows.

All coordinates here are pixels of the upright page, origin top left; `Sheet.box` leads back to shares of the picture.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from ingestion.model import Box, TextLine
from prereview.values import plain

Point = tuple[float, float]

ROW_SLACK = 0.5
"""Neighbours of a row may differ by this share of a line's height: less splits tilted rows, more joins two rows."""
NARROW = 0.55
"""Width of a Latin letter or digit beside a Chinese character."""
ASLANT = math.radians(9)
"""Words that lean this much against the page are a watermark or a seal, not part of its rows."""


@dataclass(frozen=True, slots=True)
class Word:
    """One line as the engine gave it, upright: characters without spaces, from `start` to `end` along its middle."""

    text: str
    start: Point
    end: Point
    height: float
    confidence: float
    quad: tuple[Point, Point, Point, Point]
    """Corners as shares of the picture, clockwise from the reading start."""
    stops: tuple[float, ...]
    """Where each character begins along the line (0 to 1), and 1 at the end."""

    @property
    def width(self) -> float:
        return max(1.0, self.end[0] - self.start[0])

    @property
    def middle(self) -> Point:
        return (self.start[0] + self.end[0]) / 2, (self.start[1] + self.end[1]) / 2

    def at(self, index: int) -> Point:
        """Give the point on the middle line where a character begins."""
        share = self.stops[index]
        return (
            self.start[0] + share * (self.end[0] - self.start[0]),
            self.start[1] + share * (self.end[1] - self.start[1]),
        )

    def y_at(self, x: float) -> float:
        """Give the height of the middle line, drawn on, at x."""
        slope = (self.end[1] - self.start[1]) / self.width if len(self.text) > 1 else 0.0
        return self.start[1] + slope * (x - self.start[0])


@dataclass(frozen=True, slots=True)
class Row:
    """Words that stand side by side, left to right, and their characters as one string.

    `places` gives for each character the word (index into the sheet) and the character within it.
    """

    words: tuple[int, ...]
    text: str
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """An upright page, or a part of one."""

    turn: int
    words: tuple[Word, ...]
    rows: tuple[Row, ...]

    @property
    def line_height(self) -> float:
        """Median height of a line; 0 without words."""
        return median(word.height for word in self.words) if self.words else 0.0

    def box(self, places: Sequence[tuple[int, int]]) -> Box | None:
        """Give the box around characters as shares of the picture; None when it has no area on the page."""
        xs: list[float] = []
        ys: list[float] = []
        for index in sorted({word for word, _ in places}):
            word = self.words[index]
            characters = [character for one, character in places if one == index]
            first, last = word.stops[min(characters)], word.stops[max(characters) + 1]
            for share in (first, last):
                for a, b in ((word.quad[0], word.quad[1]), (word.quad[3], word.quad[2])):
                    xs.append(a[0] + share * (b[0] - a[0]))
                    ys.append(a[1] + share * (b[1] - a[1]))
        return make_box(xs, ys)

    def beyond(self, places: Sequence[tuple[int, int]], reach: float) -> Box | None:
        """Give the strip right of the last character, `reach` line heights long and a little taller than the line.

        That is where a form leaves room for an answer or a signature; None when it lies off the page.
        """
        index, character = places[-1]
        word = self.words[index]
        a, b, c, d = word.quad
        first = word.stops[character + 1] + 0.15 * word.height / word.width
        last = first + reach * word.height / word.width
        corners = []
        for share in (first, last):
            top = a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])
            foot = d[0] + share * (c[0] - d[0]), d[1] + share * (c[1] - d[1])
            down = foot[0] - top[0], foot[1] - top[1]
            corners += [(top[0] - 0.35 * down[0], top[1] - 0.35 * down[1])]
            corners += [(foot[0] + 0.2 * down[0], foot[1] + 0.2 * down[1])]
        return make_box([x for x, _ in corners], [y for _, y in corners])

    def around(self) -> Box | None:
        """Give the box around all words as shares of the picture."""
        return make_box(
            [x for word in self.words for x, _ in word.quad], [y for word in self.words for _, y in word.quad]
        )


def make_box(xs: Sequence[float], ys: Sequence[float]) -> Box | None:
    """Give the box around points, cut to the page; None when it has no area."""
    if not xs:
        return None
    x0, x1 = max(0.0, min(xs)), min(1.0, max(xs))
    y0, y1 = max(0.0, min(ys)), min(1.0, max(ys))
    return Box(x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None


def set_upright(lines: Sequence[TextLine], width: float, height: float) -> Sheet:
    """Turn and level the lines of a page of that size in pixels."""
    lines = [line for line in lines if plain(line.text)]
    turn = _turn(lines, width, height)
    quads = [_corners(line, turn, width, height) for line in lines]
    upright = [[_rotate(corner, turn, width, height) for corner in quad] for quad in quads]
    tilt = _tilt([quad for quad, line in zip(upright, lines, strict=True) if len(plain(line.text)) >= 4])
    words = [
        _word(line, quad, [_level(corner, tilt) for corner in points])
        for line, quad, points in zip(lines, quads, upright, strict=True)
    ]
    return sheet_of([word for word in words if not _leans(word)], turn)


def sheet_of(words: Sequence[Word], turn: int) -> Sheet:
    """Join upright words into rows, top to bottom."""
    rows = [_row(words, chain) for chain in _chains(words)]
    rows.sort(key=lambda row: words[row.words[0]].start[1])
    return Sheet(turn, tuple(words), tuple(rows))


def _turn(lines: Sequence[TextLine], width: float, height: float) -> int:
    """Say by how many degrees clockwise the page lies turned, as most of its characters do."""
    votes: Counter[int] = Counter()
    for line in lines:
        if len(line.quad) == 4 and len(line.text) >= 2:
            (x0, y0), (x1, y1), (x2, y2), (x3, y3) = [(x * width, y * height) for x, y in line.quad]
            angle = math.degrees(math.atan2(y1 + y2 - y0 - y3, x1 + x2 - x0 - x3))
            votes[round(angle / 90) % 4 * 90] += len(line.text)
    return votes.most_common(1)[0][0] if votes else 0


def _corners(line: TextLine, turn: int, width: float, height: float) -> tuple[Point, Point, Point, Point]:
    """Give the corners clockwise from where reading begins if the page lies turned by `turn`."""
    box = line.box
    quad = line.quad
    if len(quad) != 4:
        quad = ((box.x0, box.y0), (box.x1, box.y0), (box.x1, box.y1), (box.x0, box.y1))
    points = [_rotate(corner, turn, width, height) for corner in quad]
    centre = sum(x for x, _ in points) / 4, sum(y for _, y in points) / 4
    first = min(range(4), key=lambda i: (points[i][0] - centre[0]) + (points[i][1] - centre[1]))
    turned = quad[first:] + quad[:first]
    return turned[0], turned[1], turned[2], turned[3]


def _rotate(share: Point, turn: int, width: float, height: float) -> Point:
    """Give the pixel of a share of the picture after the page is turned back."""
    x, y = share[0] * width, share[1] * height
    return {0: (x, y), 90: (y, width - x), 180: (width - x, height - y), 270: (height - y, x)}[turn]


def _tilt(quads: Sequence[Sequence[Point]]) -> float:
    angles = [
        math.atan2(b[1] + c[1] - a[1] - d[1], b[0] + c[0] - a[0] - d[0])
        for a, b, c, d in quads
        if b[0] + c[0] > a[0] + d[0]
    ]
    return median(angles) if angles else 0.0


def _level(point: Point, tilt: float) -> Point:
    cos, sin = math.cos(-tilt), math.sin(-tilt)
    return point[0] * cos - point[1] * sin, point[0] * sin + point[1] * cos


def _leans(word: Word) -> bool:
    """Say whether a word is printed across the page."""
    rise, run = word.end[1] - word.start[1], word.end[0] - word.start[0]
    return run <= 0 or (len(word.text) >= 3 and run > word.height and abs(math.atan2(rise, run)) > ASLANT)


def _word(line: TextLine, quad: tuple[Point, Point, Point, Point], points: Sequence[Point]) -> Word:
    a, b, c, d = points
    tall = math.dist(a, d), math.dist(b, c)
    return Word(
        text=plain(line.text),
        start=((a[0] + d[0]) / 2, (a[1] + d[1]) / 2),
        end=((b[0] + c[0]) / 2, (b[1] + c[1]) / 2),
        height=max(1.0, sum(tall) / 2),
        confidence=line.confidence,
        quad=quad,
        stops=_stops(line.text),
    )


def _stops(text: str) -> tuple[float, ...]:
    """Say where each character without spaces begins along its line, spaces counted, Latin ones narrower."""
    places: list[float] = []
    along = 0.0
    for character in text:
        if character.isspace():
            along += NARROW
            continue
        places.append(along)
        along += NARROW if ord(character) < 0x2E80 else 1.0
    whole = along or 1.0
    return (*(place / whole for place in places), 1.0)


def _chains(words: Sequence[Word]) -> list[list[int]]:
    """Join each word with its nearest neighbour to the right at the same height, one to one."""
    right: dict[int, int] = {}
    gaps: list[tuple[float, int, int]] = []
    for i, word in enumerate(words):
        for j, other in enumerate(words):
            gap = other.start[0] - word.end[0]
            if i == j or other.start[0] <= word.start[0] or gap < -0.6 * min(word.height, other.height):
                continue
            middle = (word.end[0] + other.start[0]) / 2
            off = abs(_reach(word, middle) - _reach(other, middle))
            if off <= ROW_SLACK * min(word.height, other.height):
                gaps.append((gap + 2 * off, i, j))
    taken: set[int] = set()
    for _, i, j in sorted(gaps):
        if i not in right and j not in taken:
            right[i] = j
            taken.add(j)
    chains = []
    for first in range(len(words)):
        if first not in taken:
            chain = [first]
            while chain[-1] in right:
                chain.append(right[chain[-1]])
            chains.append(chain)
    return chains


def _reach(word: Word, x: float) -> float:
    """Give the word's height at x; a short word's own slope is noise, so it is not drawn on."""
    return word.y_at(x) if word.width > 4 * word.height else word.middle[1]


def _row(words: Sequence[Word], chain: Sequence[int]) -> Row:
    places = tuple((index, character) for index in chain for character in range(len(words[index].text)))
    return Row(tuple(chain), "".join(words[index].text for index in chain), places)
