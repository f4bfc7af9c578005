"""Read a page image with RapidOCR 3.10, offline, with the settings that were measured best."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from ingestion.adapters.imaging import open_page
from ingestion.model import Box, LineOrigin, TextLine

MAX_SIDE = 2000
"""Longest side fed to the engine, pixels: larger brings no accuracy, only time."""
DETECTION_SIDE = 960
"""Longest side of the detector's own copy: half the time of full size at equal accuracy."""
CONFIDENT_TURN = 0.9
"""The classifier must be this sure before a line counts as upside down (the engine's own threshold)."""
UPRIGHT_RATIO = 1.5
"""A line this much taller than wide is read as turned by a quarter (the engine's own rule)."""

Quad = tuple[tuple[float, float], ...]


class RapidOcrEngine:
    """Lines with tilted boxes and confidence, in reading order; a blank page gives no lines.

    One engine per process, one thread: it is not meant to be shared between threads.
    The three models lie inside the installed package; their paths are pinned, so nothing is ever downloaded.
    """

    def __init__(self) -> None:
        # Reading its own settings takes the package a second: only the process that reads pages waits for it.
        import rapidocr
        from rapidocr import RapidOCR

        models = Path(rapidocr.__file__).parent / "models"
        self._engine = RapidOCR(
            params={
                "Global.log_level": "error",
                "Global.max_side_len": MAX_SIDE,
                "EngineConfig.onnxruntime.intra_op_num_threads": 1,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                "Det.model_path": str(models / "PP-OCRv6_det_small.onnx"),
                "Det.limit_type": "max",
                "Det.limit_side_len": DETECTION_SIDE,
                "Cls.model_path": str(models / "ch_ppocr_mobile_v2.0_cls_mobile.onnx"),
                "Rec.model_path": str(models / "PP-OCRv6_rec_small.onnx"),
            }
        )

    def read(self, image: bytes) -> tuple[TextLine, ...]:
        """Read a PNG or JPEG; boxes and quads are shares of the image.

        Raises DocumentInvalid when the bytes are not a picture.
        """
        return self._read(open_page(image))

    def read_region_red(self, image: bytes, box: Box) -> tuple[TextLine, ...]:
        """Read one region again on its red channel, where a red seal over black text vanishes.

        Boxes are shares of the whole image, as in `read`.
        """
        picture = open_page(image)
        width, height = picture.size
        crop = picture.crop(
            (int(box.x0 * width), int(box.y0 * height), int(np.ceil(box.x1 * width)), int(np.ceil(box.y1 * height)))
        )
        if min(crop.size) < 4:
            return ()
        red = crop.getchannel("R")
        lines = self._read(Image.merge("RGB", (red, red, red)))
        return tuple(_placed_in(line, box) for line in lines)

    def _read(self, picture: Image.Image) -> tuple[TextLine, ...]:
        from rapidocr.utils.process_img import map_boxes_to_original

        rgb = np.asarray(_within(picture, MAX_SIDE))
        height, width = rgb.shape[:2]
        scaled, record = self._engine.preprocess_img(np.ascontiguousarray(rgb[:, :, ::-1]))
        found, turned, words, _ = self._engine.run_ocr_steps(scaled, record)
        if found.boxes is None or words.txts is None or len(found.boxes) != len(words.txts):
            return ()  # nothing on the page, or nothing of it could be read
        corners = map_boxes_to_original(found.boxes, record, height, width)
        turns = turned.cls_res or [("0", 1.0)] * len(words.txts)
        lines = [
            line
            for quad, text, score, turn in zip(corners, words.txts, words.scores or (), turns, strict=True)
            if score >= self._engine.text_score
            and (line := _line(quad.tolist(), text, float(score), turn, (width, height))) is not None
        ]
        return tuple(lines)


def _within(picture: Image.Image, side: int) -> Image.Image:
    if max(picture.size) <= side:
        return picture
    copy = picture.copy()
    copy.thumbnail((side, side), Image.Resampling.LANCZOS)
    return copy


def _line(
    corners: Sequence[Sequence[float]],
    text: str,
    score: float,
    turn: tuple[str, float],
    size: tuple[int, int],
) -> TextLine | None:
    """Make a line of the engine's box; None for blank text or a box without an area."""
    quad = tuple((_share(x, size[0]), _share(y, size[1])) for x, y in corners)
    xs, ys = [x for x, _ in quad], [y for _, y in quad]
    if not text.strip() or min(xs) >= max(xs) or min(ys) >= max(ys):
        return None
    start = _reading_start(corners, turn)
    return TextLine(
        text=text.strip(),
        box=Box(min(xs), min(ys), max(xs), max(ys)),
        confidence=min(1.0, max(0.0, score)),
        origin=LineOrigin.OCR,
        quad=quad[start:] + quad[:start],
    )


def _reading_start(corners: Sequence[Sequence[float]], turn: tuple[str, float]) -> int:
    """Say which corner (clockwise from top left) the words begin at: tall lines are read from the top right down."""
    (x0, y0), (x1, y1), _, (x3, y3) = corners
    along = float(np.hypot(x1 - x0, y1 - y0))
    across = float(np.hypot(x3 - x0, y3 - y0))
    start = 1 if across >= UPRIGHT_RATIO * along else 0
    upside_down = "180" in turn[0] and turn[1] > CONFIDENT_TURN
    return (start + 2) % 4 if upside_down else start


def _share(value: float, whole: int) -> float:
    return min(1.0, max(0.0, value / whole))


def _placed_in(line: TextLine, region: Box) -> TextLine:
    """Turn shares of a crop into shares of the page it was cut from."""
    width, height = region.x1 - region.x0, region.y1 - region.y0
    box = Box(
        region.x0 + line.box.x0 * width,
        region.y0 + line.box.y0 * height,
        region.x0 + line.box.x1 * width,
        region.y0 + line.box.y1 * height,
    )
    quad = tuple((region.x0 + x * width, region.y0 + y * height) for x, y in line.quad)
    return TextLine(line.text, box, line.confidence, line.origin, quad)
