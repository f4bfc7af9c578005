"""Decode pictures within limits and re-encode them, so that nothing but pixels travels on."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps, ImageSequence

from ingestion.adapters.faults import PARSER_FAULTS
from ingestion.model import Limits
from ingestion.ports import DocumentInvalid

warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")  # it narrates every oddity of a file
_FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF")
_BROKEN = DocumentInvalid("truncated", "这张图片不完整，打不开，请重新拍一张或重新导出后再传。")
JPEG_QUALITY = 90
"""High enough that re-encoding costs no reading accuracy; a 12 Mpx photograph stays below 2 MB."""


def read_frames(content: bytes, limits: Limits) -> tuple[Image.Image, ...]:
    """Give every frame of a picture as upright RGB, longest side at most `limits.max_side`.

    EXIF orientation is applied; transparency is laid on white.
    Raises DocumentInvalid: too_many_pixels, too_many_pages, truncated.
    """
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
            frames = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
            if frames > limits.max_pages:
                raise DocumentInvalid("too_many_pages", f"超过 {limits.max_pages} 页，请分成几个文件再传。")
            found: list[Image.Image] = []
            for frame in ImageSequence.Iterator(picture):
                _refuse_large(frame.size, limits)
                found.append(_upright_rgb(frame, limits.max_side))
                if len(found) == frames:
                    break
    except Image.DecompressionBombError as bomb:
        raise too_many_pixels(limits) from bomb
    except PARSER_FAULTS as broken:
        raise _BROKEN from broken
    if not found:
        raise _BROKEN
    return tuple(found)


def open_page(image: bytes) -> Image.Image:
    """Open a page image we made ourselves."""
    try:
        with Image.open(io.BytesIO(image), formats=_FORMATS) as picture:
            return picture.convert("RGB")
    except PARSER_FAULTS as broken:
        raise _BROKEN from broken


def to_jpeg(picture: Image.Image) -> bytes:
    """Encode as JPEG without any metadata of the original."""
    out = io.BytesIO()
    picture.save(out, format="JPEG", quality=JPEG_QUALITY)
    return out.getvalue()


def is_blank(picture: Image.Image) -> bool:
    """Say whether a page is one even colour: nothing to read on it."""
    small = picture.convert("L").resize((64, 64), Image.Resampling.BOX)
    low, high = small.getextrema()
    full_low, full_high = picture.convert("L").getextrema()
    return bool(float(str(high)) - float(str(low)) < 2 and float(str(full_high)) - float(str(full_low)) < 40)


def too_many_pixels(limits: Limits) -> DocumentInvalid:
    """Build the refusal for a picture above the pixel limit."""
    megapixels = limits.max_pixels // 1_000_000
    return DocumentInvalid("too_many_pixels", f"图片太大（超过 {megapixels} 百万像素），请缩小后再传。")


def _refuse_large(size: tuple[int, int], limits: Limits) -> None:
    if size[0] * size[1] > limits.max_pixels:
        raise too_many_pixels(limits)
    if min(size) < 8 or max(size) > 100 * min(size):
        raise DocumentInvalid("too_small", "图片太小或太窄，看不出内容，请重新拍一张。")


def _upright_rgb(frame: Image.Image, max_side: int) -> Image.Image:
    upright = ImageOps.exif_transpose(frame)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        layered = upright.convert("RGBA")
        paper = Image.new("RGBA", layered.size, "white")
        rgb = Image.alpha_composite(paper, layered).convert("RGB")
    elif upright.mode.startswith("I"):
        rgb = upright.point(lambda value: value / 256).convert("L").convert("RGB")
    else:
        rgb = upright.convert("RGB")
    if max(rgb.size) > max_side:
        rgb.thumbnail((max_side, max_side), Image.Resampling.LANCZOS)
    return rgb
