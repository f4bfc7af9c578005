"""Place the letters of an OFD page: boundaries, matrices and the steps between letters, in millimetres."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from ingestion.adapters.ofd_package import children, tag
from ingestion.adapters.runs import Rect

ABOVE, BELOW = 0.88, 0.12
"""Share of the letter size that stands above and below the base line."""
_MOST_LETTERS = 200_000
_DEPTH = 30

Matrix = tuple[float, float, float, float, float, float]
UNCHANGED: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True, slots=True)
class PlacedText:
    """One run of letters as the file writes it, with its rectangle on the page (left, top, right, bottom)."""

    text: str
    rect: Rect


@dataclass(frozen=True, slots=True)
class PlacedImage:
    """A picture of the file's resources with its rectangle on the page."""

    resource: str
    rect: Rect


def placed(content: etree._Element, depth: int = 0) -> Iterator[PlacedText | PlacedImage]:
    """Give texts and images of a page, layer or annotation in the order they are painted."""
    if depth > _DEPTH:
        return
    for element in content:
        name = tag(element)
        if name == "TextObject":
            yield from _texts(element)
        elif name == "ImageObject":
            box = numbers(element.get("Boundary"))
            if len(box) == 4 and box[2] > 0 and box[3] > 0 and element.get("ResourceID"):
                rect = (box[0], box[1], box[0] + box[2], box[1] + box[3])
                yield PlacedImage(str(element.get("ResourceID")), rect)
        elif name in ("Content", "Layer", "PageBlock", "Appearance", "Annot"):
            yield from placed(element, depth + 1)


def numbers(words: str | None) -> list[float]:
    """Read numbers parted by spaces; what is no finite number is left out."""
    found = []
    for word in (words or "").replace(",", " ").split():
        try:
            value = float(word)
        except ValueError:
            continue
        if math.isfinite(value):
            found.append(value)
    return found


def steps(words: str | None, letters: int) -> list[float]:
    """Read the steps between letters; "g 14 3.175" says fourteen times 3.175."""
    parts = (words or "").split()
    found: list[float] = []
    at = 0
    while at < len(parts) and len(found) < letters:
        if parts[at] == "g" and at + 2 < len(parts):
            times, step = numbers(parts[at + 1]), numbers(parts[at + 2])
            if times and step:
                found.extend([step[0]] * min(int(max(0, times[0])), letters))
            at += 3
        else:
            found.extend(numbers(parts[at]))
            at += 1
    return found[:letters]


def _texts(element: etree._Element) -> Iterator[PlacedText]:
    boundary = numbers(element.get("Boundary"))
    left, top = (boundary[0], boundary[1]) if len(boundary) == 4 else (0.0, 0.0)
    matrix = numbers(element.get("CTM"))
    ctm: Matrix = (matrix[0], matrix[1], matrix[2], matrix[3], matrix[4], matrix[5]) if len(matrix) == 6 else UNCHANGED
    size = (numbers(element.get("Size")) or [3.5])[0]
    wide = size * (numbers(element.get("HScale")) or [1.0])[0]
    x = y = 0.0
    for code in children(element, "TextCode"):
        text = "".join(code.itertext())[:_MOST_LETTERS]
        x = (numbers(code.get("X")) or [x])[0]
        y = (numbers(code.get("Y")) or [y])[0]
        corners = _corners(
            text, (x, y), (steps(code.get("DeltaX"), len(text)), steps(code.get("DeltaY"), len(text))), wide, size
        )
        xs = [ctm[0] * px + ctm[2] * py + ctm[4] + left for px, py in corners]
        ys = [ctm[1] * px + ctm[3] * py + ctm[5] + top for px, py in corners]
        if text.strip():
            yield PlacedText(text, (min(xs), min(ys), max(xs), max(ys)))


def _corners(
    text: str, start: tuple[float, float], step: tuple[Sequence[float], Sequence[float]], wide: float, size: float
) -> list[tuple[float, float]]:
    """Give the corners of all letters: a step that is not written is the width of the letter before."""
    x, y = start
    corners: list[tuple[float, float]] = []
    for number, letter in enumerate(text):
        width = wide / 2 if letter.isascii() else wide
        corners += [(x, y - ABOVE * size), (x + width, y + BELOW * size)]
        if number < len(step[0]):
            x += step[0][number]
        elif not step[1]:
            x += width
        if number < len(step[1]):
            y += step[1][number]
    return corners
