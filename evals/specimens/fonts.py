"""Finds the Chinese fonts of this machine; four hands (hei, song, kai, round) fall back to whatever is there."""

from functools import cache
from pathlib import Path

from PIL import ImageFont

from evals.specimens.model import FontMissing

_ROOTS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".fonts",
    Path.home() / ".local/share/fonts",
    Path("/System/Library/Fonts"),
    Path("/Library/Fonts"),
    Path("C:/Windows/Fonts"),
)
# file name -> index of the simplified Chinese face in it
_FACES: dict[str, tuple[tuple[str, int], ...]] = {
    "hei": (
        ("NotoSansCJK-Regular.ttc", 2),
        ("NotoSansSC-Regular.otf", 0),
        ("wqy-microhei.ttc", 0),
        ("STHeiti Light.ttc", 0),
        ("msyh.ttc", 0),
    ),
    "bold": (("NotoSansCJK-Bold.ttc", 2), ("NotoSansSC-Bold.otf", 0), ("STHeiti Medium.ttc", 0), ("msyhbd.ttc", 0)),
    "song": (
        ("NotoSerifCJK-Regular.ttc", 2),
        ("NotoSerifSC-Regular.otf", 0),
        ("uming.ttc", 0),
        ("Songti.ttc", 0),
        ("simsun.ttc", 0),
    ),
    "title": (("NotoSerifCJK-Bold.ttc", 2), ("NotoSerifSC-Bold.otf", 0), ("Songti.ttc", 1)),
    "kai": (("ukai.ttc", 0), ("Kaiti.ttc", 0), ("simkai.ttf", 0)),
    "round": (("wqy-zenhei.ttc", 0),),
}
_FALLBACK = {
    "hei": ("round", "song", "kai"),
    "bold": ("hei",),
    "song": ("hei",),
    "title": ("song",),
    "kai": ("song",),
    "round": ("hei",),
}


@cache
def _installed() -> dict[str, Path]:
    wanted = {name for faces in _FACES.values() for name, _ in faces}
    return {p.name: p for root in _ROOTS if root.is_dir() for p in sorted(root.rglob("*")) if p.name in wanted}


def _face(hand: str, seen: tuple[str, ...] = ()) -> tuple[Path, int] | None:
    for name, index in _FACES[hand]:
        if name in _installed():
            return _installed()[name], index
    for other in _FALLBACK[hand]:
        if other not in seen and (found := _face(other, (*seen, hand))):
            return found
    return None


@cache
def font(hand: str, pixels: int) -> ImageFont.FreeTypeFont:
    """The font of that hand at that size; raises FontMissing naming the package when no Chinese font is there."""
    found = _face(hand)
    if found is None:
        raise FontMissing("没有找到中文字体，请先安装：apt-get install fonts-noto-cjk（或同类中文字体）")
    return ImageFont.truetype(str(found[0]), pixels, index=found[1])
