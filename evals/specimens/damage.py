"""What a phone, a table and a hurry do to a page. Levels and single faults; the truth boxes travel with the picture.

Levels: clean, scan, mild, moderate, severe, turned90, turned180, turned270.
Faults: blurred, motion, dark, small, cropped (a side), glare:FIELD, finger:FIELD.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

import cv2
import numpy as np
import numpy.typing as npt

from evals.specimens.model import Box, Damage, FieldTruth, Matrix, SpecimenError

Pixels = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]

LEVELS = ("clean", "scan", "mild", "moderate", "severe", "turned90", "turned180", "turned270")
FAULTS = ("blurred", "motion", "dark", "small", "cropped", "glare:FIELD", "finger:FIELD")
USABLE = ("clean", "scan", "mild", "moderate", "turned90", "turned180", "turned270")


@dataclass(frozen=True, slots=True)
class Damaged:
    """The picture after damage, the boxes on it, and the map from shares of the page to shares of the picture."""

    picture: Pixels
    fields: tuple[FieldTruth, ...]
    marks: tuple[Box, ...]
    transform: Matrix


def plan(name: str, rng: Random) -> Damage:
    """The damage of that name with its numbers drawn from ``rng``; SpecimenError for an unknown name."""
    if name == "clean":
        return Damage(name)
    if name == "scan":
        return Damage(
            name,
            rotation=rng.uniform(-0.8, 0.8),
            margin=rng.uniform(0.0, 0.02),
            noise=rng.uniform(1, 3),
            jpeg=rng.randint(80, 92),
        )
    if name == "moderate":
        return Damage(
            name, rotation=rng.uniform(-7, 7), perspective=rng.uniform(0.02, 0.055), margin=rng.uniform(0.04, 0.09),
            background=rng.randrange(4), blur=rng.uniform(0.5, 1.1), exposure=rng.uniform(0.68, 0.95),
            shade=rng.uniform(0.1, 0.3),
            warmth=rng.uniform(-0.06, 0.08), noise=rng.uniform(4, 8), jpeg=rng.randint(62, 80),
        )  # fmt: skip
    if name == "severe":
        return Damage(
            name, rotation=rng.uniform(-12, 12), perspective=rng.uniform(0.04, 0.08), margin=0.08,
            background=rng.randrange(4),
            blur=rng.uniform(2.6, 4.2), exposure=rng.uniform(0.32, 0.6), shade=rng.uniform(0.4, 0.6), noise=16,
            spots=1,
            warmth=rng.uniform(-0.1, 0.1), jpeg=rng.randint(38, 55), readable=False,
        )  # fmt: skip
    mild = Damage(
        name, rotation=rng.uniform(-2.5, 2.5), perspective=rng.uniform(0.004, 0.02), margin=rng.uniform(0.03, 0.08),
        background=rng.randrange(4), blur=rng.uniform(0.0, 0.6), exposure=rng.uniform(0.88, 1.04),
        shade=rng.uniform(0.02, 0.14),
        warmth=rng.uniform(-0.03, 0.05), noise=rng.uniform(2, 4), jpeg=rng.randint(80, 92),
    )  # fmt: skip
    kind, _, target = name.partition(":")
    if kind == "glare" and target:
        return replace(mild, glare=(target,))
    if kind == "finger" and target:
        return replace(mild, finger=(target,))
    single = {
        "mild": mild,
        "turned90": replace(mild, turn=90),
        "turned180": replace(mild, turn=180),
        "turned270": replace(mild, turn=270),
        "blurred": replace(mild, blur_lines=rng.uniform(0.24, 0.28), readable=False),
        "motion": replace(mild, motion_lines=rng.uniform(1.0, 1.3), readable=False),
        "dark": replace(mild, exposure=rng.uniform(0.018, 0.026), noise=5, readable=False),
        "small": replace(mild, line_pixels=rng.uniform(4.4, 5.2), readable=False),
        "cropped": replace(mild, crop=(rng.choice(("left", "right", "bottom")), rng.uniform(0.38, 0.46)), margin=0.05),
    }
    if name not in single:
        raise SpecimenError(f"不认识的损伤：{name}（可选：{'、'.join((*LEVELS, *FAULTS))}）")
    return single[name]


def apply(flat: Pixels, fields: Sequence[FieldTruth], marks: Sequence[Box], damage: Damage, rng: Random) -> Damaged:
    """The page (RGB) as the camera saw it.

    Boxes are axis-parallel hulls of the moved corners; what left the frame or was wiped out is marked invisible.
    """
    noise = np.random.default_rng(rng.randrange(2**32))
    shown = flat.astype(np.float32)
    hidden: set[str] = set()
    for name in damage.finger:
        hidden |= _finger(shown, _box(fields, name), fields, rng)
    if damage.name == "clean":
        return Damaged(flat, tuple(fields), tuple(marks), ((1, 0, 0), (0, 1, 0), (0, 0, 1)))
    height, width = flat.shape[:2]
    matrix, size = _camera(width, height, damage, rng)
    table = _table(size, damage.background, noise)
    cover = np.asarray(cv2.warpPerspective(np.ones((height, width), np.float32), matrix, size), np.float32)
    if damage.background is not None:
        _shadow(table, cover)
    inside = cover[..., None]
    picture = cv2.warpPerspective(shown, matrix, size, flags=cv2.INTER_AREA) * inside + table * (1 - inside)
    spots = [_moved(_box(fields, name), matrix, (width, height), size) for name in damage.glare]
    stray = [_anywhere(rng) for _ in range(damage.spots)]
    picture = _light(picture, damage, rng)
    for spot in (*spots, *stray):
        _glare(picture, spot)
    line = _line_height(fields, height)
    picture = _lens(picture, damage, line, rng)
    picture += noise.normal(0, damage.noise, picture.shape[:2]).astype(np.float32)[..., None]
    if damage.warmth:
        picture *= np.array([1 + damage.warmth, 1, 1 - damage.warmth], np.float32)
    matrix, result = _frame(np.clip(picture, 0, 255).astype(np.uint8), matrix, damage, line)
    out = (result.shape[1], result.shape[0])

    def moved(box: Box) -> Box:
        return _moved(box, matrix, (width, height), out)

    glared = [moved(_box(fields, name)) for name in damage.glare] + stray
    told = tuple(_seen(f, moved(f.box), f.name in hidden, glared) for f in fields)
    scale_in, scale_out = np.diag([width, height, 1.0]), np.diag([1 / out[0], 1 / out[1], 1.0])
    whole = scale_out @ matrix @ scale_in
    rows = tuple(tuple(float(v) for v in row) for row in whole)
    return Damaged(result, told, tuple(_clip(moved(b)) for b in marks), rows)  # type: ignore[arg-type]


def _camera(width: int, height: int, damage: Damage, rng: Random) -> tuple[npt.NDArray[np.float64], tuple[int, int]]:
    """The homography from page to picture pixels and the picture's size: rotation, perspective, a margin of table."""
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64)
    centre = corners.mean(axis=0)
    angle = np.deg2rad(damage.rotation)
    spin = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    target = (corners - centre) @ spin.T
    reach = damage.perspective * min(width, height)
    target += np.array([[rng.uniform(-reach, reach), rng.uniform(-reach, reach)] for _ in range(4)])
    border = damage.margin * min(width, height) * 1.4
    target -= target.min(axis=0) - border
    size = target.max(axis=0) + border
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), target.astype(np.float32))
    return np.asarray(matrix, np.float64), (int(size[0]), int(size[1]))


