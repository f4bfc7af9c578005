"""What the family of the story has in hand: fictitious papers, photographed; one identity card has expired."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from evals.specimens import papers
from evals.specimens.draw import picture
from evals.specimens.model import Paper
from evals.specimens.people import Family, family

SEED = 7


@dataclass(frozen=True, slots=True)
class Photograph:
    """A picture to hand in, and the line it is for."""

    requirement: str
    file: Path


def the_family(on: date) -> Family:
    """Give the family: the child was born last week, the father's household is a family household."""
    return family(SEED, on)


def photographs(folder: Path, on: date) -> tuple[Photograph, ...]:
    """Photograph the papers of the story into `folder`."""
    home = the_family(on)
    expired = replace(home.father, id_expires=on - timedelta(days=40))
    shots: tuple[tuple[str, Paper, str], ...] = (
        ("birth_record", papers.birth_record(home, SEED), "scan"),
        ("marriage_certificate", papers.marriage_certificate(home, SEED), "mild"),
        ("parents_id", papers.id_card_both(home.mother, SEED), "mild"),
        ("parents_id", papers.id_card_back(expired, SEED + 1), "mild"),
    )
    return tuple(_kept(folder, *shot, number) for number, shot in enumerate(shots, 1))


def _kept(folder: Path, requirement: str, paper: Paper, damage: str, number: int) -> Photograph:
    made = picture(paper, damage)
    file = folder / f"照片{number}{Path(made.truth.file).suffix}"
    file.write_bytes(made.data)
    return Photograph(requirement, file)
