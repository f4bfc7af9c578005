"""A page as a table of labels and what stands beside them."""

from __future__ import annotations

from dataclasses import dataclass

from prereview import fuzzy
from prereview.layout import Row, Sheet, Word
from prereview.profile_model import Side
from prereview.values import plain

Places = tuple[tuple[int, int], ...]

CELL = 1.7
"""A value in a taller cell lies at most this many line heights above or below its label."""
WRAP = 1.9
"""A wrapped line follows the one before it within this many line heights."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text of the sheet, with the place of every character."""

    text: str
    places: Places

    def cut(self, start: int) -> Piece:
        """Give the rest from a character on."""
        return Piece(self.text[start:], self.places[start:])

    def span(self, start: int, end: int) -> Piece:
        """Give a part."""
        return Piece(self.text[start:end], self.places[start:end])


@dataclass(frozen=True, slots=True)
class Hit:
    """A label found: its wording in the profile, where it stands, and where it begins and ends on the page."""

    label: str
    row: int
    start: int
    end: int
    places: Places
    x0: float
    x1: float
    y: float
    height: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Table:
    """The sheet cut at its labels. `free` are pieces that follow no label: wrapped lines, values of taller cells."""

    sheet: Sheet
    hits: tuple[Hit, ...]
    lines: tuple[Piece, ...]
    words: tuple[Piece, ...]
    free: tuple[Piece, ...]
    stream: Piece

    def hits_of(self, labels: tuple[str, ...]) -> tuple[Hit, ...]:
        """Give where one of these labels stands, in reading order."""
        wanted = {plain(label) for label in labels}
        return tuple(hit for hit in self.hits if hit.label in wanted)

    def next_in_row(self, hit: Hit) -> Hit | None:
        """Give the label that follows in the same row."""
        later = [one for one in self.hits if one.row == hit.row and one.start >= hit.end]
        return min(later, key=lambda one: one.start, default=None)

    def after(self, hit: Hit) -> Piece:
        """Give what follows a label in its row, up to the next label."""
        row = self.sheet.rows[hit.row]
        following = self.next_in_row(hit)
        end = following.start if following else len(row.text)
        return Piece(row.text[hit.end : end], row.places[hit.end : end])

    def cell(self, hit: Hit, wrapped: bool) -> Piece:
        """Give what stands in the cell right of a label: its row, and lines above and below that follow no label."""
        following = self.next_in_row(hit)
        limit = following.x0 if following else float("inf")
        pieces = [self.after(hit)] if self.after(hit).text.strip(":： ") else []
        near = [piece for piece in self.free if self._beside(piece, hit, limit)]
        if not pieces and not wrapped:
            near.sort(key=lambda piece: (abs(self._first(piece).middle[1] - hit.y), self._start(piece)[0]))
            return near[0] if near and self._off(near[0], hit) <= 0.9 else Piece("", ())
        return _joined(self.sheet, self._grow(pieces, near, hit))

    def below(self, hit: Hit) -> Piece:
        """Give the free line under a label that overlaps it from left to right."""
        under = [
            piece
            for piece in self.free
            if 0.4 * hit.height < self._first(piece).middle[1] - hit.y < 2.6 * hit.height
            and self._start(piece)[0] < hit.x1 + hit.height
            and self._end(piece)[0] > hit.x0 - hit.height
        ]
        return min(under, key=lambda piece: self._first(piece).middle[1], default=Piece("", ()))

    def _grow(self, pieces: list[Piece], near: list[Piece], hit: Hit) -> list[Piece]:
        """Add lines of the cell as long as one lies close above or below what is there already."""
        grown = True
        while grown:
            grown = False
            for piece in list(near):
                anchors = [self._first(one).middle[1] for one in pieces] or [hit.y]
                reach = WRAP if pieces else CELL
                first = self._first(piece)
                aligned = not pieces or abs(self._start(piece)[0] - self._start(pieces[0])[0]) < 2.5 * hit.height
                step = min(abs(first.middle[1] - y) for y in anchors) / max(hit.height, first.height)
                if aligned and step <= reach:
                    pieces.append(piece)
                    near.remove(piece)
                    grown = True
        return pieces

    def _beside(self, piece: Piece, hit: Hit, limit: float) -> bool:
        """Say whether a free piece stands right of this label, before the next, and nearer to it than to another."""
        x = self._start(piece)[0]
        if not hit.x1 - 0.5 * hit.height <= x < limit:
            return False
        y = self._first(piece).middle[1]
        if abs(y - hit.y) > 4 * hit.height:
            return False
        rivals = [one for one in self.hits if one.x1 - 0.5 * one.height <= x and abs(one.x1 - hit.x1) < 6 * hit.height]
        return all(abs(y - hit.y) <= abs(y - one.y) + 1 or one.x1 < hit.x0 for one in rivals if one is not hit)

    def _off(self, piece: Piece, hit: Hit) -> float:
        return abs(self._first(piece).middle[1] - hit.y) / hit.height

    def _first(self, piece: Piece) -> Word:
        return self.sheet.words[piece.places[0][0]]

    def _start(self, piece: Piece) -> tuple[float, float]:
        return self._first(piece).at(piece.places[0][1])

    def _end(self, piece: Piece) -> tuple[float, float]:
        return self.sheet.words[piece.places[-1][0]].at(piece.places[-1][1] + 1)