def _table(size: tuple[int, int], kind: int | None, noise: np.random.Generator) -> Floats:
    """A background: scanner white, wood, dark cloth, grey desk, or light oak."""
    width, height = size
    if kind is None:
        return np.full((height, width, 3), 250, np.float32)
    base = np.array(((126, 88, 56), (52, 56, 66), (136, 138, 140), (186, 156, 118))[kind], np.float32)
    grain = (6, height // 3) if kind in (0, 3) else (width // 3, height // 3)
    rough = noise.normal(0, 1, (max(2, grain[1]), max(2, grain[0]))).astype(np.float32)
    field = cv2.resize(rough, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(base + field[..., None] * (9, 5, 5, 9)[kind], np.float32)


def _shadow(table: Floats, inside: Floats) -> None:
    """The soft shadow a sheet throws on the table."""
    small = cv2.resize(inside, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(np.roll(small, (2, 2), (0, 1)), (0, 0), 3)
    table *= 1 - 0.45 * cv2.resize(soft, (table.shape[1], table.shape[0]))[..., None]


def _light(picture: Floats, damage: Damage, rng: Random) -> Floats:
    height, width = picture.shape[:2]
    angle = rng.uniform(0, 2 * np.pi)
    across = np.linspace(-0.5, 0.5, width, dtype=np.float32)[None, :] * np.cos(angle)
    down = np.linspace(-0.5, 0.5, height, dtype=np.float32)[:, None] * np.sin(angle)
    return np.asarray(picture * (damage.exposure * (1 - damage.shade * (0.5 + across + down)))[..., None], np.float32)


def _glare(picture: Floats, spot: Box) -> None:
    """A lamp's reflection that wipes out the spot and fades around it."""
    height, width = picture.shape[:2]
    cx, cy = (spot[0] + spot[2]) / 2 * width, (spot[1] + spot[3]) / 2 * height
    rx = (spot[2] - spot[0]) / 2 * width * 1.15 + 0.02 * width
    ry = max((spot[3] - spot[1]) / 2 * height * 1.5, 0.035 * min(width, height))
    y, x = np.ogrid[:height, :width]
    far = ((x - cx) / rx) ** 4 + ((y - cy) / ry) ** 4
    glow = np.clip(1.35 - 0.5 * far, 0, 1).astype(np.float32)[..., None]
    picture += (262 - picture) * glow


def _finger(page: Floats, target: Box, fields: Sequence[FieldTruth], rng: Random) -> set[str]:
    """Lays a thumb from the nearer side over the target; returns the names of the fields under it."""
    height, width = page.shape[:2]
    x0, y0, x1, y1 = target[0] * width, target[1] * height, target[2] * width, target[3] * height
    thick = max((y1 - y0) * 2.2, 0.08 * min(width, height))
    middle = int((y0 + y1) / 2)
    near_left = x0 < width - x1
    tip = int(x1 + thick * 0.2) if near_left else int(x0 - thick * 0.2)
    tail = int(-thick) if near_left else int(width + thick)
    mask = np.zeros((height, width), np.float32)
    cv2.line(mask, (tail, middle + int(thick * 0.1)), (tip, middle), 1.0, int(thick))
    soft = cv2.GaussianBlur(mask, (0, 0), 3)[..., None]
    tone = np.array([218, 170, 142], np.float32) * rng.uniform(0.85, 1.02)
    across = np.abs(np.arange(height, dtype=np.float32) - middle)[:, None, None] / max(1.0, thick / 2)
    page += (tone * (1.05 - 0.28 * np.clip(across, 0, 1) ** 2) - page) * soft
    return {f.name for f in fields if _shadowed(mask, f.box)}


def _shadowed(mask: Floats, box: Box) -> bool:
    height, width = mask.shape
    part = mask[int(box[1] * height) : int(box[3] * height) + 1, int(box[0] * width) : int(box[2] * width) + 1]
    return bool(part.size and part.mean() > 0.15)


def _line_height(fields: Sequence[FieldTruth], height: int) -> float:
    """The height of a line of writing in pixels of the page (values that wrap are outvoted)."""
    return float(np.median([(f.box[3] - f.box[1]) * height for f in fields])) if fields else 0.02 * height


def _lens(picture: Floats, damage: Damage, line: float, rng: Random) -> Floats:
    blur, reach = damage.blur + damage.blur_lines * line, int(damage.motion_lines * line)
    if blur > 0.2:
        picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), blur), np.float32)
    if reach:
        kernel = np.zeros((reach, reach), np.float32)
        kernel[reach // 2] = 1 / reach
        turn = cv2.getRotationMatrix2D((reach / 2, reach / 2), rng.uniform(20, 70), 1)
        streak = cv2.warpAffine(kernel, turn, (reach, reach))
        picture = np.asarray(cv2.filter2D(picture, -1, streak / streak.sum()), np.float32)
    return picture


def _frame(
    picture: Pixels, matrix: npt.NDArray[np.float64], damage: Damage, line: float
) -> tuple[npt.NDArray[np.float64], Pixels]:
    """Cuts, shrinks and turns the picture, and carries the homography along."""
    height, width = picture.shape[:2]
    if damage.crop:
        side, share = damage.crop
        x0 = int(width * share) if side == "left" else 0
        x1 = int(width * (1 - share)) if side == "right" else width
        y1 = int(height * (1 - share)) if side == "bottom" else height
        picture = picture[:y1, x0:x1]
        matrix = np.array([[1, 0, -x0], [0, 1, 0], [0, 0, 1.0]]) @ matrix
    if damage.line_pixels:
        small = damage.line_pixels / line
        picture = np.asarray(cv2.resize(picture, None, fx=small, fy=small, interpolation=cv2.INTER_AREA), np.uint8)
        matrix = np.diag([small, small, 1]) @ matrix
    height, width = picture.shape[:2]
    turns = {
        90: (cv2.ROTATE_90_CLOCKWISE, [[0, -1, height], [1, 0, 0], [0, 0, 1]]),
        180: (cv2.ROTATE_180, [[-1, 0, width], [0, -1, height], [0, 0, 1]]),
        270: (cv2.ROTATE_90_COUNTERCLOCKWISE, [[0, 1, 0], [-1, 0, width], [0, 0, 1]]),
    }
    if damage.turn:
        code, step = turns[damage.turn]
        picture = np.asarray(cv2.rotate(picture, code), np.uint8)
        matrix = np.array(step, np.float64) @ matrix
    return matrix, np.ascontiguousarray(picture)


def _moved(box: Box, matrix: npt.NDArray[np.float64], page: tuple[int, int], out: tuple[int, int]) -> Box:
    corners = np.array([[x * page[0], y * page[1], 1.0] for x in box[::2] for y in box[1::2]]) @ matrix.T
    flat = corners[:, :2] / corners[:, 2:]
    low, high = flat.min(axis=0) / out, flat.max(axis=0) / out
    return (float(low[0]), float(low[1]), float(high[0]), float(high[1]))


def _seen(field: FieldTruth, box: Box, covered: bool, glared: Sequence[Box]) -> FieldTruth:
    area = (box[2] - box[0]) * (box[3] - box[1])
    inside = _overlap(box, (0, 0, 1, 1)) >= 0.98 * area
    lost = covered or not inside or any(_overlap(box, g) > 0.3 * area for g in glared)
    return replace(field, box=_clip(box), visible=not lost)


def _overlap(a: Box, b: Box) -> float:
    return max(0.0, min(a[2], b[2]) - max(a[0], b[0])) * max(0.0, min(a[3], b[3]) - max(a[1], b[1]))


def _clip(box: Box) -> Box:
    x0, y0, x1, y1 = (min(1.0, max(0.0, v)) for v in box)
    return (x0, y0, x1, y1)


def _anywhere(rng: Random) -> Box:
    x, y = rng.uniform(0.15, 0.65), rng.uniform(0.15, 0.65)
    return (x, y, x + 0.2, y + 0.15)


def _box(fields: Sequence[FieldTruth], name: str) -> Box:
    for one in fields:
        if one.name == name:
            return one.box
    raise SpecimenError(f"这一页上没有 {name}（有：{'、'.join(f.name for f in fields)}）")
