"""What the tests of this room share: pictures of words, the OCR engine, a small archive and library."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from ingestion.adapters.disk_archive import DiskArchive
from ingestion.adapters.lexical_index import LexicalIndex
from ingestion.adapters.rapid_ocr import RapidOcrEngine
from ingestion.adapters.readers import Readers

FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/System/Library/Fonts/PingFang.ttc",
)


def font(size: int) -> ImageFont.FreeTypeFont:
    for path in FONTS:
        if Path(path).is_file():
            return ImageFont.truetype(path, size)
    pytest.fail("a Chinese font is missing: install fonts-noto-cjk", pytrace=False)


def picture_of(words: Sequence[str], size: tuple[int, int] = (800, 500), ink: str = "black") -> Image.Image:
    page = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(page)
    for number, line in enumerate(words):
        pen.text((60, 60 + 110 * number), line, font=font(44), fill=ink)
    return page


def png(page: Image.Image) -> bytes:
    out = io.BytesIO()
    page.save(out, format="PNG")
    return out.getvalue()


@pytest.fixture(scope="session")
def ocr() -> RapidOcrEngine:
    return RapidOcrEngine()


@pytest.fixture(scope="session")
def readers(ocr: RapidOcrEngine) -> Readers:
    return Readers(ocr)


@pytest.fixture(scope="session")
def draw() -> Callable[[Sequence[str]], bytes]:
    return lambda words: png(picture_of(words))


@pytest.fixture
def archive(tmp_path: Path) -> DiskArchive:
    return DiskArchive(tmp_path / "archive")


@pytest.fixture
def library(tmp_path: Path) -> LexicalIndex:
    return LexicalIndex(tmp_path / "library")
