"""The nouns of a portal's guide as read: typed, in the portal's order, empty words as empty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Waived(StrEnum):
    """How handing in is waived (免提交方式, `mtjfs`)."""

    GENERATED = "1"
    E_CERTIFICATE = "2"
    CHECKED = "3"
    NOT = "4"
    """Concluded: the only value that never comes with words."""
    REUSED = "5"
    UNKNOWN = ""


class FileKind(StrEnum):
    """What an attached file is (`fjbm`)."""

    FLOW_CHART = "100001"
    BLANK = "100002"
    SAMPLE = "100003"
    OTHER = ""


@dataclass(frozen=True, slots=True)
class PortalFile:
    """A file attached to the guide or to a material."""

    name: str
    kind: FileKind


@dataclass(frozen=True, slots=True)
class Said:
    """The portal's own words at a place."""

    locator: str
    text: str


@dataclass(frozen=True, slots=True)
class PortalMaterial:
    """A material as the portal lists it; `kind`, `form` and `source` are codes nobody explains, likely as named."""

    name: str
    bound_name: str
    locator: str
    required: bool
    waived: Waived
    kind: str
    """1 original, 2 copy, 3 both, 4 either (cllx, likely)."""
    form: str
    """1 paper, 2 file, 3 and 4 both or either (clxs, likely)."""
    source: str
    """10 applicant, 20 government, 99 other (cllyqd, likely, with slips)."""
    copies: int
    said: tuple[Said, ...]
    """Instructions, notes, where it comes from, basis: whatever is not empty, in this order."""
    files: tuple[PortalFile, ...]


@dataclass(frozen=True, slots=True)
class PortalMatter:
    """A linked matter; `days` has no unit in the data."""

    name: str
    locator: str
    days: float | None
    result: str


@dataclass(frozen=True, slots=True)
class PortalPoint:
    """A place to go."""

    name: str
    locator: str
    address: str
    hours: str


@dataclass(frozen=True, slots=True)
class PortalGuide:
    """A whole guide. Lists stand in the order of `pxh`; what is out of use is left out."""

    title: str
    code: str
    region: str
    area: str
    list_id: str
    """Id of the regional list, part of the address of its page."""
    updated: date | None
    """Newest change of a material, the day in China."""
    conditions: tuple[Said, ...]
    materials: tuple[PortalMaterial, ...]
    matters: tuple[PortalMatter, ...]
    points: tuple[PortalPoint, ...]
    questions: tuple[tuple[Said, str], ...]
    """Each question with its place, and the answer."""
    fees: tuple[Said, ...]
    files: tuple[PortalFile, ...]
    basic: Mapping[str, str]
    standard: Mapping[str, str]
