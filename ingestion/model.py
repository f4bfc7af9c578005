"""What ingestion gives to others: pages with placed lines, and passages with an exact locator."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class LineOrigin(StrEnum):
    """How the words of a line were obtained."""

    TEXT_LAYER = "text_layer"
    OCR = "ocr"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle as shares of the page (0 to 1), origin top left, x0 < x1 and y0 < y1."""

    x0: float
    y0: float
    x1: float
    y1: float

    def __post_init__(self) -> None:
        if not (0 <= self.x0 < self.x1 <= 1 and 0 <= self.y0 < self.y1 <= 1):
            raise ValueError(f"a box must lie on the page and have an area: {self}")


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of text on a page; `confidence` is 1.0 for a text layer, else the engine's own (0 to 1).

    `quad` holds the four corners as shares of the page, clockwise from the reading start, where the engine gives them:
    it carries the tilt that `box` loses.
    """

    text: str
    box: Box
    confidence: float
    origin: LineOrigin
    quad: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a document: its size in pixels (or PDF points), its lines in reading order."""

    number: int
    """1-based."""
    width: float
    height: float
    lines: tuple[TextLine, ...]
    image: bytes | None = None
    """PNG or JPEG of the page as it was seen (re-encoded by us), for evidence; None where the page is only text."""
    has_image: bool = False
    """True when a picture covers a good part of the page although a text layer exists."""


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of an electronic form with its value as filled."""

    name: str
    value: str
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: immutable original by digest, its true media type, its pages."""

    digest: str
    """sha256 of the bytes, lower-case hex."""
    media_type: str
    name: str
    pages: tuple[Page, ...]
    title: str = ""
    form_fields: tuple[FormField, ...] = ()
    metadata: tuple[tuple[str, str], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a source small enough to cite, with the exact place it stands at.

    `id` is stable for the same document, locator and text. `source` is the id of the document it belongs to
    (a guide slug, a source id of the registry, or `digest:` of an archived file); `title` is repeated in every passage
    because it is the largest single gain measured for retrieval. `region` is an administrative code ("430100") or ""
    for the whole country; `valid_from`/`valid_to` bound the days on which it is in force (None: open).
    """

    id: str
    source: str
    title: str
    locator: str
    text: str
    region: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    kind: str = "text"
    digest: str = ""
    """Digest of the archived original that the locator points into; "" where none is held."""
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, with its score; higher is better, comparable only within one result."""

    passage: Passage
    score: float
