"""The library's own questions: which bundle, and which of its passages, should be found."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from evals.report import CasesUnavailable


class LibraryCase(BaseModel):
    """One question, the bundle it is about, and the places (section/entry) any of which answers it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ask: str
    bundle: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A case with what was found: bundle and place of every passage, best first."""

    case: LibraryCase
    found: tuple[tuple[str, str], ...]

    @property
    def is_found(self) -> bool:
        """Say whether a right place is among what was found."""
        return any(bundle == self.case.bundle and place in self.case.places for bundle, place in self.found)

    @property
    def is_right_bundle(self) -> bool:
        """Say whether the first passage belongs to the bundle asked about."""
        return bool(self.found) and self.found[0][0] == self.case.bundle


def read_cases(path: Path) -> tuple[LibraryCase, ...]:
    """Read the cases. Raises CasesUnavailable with the file and what is wrong with it."""
    try:
        return TypeAdapter(tuple[LibraryCase, ...]).validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as wrong:
        raise CasesUnavailable(f"{path}: {wrong}") from wrong