def read_table(sheet: Sheet, side: Side) -> Table:
    """Find every label of the side on the sheet and cut the rows at them; longer labels win over shorter ones."""
    labels = sorted({plain(label) for label in _labels(side)}, key=len, reverse=True)
    whole = frozenset(plain(label) for label in side.whole_labels)
    hits: list[Hit] = []
    free: list[Piece] = []
    lines: list[Piece] = []
    for number, row in enumerate(sheet.rows):
        found = _hits(sheet, row, number, labels, whole)
        hits += found
        lines.append(Piece(row.text, row.places))
        first = found[0].start if found else len(row.text)
        free += _words(row, first)
    stream = Piece("".join(row.text for row in sheet.rows), tuple(place for row in sheet.rows for place in row.places))
    words = tuple(
        Piece(word.text, tuple((index, character) for character in range(len(word.text))))
        for index, word in enumerate(sheet.words)
    )
    return Table(sheet, tuple(hits), tuple(lines), words, tuple(free), stream)


def _labels(side: Side) -> list[str]:
    specs = list(side.fields) + (list(side.persons.fields) if side.persons else [])
    labels = [label for spec in specs for label in spec.labels] + list(side.stop_labels)
    labels += [label for blank in side.blanks for label in blank.labels]
    return labels + [start for block in (side.persons.blocks if side.persons else ()) for start in block.starts]


def _hits(sheet: Sheet, row: Row, number: int, labels: list[str], whole: frozenset[str]) -> list[Hit]:
    taken: list[tuple[int, int, str]] = []
    for exactly in (True, False):
        for label in labels:
            for start, end in fuzzy.places(label, row.text):
                split = row.places[start][0] != row.places[end - 1][0]
                if (exactly or split) and row.text[start:end] != label:
                    continue  # a misread label lies within one printed line; across two it is two things
                if label in whole and not _ends(row, end):
                    continue
                if all(end <= a or start >= b for a, b, _ in taken):
                    taken.append((start, end, label))
    taken.sort()
    kept: list[tuple[int, int, str]] = []
    for start, end, label in taken:
        if _begins(row, start, kept):
            kept.append((start, end, label))
    return [make_hit(sheet, number, *one) for one in kept]


def _begins(row: Row, start: int, before: list[tuple[int, int, str]]) -> bool:
    """Say whether a label may begin here: at the start of a printed line, after a sign, or after another label."""
    word, character = row.places[start]
    if character == 0 or not _is_han(row.text[start - 1]):
        return True
    return any(row.places[a][0] == word for a, _, _ in before)


def _ends(row: Row, end: int) -> bool:
    """Say whether nothing but a sign, or another printed line, follows a word."""
    return end >= len(row.text) or row.places[end][1] == 0 or not _is_han(row.text[end])


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def make_hit(sheet: Sheet, number: int, start: int, end: int, label: str) -> Hit:
    """Make a hit of the characters of a row that are a label."""
    places = sheet.rows[number].places[start:end]
    first, last = sheet.words[places[0][0]], sheet.words[places[-1][0]]
    return Hit(
        label=label,
        row=number,
        start=start,
        end=end,
        places=places,
        x0=first.at(places[0][1])[0],
        x1=last.at(places[-1][1] + 1)[0],
        y=first.middle[1],
        height=first.height,
        confidence=min(first.confidence, last.confidence),
    )


def _words(row: Row, end: int) -> list[Piece]:
    """Give the word a row begins with, unless it is a label: a wrapped line, or a value in a taller cell.

    Words further right follow something, perhaps a label the profile does not know, so they are nobody else's.
    """
    length = sum(1 for word, _ in row.places[:end] if word == row.words[0])
    return [Piece(row.text[:length], row.places[:length])] if length else []


def _joined(sheet: Sheet, pieces: list[Piece]) -> Piece:
    """Join the lines of a cell from top to bottom, left to right."""
    ordered = sorted(pieces, key=lambda piece: (round(sheet.words[piece.places[0][0]].middle[1]), piece.places[0]))
    return Piece("".join(piece.text for piece in ordered), tuple(place for piece in ordered for place in piece.places))
