"""Look at the pixels of a page with OpenCV: sharpness, light, cut edges, glare, ink, and what faint print hides."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from ingestion.model import Box
from prereview.model import Edge, PageQuality

Grey = NDArray[np.uint8]

GATE_SIDE = 1000
"""Quality is measured at this size: full size costs a third of a second more and tells nothing new."""
EDGE_CONTRAST = 40
"""Grey levels between paper and stroke from which an edge is strong."""
PAPER_SIDE = 320
CUT_SHARE = 0.45
"""A paper that touches this share of a border, but not all four borders, runs off the picture there."""
WHITE_PAPER = 232.0
INK_DEPTH = 0.72
"""A stroke is darker than this share of the paper around it."""
FAINT, DARK = 0.62, 0.25
"""Shares of the paper's brightness: above the first all turns white, below the second black. Watermarks lie above."""


class PageEye:
    """Measures page images; holds no state. A picture that cannot be decoded measures as nothing."""

    def quality(self, image: bytes, line_boxes: Sequence[Box]) -> PageQuality:
        """Measure how well the page can be read."""
        colour = _decode(image)
        if colour is None:
            return PageQuality()
        height = colour.shape[0]
        scale = min(1.0, GATE_SIDE / max(colour.shape[:2]))
        small = colour
        if scale < 1:
            small = cv2.resize(colour, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA).astype(
                np.uint8, copy=False
            )
        grey = _grey(small)
        heights = [(box.y1 - box.y0) * height for box in line_boxes]
        return PageQuality(
            sharpness=_sharpness(grey),
            light=float(np.percentile(grey, 90)),
            line_height=median(heights) if heights else None,
            cut=_cut(small),
            glare=_glare(grey),
        )

    def ink(self, image: bytes, zone: Box) -> float | None:
        """Give the share of pen strokes in a zone; None where the zone is too small or too dark to judge."""
        colour = _decode(image)
        if colour is None:
            return None
        height, width = colour.shape[:2]
        part = colour[int(zone.y0 * height) : int(zone.y1 * height), int(zone.x0 * width) : int(zone.x1 * width)]
        if min(part.shape[:2]) < 8:
            return None
        grey = part.min(axis=2)  # the darkest channel keeps blue and red ink
        paper = float(np.percentile(grey, 80))
        if paper < 60:
            return None
        strokes = (grey < INK_DEPTH * paper).astype(np.uint8)
        rules = _long_lines(strokes)
        strokes[rules > 0] = 0
        return float(strokes.mean())

    def without_faint(self, image: bytes) -> bytes:
        """Give the page with faint print taken away; the bytes themselves where they cannot be decoded."""
        colour = _decode(image)
        if colour is None:
            return image
        grey = _grey(colour)
        small = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
        paper = cv2.medianBlur(cv2.dilate(small, np.ones((9, 9), np.uint8)), 31)
        paper = cv2.resize(paper, (grey.shape[1], grey.shape[0]))
        share = grey.astype(np.float32) / np.maximum(paper, 1)
        clear = np.clip((share - DARK) / (FAINT - DARK), 0, 1) * 255
        done, encoded = cv2.imencode(".png", clear.astype(np.uint8))
        return encoded.tobytes() if done else image


def _decode(image: bytes) -> NDArray[np.uint8] | None:
    decoded = cv2.imdecode(np.frombuffer(image, np.uint8), cv2.IMREAD_COLOR)
    return None if decoded is None else decoded.astype(np.uint8, copy=False)


def _grey(colour: NDArray[np.uint8]) -> Grey:
    return cv2.cvtColor(colour, cv2.COLOR_BGR2GRAY).astype(np.uint8, copy=False)


def _sharpness(grey: Grey) -> float | None:
    """Give how steep strong edges are against their own contrast: blur flattens them, darkness does not."""
    kernel = np.ones((5, 5), np.uint8)
    contrast = cv2.dilate(grey, kernel).astype(np.float32) - cv2.erode(grey, kernel)
    across = cv2.Sobel(grey, cv2.CV_32F, 1, 0, ksize=3) / 8
    down = cv2.Sobel(grey, cv2.CV_32F, 0, 1, ksize=3) / 8
    strong = contrast > min(EDGE_CONTRAST, 0.35 * float(np.percentile(grey, 90)) + 1)
    if int(strong.sum()) < 200:
        return None
    steep = np.hypot(across, down)[strong] / contrast[strong]
    return float(np.percentile(steep, 75))


def _cut(small: NDArray[np.uint8]) -> tuple[Edge, ...]:
    """Name the borders that the sheet runs off: only where a sheet stands out against what it lies on."""
    scale = PAPER_SIDE / max(small.shape[:2])
    tiny = cv2.GaussianBlur(cv2.resize(small, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), (7, 7), 0)
    grey = _grey(tiny.astype(np.uint8))
    level, mask = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    if float(grey[mask > 0].mean() if (mask > 0).any() else 0) - level < 8:
        return ()
    mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return ()
    largest = max(outlines, key=cv2.contourArea)
    if cv2.contourArea(largest) < 0.15 * mask.size:
        return ()
    sheet = np.zeros_like(mask)
    cv2.drawContours(sheet, [largest], -1, 255, cv2.FILLED)
    borders = {Edge.TOP: sheet[1], Edge.BOTTOM: sheet[-2], Edge.LEFT: sheet[:, 1], Edge.RIGHT: sheet[:, -2]}
    touched = tuple(edge for edge, border in borders.items() if float((border > 0).mean()) > CUT_SHARE)
    return touched if len(touched) < 4 else ()


def _glare(grey: Grey) -> tuple[Box, ...]:
    """Find spots of pure white light in darker surroundings; on paper as white as light nobody can tell."""
    if float(np.median(grey)) > WHITE_PAPER:
        return ()
    white = (cv2.GaussianBlur(grey, (9, 9), 0) >= 250).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(white)
    height, width = grey.shape
    found = []
    for x, y, w, h, area in stats[1:count]:
        if not 0.004 * grey.size < area < 0.2 * grey.size or area < 0.45 * w * h:
            continue
        margin = max(4, min(w, h) // 4)
        ring = grey[max(0, y - margin) : y + h + margin, max(0, x - margin) : x + w + margin]
        outside = ring[ring < 250]
        if outside.size > 0.15 * ring.size and float(np.median(outside)) < 238:
            found.append(Box(x / width, y / height, min(1.0, (x + w) / width), min(1.0, (y + h) / height)))
    return tuple(found)


def _long_lines(strokes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Find printed rules in a zone, across and down (a turned page has them down)."""
    height, width = strokes.shape
    across = cv2.morphologyEx(strokes, cv2.MORPH_OPEN, np.ones((1, max(8, int(0.45 * width))), np.uint8))
    down = cv2.morphologyEx(strokes, cv2.MORPH_OPEN, np.ones((max(8, int(0.9 * height)), 1), np.uint8))
    return cv2.dilate(cv2.bitwise_or(across, down), np.ones((3, 3), np.uint8)).astype(np.uint8, copy=False)
