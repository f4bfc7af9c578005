"""The nouns of the drawing kit: what was drawn, where it stands, what was done to it."""

from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 as shares of the picture's width and height."""

Matrix = tuple[tuple[float, float, float], tuple[float, float, float], tuple[float, float, float]]


class SpecimenError(Exception):
    """The kit cannot draw what was asked; the message says what to do."""


class FontMissing(SpecimenError):
    """No Chinese font is installed; the message names the package."""


@dataclass(frozen=True, slots=True)
class FieldTruth:
    """One value on a page: its name, the value as printed, the label beside it, its box, and whether it can be seen."""

    name: str
    value: str
    label: str
    box: Box
    visible: bool = True


@dataclass(frozen=True, slots=True)
class PageTruth:
    """All that is known of one picture. ``transform`` maps shares of the flat paper to shares of the picture."""

    kind: str
    page: str
    seed: int
    damage: str
    file: str
    width: int
    height: int
    fields: tuple[FieldTruth, ...]
    marks: tuple[Box, ...]
    transform: Matrix
    readable: bool

    def field(self, name: str) -> FieldTruth:
        """The field of that name; KeyError if the page has none."""
        for one in self.fields:
            if one.name == name:
                return one
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Paper:
    """One page to draw: the layout page, its values (an empty one is left blank), the seed of its looks."""

    kind: str
    page: str
    values: tuple[tuple[str, str], ...]
    seed: int

    @property
    def layout(self) -> str:
        """``kind/page``, the key of the layout."""
        return f"{self.kind}/{self.page}"

    def but(self, **changes: str) -> "Paper":
        """The same page with some values replaced; an unknown name is an error."""
        known = dict(self.values)
        unknown = set(changes) - set(known)
        if unknown:
            raise SpecimenError(f"{self.layout} has no value {sorted(unknown)}")
        return Paper(self.kind, self.page, tuple({**known, **changes}.items()), self.seed)


@dataclass(frozen=True, slots=True)
class Damage:
    """What happens to a page between desk and file. Lengths are pixels of the flat page, angles degrees.

    ``blur_lines`` and ``motion_lines`` are shares of the height of a line of writing, ``line_pixels`` the height in
    pixels a line is shrunk to: so a fault is as bad on a card as on a sheet.
    """

    name: str
    turn: int = 0
    rotation: float = 0.0
    perspective: float = 0.0
    margin: float = 0.0
    background: int | None = None
    blur: float = 0.0
    exposure: float = 1.0
    shade: float = 0.0
    warmth: float = 0.0
    noise: float = 0.0
    glare: tuple[str, ...] = ()
    spots: int = 0
    finger: tuple[str, ...] = ()
    crop: tuple[str, float] | None = None
    blur_lines: float = 0.0
    motion_lines: float = 0.0
    line_pixels: float | None = None
    jpeg: int = 92
    readable: bool = True
