"""Pages written down as words with places, so that reading can be tested without a picture."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ingestion.model import Box, LineOrigin, Page, TextLine
from prereview.layout import set_upright
from prereview.model import PageQuality, ReadFile, ReadPage, RecognisedPage
from prereview.profiles import profiles
from prereview.steps.read import read_page

HEIGHT = 40.0
Words = Sequence[tuple[float, float, str]]


class NoOcr:
    """An engine that finds nothing more at a second look."""

    def read(self, image: bytes) -> tuple[TextLine, ...]:
        return ()


class PlainEye:
    """An eye that sees a good page; `ink` is what it finds wherever it looks."""

    def __init__(self, ink: float | None = 0.1, quality: PageQuality | None = None) -> None:
        self._ink = ink
        self._quality = quality or PageQuality(sharpness=0.3, light=230, line_height=HEIGHT)

    def quality(self, image: bytes, line_boxes: Sequence[Box]) -> PageQuality:
        return self._quality

    def ink(self, image: bytes, zone: Box) -> float | None:
        return self._ink

    def without_faint(self, image: bytes) -> bytes:
        return image


def width_of(text: str) -> float:
    return sum(HEIGHT * (0.55 if ord(c) < 0x2E80 else 1.0) for c in text)


def page(
    words: Words,
    size: tuple[float, float] = (1600, 1000),
    *,
    turn: int = 0,
    tilt: float = 0.0,
    confidence: float = 0.99,
    weak: dict[str, float] | None = None,
) -> Page:
    """Make a page of words at (x of the start, y of the middle); turned by quarters clockwise, tilted by degrees."""
    lines = []
    width, height = size
    final = (height, width) if turn in (90, 270) else (width, height)
    for x, y, text in words:
        corners = [
            (x, y - HEIGHT / 2),
            (x + width_of(text), y - HEIGHT / 2),
            (x + width_of(text), y + HEIGHT / 2),
            (x, y + HEIGHT / 2),
        ]
        placed = [_turned(_tilted(corner, tilt, size), turn, size) for corner in corners]
        quad = tuple((min(1.0, max(0.0, a / final[0])), min(1.0, max(0.0, b / final[1]))) for a, b in placed)
        xs, ys = [a for a, _ in quad], [b for _, b in quad]
        sure = (weak or {}).get(text, confidence)
        lines.append(TextLine(text, Box(min(xs), min(ys), max(xs), max(ys)), sure, LineOrigin.OCR, quad))
    return Page(1, final[0], final[1], tuple(lines), image=b"jpeg", has_image=True)


def read(words: Words, *, ink: float | None = 0.1, quality: PageQuality | None = None, **how) -> ReadPage:
    """Read such a page as the pipeline does."""
    return read_page(page(words, **how), ocr=NoOcr(), eye=PlainEye(ink, quality), profiles=profiles())


def document(words: Words, **how) -> RecognisedPage:
    """Read a page that holds one document."""
    (found,) = read(words, **how).documents
    return found


def file(name: str, *pages: ReadPage, requirement: str = "") -> ReadFile:
    return ReadFile(name, f"digest of {name}", "image/jpeg", pages, requirement=requirement)


def fields(found: RecognisedPage) -> dict[str, str]:
    return {field.name: field.value for field in found.fields if field.expected_shape}


def upright(words: Words, **how):
    made = page(words, **how)
    return set_upright(made.lines, made.width, made.height)


def _tilted(point: tuple[float, float], degrees: float, size: tuple[float, float]) -> tuple[float, float]:
    angle = math.radians(degrees)
    x, y = point[0] - size[0] / 2, point[1] - size[1] / 2
    return (
        x * math.cos(angle) - y * math.sin(angle) + size[0] / 2,
        x * math.sin(angle) + y * math.cos(angle) + size[1] / 2,
    )


def _turned(point: tuple[float, float], turn: int, size: tuple[float, float]) -> tuple[float, float]:
    x, y = point
    return {0: (x, y), 90: (size[1] - y, x), 180: (size[0] - x, size[1] - y), 270: (y, size[0] - x)}[turn]
