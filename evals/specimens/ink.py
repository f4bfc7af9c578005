"""What pens and stamps leave on paper: the specimen mark, ring seals, portraits without a face, waves, a landscape."""

from math import cos, pi, radians, sin
from random import Random

from PIL import Image, ImageChops, ImageDraw

from evals.specimens.fonts import font
from evals.specimens.model import Box

MARK = "样本 SPECIMEN"
_RED = (196, 42, 48)


def mark(image: Image.Image) -> tuple[Box, ...]:
    """Prints the specimen mark over the finished page; every page passes here, there is no way round.

    It darkens light places and leaves writing as it is. Returns the boxes as shares.
    """
    width, height = image.size
    size = max(18, int(min(width, height) * 0.085))
    word = Image.new("L", (int(size * 8.2), int(size * 1.6)), 0)
    ImageDraw.Draw(word).text((word.width // 2, word.height // 2), MARK, 255, font("bold", size), anchor="mm")
    word = word.rotate(24, Image.Resampling.BICUBIC, expand=True)
    word = word.crop(word.getbbox())
    faint = word.point([v * 40 // 255 for v in range(256)])
    boxes: list[Box] = []
    down = max(2, int(height / (word.height * 1.7)))
    across = max(1, int(width / (word.width * 1.1)))
    for row in range(down):
        for column in range(across):
            x = int(width * (column + 0.5) / across - word.width / 2)
            y = int(height * (row + 0.5) / down - word.height / 2)
            under = image.crop((x, y, x + word.width, y + word.height))
            over = Image.composite(Image.new("RGB", word.size, (120, 142, 168)), under, faint)
            image.paste(ImageChops.darker(under, over), (x, y))
            boxes.append((x / width, y / height, (x + word.width) / width, (y + word.height) / height))
    return tuple(boxes)


def seal(image: Image.Image, words: str, centre: tuple[float, float], radius: float, square: bool, rng: Random) -> None:
    """A red stamp, a little turned and unevenly inked: a ring with words on an arc around 样本, or a square."""
    side = int(radius * 2.2)
    tile = Image.new("L", (side, side), 0)
    pen = ImageDraw.Draw(tile)
    middle = side / 2
    weight = max(2, int(radius * 0.06))
    if square:
        pen.rectangle((side * 0.06, side * 0.2, side * 0.94, side * 0.8), outline=255, width=weight)
        half = (len(words) + 1) // 2
        for row, part in enumerate((words[:half], words[half:])):
            size = int(min(side * 0.24, side * 0.84 / max(1, half)))
            pen.text((middle, side * (0.37 + 0.27 * row)), part, 255, font("title", size), anchor="mm")
    else:
        pen.ellipse((middle - radius, middle - radius, middle + radius, middle + radius), outline=255, width=weight)
        pen.text((middle, middle + radius * 0.08), "样本", 255, font("title", int(radius * 0.42)), anchor="mm")
        _arc(tile, words, middle, radius)
    tile = tile.rotate(rng.uniform(-14, 14), Image.Resampling.BICUBIC)
    grain = max(2, side // 6)
    worn = Image.frombytes("L", (grain, grain), rng.randbytes(grain * grain)).resize(
        (side, side), Image.Resampling.BILINEAR
    )
    strength = rng.uniform(0.72, 0.92)
    cover = Image.composite(
        tile, Image.new("L", tile.size, 0), worn.point([255 if v > 60 else 140 for v in range(256)])
    )
    cover = cover.point([int(v * strength) for v in range(256)])
    image.paste(Image.new("RGB", tile.size, _RED), (int(centre[0] - middle), int(centre[1] - middle)), cover)


def _arc(tile: Image.Image, words: str, middle: float, radius: float) -> None:
    spread = min(290.0, 24.0 * len(words))
    size = max(8, int(min(radius * 0.3, radius * 0.74 * radians(spread) / max(1, len(words)) * 1.05)))
    for index, glyph in enumerate(words):
        angle = -90 - spread / 2 + spread * (index + 0.5) / len(words)
        small = Image.new("L", (size * 2, size * 2), 0)
        ImageDraw.Draw(small).text((size, size), glyph, 255, font("title", size), anchor="mm")
        small = small.rotate(-(angle + 90), Image.Resampling.BICUBIC)
        x = middle + radius * 0.76 * cos(radians(angle)) - size
        y = middle + radius * 0.76 * sin(radians(angle)) - size
        tile.paste(255, (int(x), int(y)), small)


def portrait(image: Image.Image, box: tuple[float, float, float, float], couple: bool) -> None:
    """Head-and-shoulder outlines on a plain ground: a place for a face, never a face."""
    pen = ImageDraw.Draw(image)
    x0, y0, x1, y1 = box
    pen.rectangle(box, fill=(205, 214, 224) if not couple else (206, 92, 92))
    count = 2 if couple else 1
    for index in range(count):
        wide = (x1 - x0) / count
        cx, top = x0 + wide * (index + 0.5), y0 + (y1 - y0) * 0.2
        head = min(wide, y1 - y0) * 0.2
        pen.ellipse((cx - head, top, cx + head, top + head * 2.5), fill=(150, 154, 160))
        body = (cx - head * 2.1, top + head * 2.7, cx + head * 2.1, y1 + head * 2)
        pen.chord((*body[:3], min(body[3], 2 * y1 - body[1])), 180, 360, fill=(98, 104, 116))


def waves(image: Image.Image, colour: str, pitch: float) -> None:
    """Thin crossing sine lines like security printing."""
    pen = ImageDraw.Draw(image)
    width, height = image.size
    step = max(8, width // 160)
    for index in range(int(height / pitch) + 4):
        for phase in (0.0, pi):
            points = [
                (x, index * pitch + sin(x / width * 9 * pi + phase) * pitch * 1.6) for x in range(0, width + step, step)
            ]
            pen.line(points, fill=colour, width=1)


def hills(image: Image.Image, rng: Random) -> None:
    """A landscape, for the photograph that was chosen by mistake."""
    pen = ImageDraw.Draw(image)
    width, height = image.size
    for y in range(height):
        pen.line((0, y, width, y), fill=(120 + 110 * y // height, 170 + 60 * y // height, 235))
    pen.ellipse((width * 0.72, height * 0.1, width * 0.82, height * 0.1 + width * 0.1), fill=(255, 236, 170))
    for layer in range(4):
        base = height * (0.45 + 0.13 * layer)
        shift = rng.uniform(0, 6)
        ridge = [
            (
                x,
                base
                + sin(x / width * (5 + layer * 2) + shift) * height * 0.07
                + sin(x / width * 23 + shift) * height * 0.012,
            )
            for x in range(0, width + 9, 8)
        ]
        pen.polygon([*ridge, (width, height), (0, height)], fill=(96 - 18 * layer, 142 - 22 * layer, 92 - 14 * layer))
