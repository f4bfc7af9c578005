"""The national lists of key matters by batch, and how much of them is covered here: never a name nobody confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from guides.condition import Value
from guides.files import Problem, read_list
from guides.library import ROOT, Library, LibraryInvalid
from guides.model import Region

FOLDER = ROOT / "library" / "national"


class Reliability(StrEnum):
    """How well something about a list is known."""

    A = "A"
    """The official text was read, or several sources agree."""
    B = "B"
    """A reliable report."""
    C = "C"
    """Only concluded: never shown as a fact, so no item carries it."""


class NationalItem(Value):
    """One matter of a list by its confirmed name, and the guides that cover it."""

    name: str
    whom: str = Field(default="", pattern="^(企业|个人)?$")
    """Whose matter it is; "" where no source says."""
    reliability: Reliability
    guides: tuple[str, ...] = ()
    """Slugs; the same in every region."""

    @model_validator(mode="after")
    def _confirmed(self) -> Self:
        if self.reliability is Reliability.C:
            raise ValueError(f"“{self.name}”只是推断（C），名目没有核实的不写，只计数")
        return self


class ListKind(StrEnum):
    """What a list is: a batch of the key matters, or the basic list before them."""

    BATCH = "batch"
    BASIC = "basic"


class NationalList(Value):
    """One batch: how many matters it has, and the names that were confirmed."""

    id: str = Field(pattern=r"^\d{4}(-\d)?$")
    """Year and number of the batch in it."""
    title: str
    document_no: str = ""
    """"" where the number was not confirmed."""
    issued: str = Field(pattern=r"^\d{4}-\d{2}(-\d{2})?$")
    """Day or month."""
    kind: ListKind = ListKind.BATCH
    count: int | None = Field(default=None, ge=1)
    """How many matters the list has; None where no source says."""
    reliability: Reliability
    """How well the list and its count are known."""
    names: Reliability
    """How well the names are known as a whole; C for a list of which only the count is known."""
    urls: tuple[str, ...] = ()
    note: str = ""
    items: tuple[NationalItem, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _dates_as_written(cls, raw: object) -> object:
        """YAML reads a whole date as a date, a month as text: both are kept as text."""
        return {**raw, "issued": str(raw.get("issued", ""))} if isinstance(raw, dict) else raw

    @model_validator(mode="after")
    def _count_holds(self) -> Self:
        if self.count is not None and len(self.items) > self.count:
            raise ValueError(f"{self.title}：只有 {self.count} 项，却写了 {len(self.items)} 个名目")
        if self.count is None and self.kind is ListKind.BATCH:
            raise ValueError(f"{self.title}：批次要写 count（共几项）")
        names = [item.name for item in self.items]
        if len(set(names)) < len(names):
            raise ValueError(f"{self.title}：名目写了两次")
        if self.names is Reliability.C and self.items:
            raise ValueError(f"{self.title}：名目没有核到（names 为 C），不能写名目")
        return self

    @property
    def unnamed(self) -> int:
        """How many matters of the list have no confirmed name."""
        return 0 if self.count is None else self.count - len(self.items)


class Group(Value):
    """一类事: guides that belong together, by our own arrangement."""

    id: str = Field(pattern="^[a-z]+$")
    title: str
    guides: tuple[str, ...] = Field(min_length=1)


class Coverage(StrEnum):
    """What this library has of a matter."""

    GUIDE_HERE = "guide_here"
    KNOWN_NAME = "known_name"
    COUNT_ONLY = "count_only"


@dataclass(frozen=True, slots=True)
class Frame:
    """The lists in the order they were issued, and the groups."""

    lists: tuple[NationalList, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class GuideHere:
    """A guide of the library: its title and the regions it is written for."""

    slug: str
    title: str
    regions: tuple[Region, ...]


@dataclass(frozen=True, slots=True)
class Covered:
    """One matter of a list with what the library has of it."""

    item: NationalItem
    status: Coverage
    guides: tuple[GuideHere, ...]


@dataclass(frozen=True, slots=True)
class ListCoverage:
    """One list with its matters; `count_only` of them have no confirmed name."""

    list: NationalList
    items: tuple[Covered, ...]
    count_only: int

    @property
    def here(self) -> int:
        """How many of its matters have a guide."""
        return sum(one.status is Coverage.GUIDE_HERE for one in self.items)


def load_national(folder: Path = FOLDER) -> Frame:
    """Read the lists and groups. Raises LibraryInvalid with file, line, cause and remedy of every mistake."""
    problems: list[Problem] = []
    lists = read_list(folder / "lists.yaml", "lists", NationalList, problems)
    groups = read_list(folder / "groups.yaml", "groups", Group, problems)
    if problems:
        raise LibraryInvalid(problems)
    return Frame(tuple(sorted(lists, key=lambda one: one.id)), tuple(groups))


def coverage(frame: Frame, library: Library) -> tuple[ListCoverage, ...]:
    """Give each list with the status of each matter, computed from the guides there are."""
    held = guides_here(library)
    return tuple(
        ListCoverage(one, tuple(_covered(item, held) for item in one.items), one.unnamed) for one in frame.lists
    )


def guides_here(library: Library) -> dict[str, GuideHere]:
    """Give every guide by its slug, with the regions it is written for."""
    found: dict[str, GuideHere] = {}
    for guide in library.guides:
        before = found.get(guide.slug)
        region = library.region(guide.region) or Region(code=guide.region, name=guide.region)
        known = before.regions if before else ()
        found[guide.slug] = GuideHere(guide.slug, before.title if before else guide.title, (*known, region))
    return found


def outside(frame: Frame, library: Library) -> tuple[GuideHere, ...]:
    """Give the guides that no confirmed name of the lists stands for: what is done locally, or not yet confirmed."""
    named = {slug for one in frame.lists for item in one.items for slug in item.guides}
    return tuple(guide for slug, guide in guides_here(library).items() if slug not in named)


def grouped(frame: Frame, library: Library) -> Iterator[tuple[Group, tuple[GuideHere, ...]]]:
    """Give each group with its guides; one without a guide here is left out."""
    held = guides_here(library)
    for group in frame.groups:
        here = tuple(held[slug] for slug in group.guides if slug in held)
        if here:
            yield group, here


def _covered(item: NationalItem, held: dict[str, GuideHere]) -> Covered:
    here = tuple(held[slug] for slug in item.guides if slug in held)
    return Covered(item, Coverage.GUIDE_HERE if here else Coverage.KNOWN_NAME, here)
