"""Layouts are data: one YAML file per kind of paper, pages made of placed parts. Lengths are millimetres of the paper.

Wherever a text is printed, ``a|b|c`` offers wordings of which one is drawn; ``{name}`` inside a flow is a value.
"""

from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, RootModel, ValidationError

from evals.specimens.model import SpecimenError

_HERE = Path(__file__).with_name("layouts")

Point = tuple[float, float]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(_Part):
    """Printed words at a point (``anchor`` as in Pillow: lm = left middle)."""

    text: str
    at: Point
    size: float = 3.4
    font: str = "label"
    ink: str = "label"
    anchor: Literal["lm", "mm", "rm"] = "lm"
    space: float = 0.0


class Value(_Part):
    """A value at a point, with an optional label before it; wraps at ``width``."""

    value: str
    at: Point
    label: str = ""
    gap: float | None = None
    size: float = 3.4
    font: str = "fill"
    ink: str = "fill"
    width: float | None = None
    leading: float = 1.35
    space: float = 0.0
    rule: float | None = None


class Grid(_Part):
    """A ruled table. Cells: ``a|b`` a label, ``=name`` a value; ``@n`` at the end spans n columns."""

    grid: tuple[tuple[str, ...], ...]
    at: Point
    widths: tuple[float, ...]
    height: float = 8.0
    heights: tuple[float, ...] = ()
    size: float = 3.4
    font: str = "fill"


class Flow(_Part):
    """Running text with values in it, wrapped at ``width``."""

    flow: str
    at: Point
    width: float
    size: float = 4.0
    leading: float = 1.7
    font: str = "label"
    underline: bool = True


class Rule(_Part):
    """A straight line."""

    line: tuple[float, float, float, float]
    weight: float = 0.25
    ink: str = "rule"


class Frame(_Part):
    """A rectangle, filled or not."""

    frame: tuple[float, float, float, float]
    weight: float = 0.3
    ink: str = "rule"
    fill: str | None = None


class Seal(_Part):
    """A red ring with the words of the value ``seal``; an empty value draws none."""

    seal: str
    at: Point
    radius: float = 18.0
    square: bool = False


class Portrait(_Part):
    """A grey outline where a photograph of a person would be."""

    portrait: tuple[float, float, float, float]
    couple: bool = False


class Waves(_Part):
    """Fine guilloche lines over the whole paper."""

    waves: str
    pitch: float = 1.1


class Paste(_Part):
    """Another page of the same file, drawn smaller or larger at a point."""

    paste: str
    at: Point
    grow: float = 1.0


class Scene(_Part):
    """A picture that is no document."""

    scene: Literal["hills"]


Part = Text | Value | Grid | Flow | Rule | Frame | Seal | Portrait | Waves | Paste | Scene


class Page(_Part):
    """One side or page: size in millimetres, pixels per millimetre, paper and ink colours, parts from back to front."""

    size: Point
    scale: float
    paper: str = "#fcfcfa"
    label_font: str = "song"
    label_ink: str = "#1c1c20"
    fill_fonts: tuple[str, ...] = ("hei", "song", "kai")
    fill_inks: tuple[str, ...] = ("#101014",)
    rule_ink: str = "#2a2a2e"
    corner: float = 0.0
    parts: tuple[Part, ...]


class Pages(RootModel[dict[str, Page]]):
    """The pages of one kind, by name."""


@cache
def pages(kind: str) -> dict[str, Page]:
    """The pages of a kind in the order of its file; SpecimenError for an unknown kind or a wrong file."""
    path = _HERE / f"{kind}.yaml"
    if not path.is_file():
        raise SpecimenError(f"不认识的样张种类：{kind}（可选：{'、'.join(kinds())}）")
    try:
        return Pages.model_validate(yaml.safe_load(path.read_text("utf-8"))).root
    except ValidationError as error:
        raise SpecimenError(f"{path.name}: {error}") from error


def kinds() -> tuple[str, ...]:
    """Every kind of paper that can be drawn."""
    return tuple(sorted(p.stem for p in _HERE.glob("*.yaml")))
