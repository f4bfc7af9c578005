"""The drawing engine: puts the parts of a layout on paper and writes down where every value stands."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from PIL import Image, ImageDraw, ImageFont

from evals.specimens import ink, layout
from evals.specimens.fonts import font
from evals.specimens.model import Box, FieldTruth, Paper, SpecimenError

_HOLE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Flat:
    """A page as it left the printer: picture, truths with boxes as shares, boxes of the specimen mark."""

    image: Image.Image
    fields: tuple[FieldTruth, ...]
    marks: tuple[Box, ...]


def draw_flat(paper: Paper) -> Flat:
    """The page of that paper, undamaged; the same paper gives the same pixels on the same fonts."""
    page = layout.pages(paper.kind).get(paper.page)
    if page is None:
        raise SpecimenError(f"{paper.kind} 没有 {paper.page} 页")
    return _Sheet(page, paper).drawn()


class _Sheet:
    def __init__(self, page: layout.Page, paper: Paper) -> None:
        self.paper = paper
        self.values = dict(paper.values)
        self.page = page
        self.rng = Random(f"sheet:{paper.layout}:{paper.seed}")
        self.fill_font = self.rng.choice(page.fill_fonts)
        self.fill_ink = self.rng.choice(page.fill_inks)
        width, height = (round(v * page.scale) for v in page.size)
        self.image = Image.new("RGB", (width, height), page.paper)
        self.pen = ImageDraw.Draw(self.image)
        self.unit = page.scale
        self.origin = (0.0, 0.0)
        self.fields: list[FieldTruth] = []
        self.stamps: list[tuple[layout.Seal, tuple[float, float], float]] = []

    def drawn(self) -> Flat:
        self._all(self.page.parts)
        for stamp, centre, radius in self.stamps:
            ink.seal(self.image, self.values[stamp.seal], centre, radius, stamp.square, self.rng)
        marks = ink.mark(self.image)
        return Flat(self.image, tuple(self.fields), marks)

    def _all(self, parts: Iterable[layout.Part]) -> None:
        for part in parts:
            self._draw(part)

    def _draw(self, part: layout.Part) -> None:
        match part:
            case layout.Text():
                words = self._choose(part.text)
                self._line(words, self._at(part.at), part.size, part.font, part.ink, part.anchor, part.space)
            case layout.Value():
                self._value(part)
            case layout.Grid():
                self._grid(part)
            case layout.Flow():
                self._flow(part)
            case layout.Paste():
                self._paste(part)
            case layout.Seal():
                if self._get(part.seal):
                    self.stamps.append((part, self._at(part.at), part.radius * self.unit))
            case _:
                self._shape(part)

    def _shape(self, part: layout.Rule | layout.Frame | layout.Portrait | layout.Waves | layout.Scene) -> None:
        match part:
            case layout.Rule():
                self.pen.line(self._rect(part.line), self._ink(part.ink), self._pen(part.weight))
            case layout.Frame():
                self.pen.rectangle(self._rect(part.frame), part.fill, self._ink(part.ink), self._pen(part.weight))
            case layout.Portrait():
                ink.portrait(self.image, self._rect(part.portrait), part.couple)
            case layout.Waves():
                ink.waves(self.image, part.waves, part.pitch * self.unit)
            case layout.Scene():
                ink.hills(self.image, self.rng)

    # -- parts ---------------------------------------------------------------------------------------------------

    def _value(self, part: layout.Value) -> None:
        at = self._at(part.at)
        label = self._choose(part.label)
        if label:
            end = self._line(label, at, part.size, "label", "label", "lm", 0.0)[2]
            at = (at[0] + part.gap * self.unit if part.gap is not None else end + 1.2 * self.unit, at[1])
        if part.rule:
            low = at[1] + part.size * 0.72 * self.unit
            self.pen.line((at[0], low, at[0] + part.rule * self.unit, low), self._ink("rule"), self._pen(0.2))
        text = self._get(part.value)
        lines = self._wrap(text, part.font, part.size, part.width, part.space)
        boxes = [
            self._line(
                line,
                (at[0], at[1] + i * part.size * part.leading * self.unit),
                part.size,
                part.font,
                part.ink,
                "lm",
                part.space,
            )
            for i, line in enumerate(lines)
        ]
        self._note(part.value, text, label, boxes)

    def _grid(self, part: layout.Grid) -> None:
        x0, y = self._at(part.at)
        pen = self._pen(0.22)
        for index, row in enumerate(part.grid):
            high = (part.heights[index] if index < len(part.heights) else part.height) * self.unit
            x, column, label = x0, 0, ""
            for cell in row:
                body, span = _span(cell)
                wide = sum(part.widths[column : column + span]) * self.unit
                self.pen.rectangle((x, y, x + wide, y + high), None, self._ink("rule"), pen)
                label = self._cell(part, body, label, (x, y, x + wide, y + high))
                x, column = x + wide, column + span
            y += high

    def _cell(self, part: layout.Grid, body: str, label: str, box: tuple[float, float, float, float]) -> str:
        """Draws one cell and returns the label that stands for the next one."""
        x0, y0, x1, y1 = box
        name = body[1:]
        text = self._get(name) if body.startswith("=") else self._choose(body)
        hand, colour = (part.font, "fill") if body.startswith("=") else ("label", "label")
        if not text:
            return "" if not body.startswith("=") else label
        size, inner = part.size, (x1 - x0) / self.unit - 1.6
        lines = self._wrap(text, hand, size, inner, 0.0)
        while size > part.size * 0.72 and len(lines) * size * 1.3 > (y1 - y0) / self.unit:
            size -= 0.2
            lines = self._wrap(text, hand, size, inner, 0.0)
        left = len(lines) > 1
        top = (y0 + y1) / 2 - (len(lines) - 1) * size * 0.625 * self.unit
        boxes = [
            self._line(
                line,
                (x0 + 0.9 * self.unit if left else (x0 + x1) / 2, top + i * size * 1.25 * self.unit),
                size, hand, colour, "lm" if left else "mm", 0.0,
            )
            for i, line in enumerate(lines)
        ]  # fmt: skip
        if not body.startswith("="):
            return text
        self._note(name, text, label, boxes)
        return label

    def _flow(self, part: layout.Flow) -> None:
        left, y = self._at(part.at)
        x, right = left, left + part.width * self.unit
        pitch = part.size * part.leading * self.unit
        wording = self._choose(part.flow)
        before = ""
        for index, piece in enumerate(_HOLE.split(wording)):
            hole = index % 2 == 1
            text = self._get(piece) if hole else piece
            hand, colour = ("fill", "fill") if hole else (part.font, "label")
            boxes: list[tuple[float, float, float, float]] = []
            run = ""
            start = x
            for glyph in (text or "　　　　") if hole else text:
                wide = 0.0 if glyph == "\n" else self._font(hand, part.size).getlength(glyph)
                if glyph == "\n" or (x + wide > right and glyph not in "，。；、）"):
                    if run:
                        boxes.append(self._run(run, (start, y), part, hand, colour, hole))
                    run, x, y = "", left, y + pitch
                    start = x
                if glyph != "\n":
                    run, x = run + glyph, x + wide
            if run:
                boxes.append(self._run(run, (start, y), part, hand, colour, hole))
            if hole and text:
                self._note(piece, text, before[-12:], boxes)
            before = text

    def _run(
        self, run: str, at: tuple[float, float], part: layout.Flow, hand: str, colour: str, hole: bool
    ) -> tuple[float, float, float, float]:
        box = self._line(run, at, part.size, hand, colour, "lm", 0.0)
        if hole and part.underline:
            low = at[1] + part.size * 0.66 * self.unit
            wide = self._font(hand, part.size).getlength(run)
            self.pen.line((at[0], low, at[0] + wide, low), self._ink("rule"), self._pen(0.18))
        return box

    def _paste(self, part: layout.Paste) -> None:
        other = layout.pages(self.paper.kind)[part.paste]
        keep = (self.page, self.unit, self.origin)
        at = self._at(part.at)
        self.page, self.unit, self.origin = other, self.unit * part.grow, at
        width, height = (v * self.unit for v in other.size)
        box = (at[0], at[1], at[0] + width, at[1] + height)
        self.pen.rounded_rectangle(box, other.corner * self.unit, None, "#9a9aa0", self._pen(0.2))
        self._all(p for p in other.parts if not isinstance(p, layout.Waves | layout.Scene))
        self.page, self.unit, self.origin = keep

    # -- ink -----------------------------------------------------------------------------------------------------

    def _line(
        self, text: str, at: tuple[float, float], size: float, hand: str, colour: str, anchor: str, space: float
    ) -> tuple[float, float, float, float]:
        """Writes one line and returns the box of its ink in pixels."""
        if not text:
            return (at[0], at[1], at[0], at[1])
        face = self._font(hand, size)
        if not space:
            self.pen.text(at, text, self._ink(colour), face, anchor=anchor)
            return self.pen.textbbox(at, text, face, anchor=anchor)
        gap = space * self.unit
        total = sum(face.getlength(g) + gap for g in text) - gap
        x = at[0] - (total / 2 if anchor == "mm" else total if anchor == "rm" else 0)
        boxes = []
        for glyph in text:
            self.pen.text((x, at[1]), glyph, self._ink(colour), face, anchor="lm")
            boxes.append(self.pen.textbbox((x, at[1]), glyph, face, anchor="lm"))
            x += face.getlength(glyph) + gap
        return _union(boxes)

    def _wrap(self, text: str, hand: str, size: float, width: float | None, space: float) -> list[str]:
        if width is None:
            return [text] if text else []
        face, lines, used = self._font(hand, size), [""], 0.0
        for glyph in text:
            wide = 0.0 if glyph == "\n" else face.getlength(glyph) + space * self.unit
            if glyph == "\n" or (used + wide > width * self.unit and lines[-1]):
                lines.append("")
                used = 0.0
            if glyph != "\n":
                lines[-1] += glyph
                used += wide
        return [line for line in lines if line]

    def _note(self, name: str, text: str, label: str, boxes: list[tuple[float, float, float, float]]) -> None:
        if not text or not boxes:
            return
        x0, y0, x1, y1 = _union(boxes)
        width, height = self.image.size
        self.fields.append(FieldTruth(name, text, label, (x0 / width, y0 / height, x1 / width, y1 / height)))

    # -- small -----------------------------------------------------------------------------------------------------

    def _get(self, name: str) -> str:
        if name not in self.values:
            raise SpecimenError(f"{self.paper.layout} needs the value {name!r}")
        return self.values[name]

    def _choose(self, words: str) -> str:
        options = words.split("|")
        return options[0] if len(options) == 1 else self.rng.choice(options)

    def _font(self, hand: str, size: float) -> ImageFont.FreeTypeFont:
        name = {"label": self.page.label_font, "fill": self.fill_font}.get(hand, hand)
        return font(name, max(6, round(size * self.unit)))

    def _ink(self, colour: str) -> str:
        return {"label": self.page.label_ink, "fill": self.fill_ink, "rule": self.page.rule_ink}.get(colour, colour)

    def _pen(self, weight: float) -> int:
        return max(1, int(weight * self.unit))

    def _at(self, point: tuple[float, float]) -> tuple[float, float]:
        return (self.origin[0] + point[0] * self.unit, self.origin[1] + point[1] * self.unit)

    def _rect(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        return (*self._at(box[:2]), *self._at(box[2:]))


def _span(cell: str) -> tuple[str, int]:
    body, at, count = cell.rpartition("@")
    return (body, int(count)) if at else (cell, 1)


def _union(boxes: Iterable[tuple[float, float, float, float]]) -> tuple[float, float, float, float]:
    every = list(boxes)
    return (
        min(b[0] for b in every), min(b[1] for b in every), max(b[2] for b in every), max(b[3] for b in every),
    )  # fmt: skip
