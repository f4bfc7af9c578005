"""The kit's front door: papers of a family in, pictures and their truth out."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from random import Random

import cv2
import numpy as np

from evals.specimens import damage as damages
from evals.specimens.model import PageTruth, Paper
from evals.specimens.papers import papers
from evals.specimens.people import family
from evals.specimens.sheet import draw_flat


@dataclass(frozen=True, slots=True)
class Picture:
    """One specimen in memory: the encoded file and everything true about it."""

    data: bytes
    truth: PageTruth


def picture(paper: Paper, damage: str) -> Picture:
    """Draws a page and damages it: PNG when clean, else JPEG.

    The same paper and damage give the same bytes (on the same fonts).
    """
    flat = draw_flat(paper)
    rng = Random(f"damage:{paper.layout}:{paper.seed}:{damage}")
    plan = damages.plan(damage, rng)
    done = damages.apply(np.asarray(flat.image), flat.fields, flat.marks, plan, rng)
    suffix, options = (
        (".png", [cv2.IMWRITE_PNG_COMPRESSION, 4])
        if plan.name == "clean"
        else (".jpg", [cv2.IMWRITE_JPEG_QUALITY, plan.jpeg])
    )
    _, data = cv2.imencode(suffix, cv2.cvtColor(done.picture, cv2.COLOR_RGB2BGR), options)
    tidy = damage.replace(":", "-")
    truth = PageTruth(
        kind=paper.kind,
        page=paper.page,
        seed=paper.seed,
        damage=damage,
        file=f"{paper.kind}-{paper.page}-{paper.seed}-{tidy}{suffix}",
        width=done.picture.shape[1],
        height=done.picture.shape[0],
        fields=done.fields,
        marks=done.marks,
        transform=done.transform,
        readable=plan.readable,
    )
    return Picture(data.tobytes(), truth)


def draw(kind: str, seed: int, damage: str, out: Path, on: date) -> tuple[PageTruth, ...]:
    """Writes every page of that kind for the family of ``seed`` into ``out``, with ``truth.json`` beside them.

    Raises SpecimenError, which names the choices, for an unknown kind or damage, and FontMissing without a font.
    """
    out.mkdir(parents=True, exist_ok=True)
    truths = []
    for paper in papers(kind, family(seed, on)):
        one = picture(paper, damage)
        (out / one.truth.file).write_bytes(one.data)
        truths.append(one.truth)
    write_truth(truths, out / "truth.json")
    return tuple(truths)


def write_truth(truths: Sequence[PageTruth], path: Path) -> None:
    """Writes truths as one JSON list."""
    path.write_text(json.dumps([asdict(t) for t in truths], ensure_ascii=False, indent=1) + "\n", "utf-8")


def reseeded(paper: Paper, seed: int) -> Paper:
    """The same page in other looks (labels, hands, seals)."""
    return replace(paper, seed=seed)
