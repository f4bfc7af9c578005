"""The national lists as people read them: what is known, how well, and what is here."""

from __future__ import annotations

from guides.condition import Value
from guides.library import Library
from guides.national import (
    Coverage,
    Covered,
    Frame,
    GuideHere,
    ListCoverage,
    ListKind,
    coverage,
    grouped,
    load_national,
    outside,
)


class WrittenForView(Value):
    """A place a guide is written for."""

    code: str
    name: str


class HereView(Value):
    """A guide of this library and the places it is written for."""

    slug: str
    title: str
    regions: tuple[WrittenForView, ...]


class MatterView(Value):
    """One matter of a list by its confirmed name."""

    name: str
    whom: str
    reliability: str
    """A: the official text was read, or several sources agree; B: a reliable report."""
    status: Coverage
    guides: tuple[HereView, ...]


class ListView(Value):
    """One list; `count_only` of its matters have no confirmed name and are never guessed."""

    id: str
    title: str
    document_no: str
    issued: str
    issued_words: str
    kind: ListKind
    count: int | None
    reliability: str
    """How well the list and its count are known: A or B."""
    names: str
    """How well its names are known; C: not at all, they only count."""
    urls: tuple[str, ...]
    note: str
    matters: tuple[MatterView, ...]
    here: int
    count_only: int


class GroupView(Value):
    """一类事: guides that belong together, by our own arrangement."""

    title: str
    guides: tuple[HereView, ...]


class NationalView(Value):
    """Every list, what of it is here, and what is here beside it. Sums are over the batches alone."""

    total: int
    named: int
    here: int
    count_only: int
    lists: tuple[ListView, ...]
    """The newest first; the basic list last."""
    groups: tuple[GroupView, ...]
    outside: tuple[HereView, ...]
    """Guides no confirmed name of the lists stands for."""


def national_view(library: Library, frame: Frame | None = None) -> NationalView:
    """Give the coverage of the national lists, computed from the guides there are."""
    frame = frame or load_national()
    lists = coverage(frame, library)
    batches = [one for one in lists if one.list.kind is ListKind.BATCH]
    order = sorted(lists, key=lambda one: (one.list.kind is ListKind.BATCH, one.list.id), reverse=True)
    return NationalView(
        total=sum(one.list.count or 0 for one in batches),
        named=sum(len(one.items) for one in batches),
        here=sum(one.here for one in batches),
        count_only=sum(one.count_only for one in batches),
        lists=tuple(map(_list, order)),
        groups=tuple(
            GroupView(title=group.title, guides=tuple(map(_here, guides))) for group, guides in grouped(frame, library)
        ),
        outside=tuple(map(_here, outside(frame, library))),
    )


def _list(one: ListCoverage) -> ListView:
    held = one.list
    return ListView(
        id=held.id,
        title=held.title,
        document_no=held.document_no,
        issued=held.issued,
        issued_words=_day(held.issued),
        kind=held.kind,
        count=held.count,
        reliability=held.reliability.value,
        names=held.names.value,
        urls=held.urls,
        note=held.note,
        matters=tuple(map(_matter, one.items)),
        here=one.here,
        count_only=one.count_only,
    )


def _day(written: str) -> str:
    """Say a day or a month as people write it: 2026年9月."""
    return "".join(f"{int(part)}{unit}" for part, unit in zip(written.split("-"), "年月日", strict=False))


def _matter(covered: Covered) -> MatterView:
    item = covered.item
    return MatterView(
        name=item.name,
        whom=item.whom,
        reliability=item.reliability.value,
        status=covered.status,
        guides=tuple(map(_here, covered.guides)),
    )


def _here(guide: GuideHere) -> HereView:
    regions = tuple(WrittenForView(code=region.code, name=region.name) for region in guide.regions)
    return HereView(slug=guide.slug, title=guide.title, regions=regions)
