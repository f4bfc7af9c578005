"""Read a photograph or scan: every frame a page, read by OCR."""

from __future__ import annotations

from PIL import Image

from ingestion.adapters.imaging import is_blank, read_frames, to_jpeg
from ingestion.adapters.raw_file import RawFile
from ingestion.model import Document, Limits, Page
from ingestion.ports import OcrEngine


def read_image(file: RawFile, ocr: OcrEngine, limits: Limits) -> Document:
    """Read a picture; a blank one gives a page without lines. Raises DocumentInvalid as `read_frames` does."""
    frames = read_frames(file.content, limits)
    return file.document(pages=[page_of(frame, number, ocr, limits) for number, frame in enumerate(frames, 1)])


def page_of(
    picture: Image.Image, number: int, ocr: OcrEngine, limits: Limits, size: tuple[float, float] | None = None
) -> Page:
    """Read one picture as a page; `size` is the page's own size where it differs from the picture's pixels."""
    encoded = to_jpeg(picture)
    width, height = size or picture.size
    return Page(
        number=number,
        width=width,
        height=height,
        lines=() if is_blank(picture) else ocr.read(encoded),
        image=encoded if limits.keep_images else None,
        has_image=True,
    )
