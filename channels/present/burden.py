"""The burden of each bundle as people read it: figures in words, one row per fact for a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from channels.wording import say
from guides.burden import BundleBurden, Change, ClaimBeside, LibraryBurden, SituationBurden
from guides.model import BurdenKind

HEADLINES = {
    "newborn": (BurdenKind.MATERIALS,),
    "construction-start": (BurdenKind.MATERIALS, BurdenKind.FIELDS),
}
"""The claims that are told the most, shown first on the page: bundle and what is counted."""

Row = tuple[str, ...]

HEAD: Row = ("类别", "一件事", "代号", "地区", "条目", "比重", "数什么", "以前", "现在", "谁的说法", "说明")
"""Columns of the table: what kind of row, which bundle, what it is about, before, now, whose figure, a word on it."""


def figure(value: float | None) -> str:
    """Say a figure with one digit at most behind the point; 没有数 where there is nothing to count."""
    if value is None:
        return say("burden.none")
    return f"{value:.0f}" if abs(value - round(value)) < _HALF_DIGIT else f"{value:.1f}"


_HALF_DIGIT = 0.05


def whole(change: Change) -> Change:
    """Round a sum over many bundles: a fraction of a paper would pretend to know more than it does."""
    before, now = (None if value is None else float(round(value)) for value in (change.before, change.now))
    return Change(before, now)


def share(value: float) -> str:
    """Say a share in whole percent; never 0 for what does occur."""
    percent = round(100 * value)
    return say("burden.share_small") if percent < 1 else say("burden.share", percent=percent)


def our_reason(beside: ClaimBeside) -> str:
    """Say why our figure differs: the editor's sentence, else how we count."""
    return beside.claim.differs or say(f"burden.counted.{beside.claim.kind.value}")


def our_now(beside: ClaimBeside) -> str:
    """Say what we count now: the mean, and the range over the situations."""
    if beside.ours.now is None:
        return say("burden.none")
    mean = figure(beside.ours.now)
    if beside.now_from is None or beside.now_to is None or beside.now_from == beside.now_to:
        return mean
    return say("burden.range", mean=mean, low=figure(beside.now_from), high=figure(beside.now_to))


def headlines(found: LibraryBurden) -> list[tuple[BundleBurden, ClaimBeside]]:
    """Give the claims that are told the most, each with its bundle."""
    return [
        (bundle, beside)
        for slug, kinds in HEADLINES.items()
        for bundle in found.bundles
        if bundle.slug == slug
        for kind in kinds
        for beside in bundle.claims
        if beside.claim.kind is kind
    ]


def by_department(found: LibraryBurden) -> list[tuple[str, list[tuple[BundleBurden, str, bool, float]]]]:
    """Give what is held by an office and asked for all the same, office by office, the longest list first."""
    offices: dict[str, list[tuple[BundleBurden, str, bool, float]]] = {}
    for bundle in found.bundles:
        for line in bundle.shareable:
            offices.setdefault(line.department, []).append((bundle, line.name, line.shown_only, line.share))
    return sorted(offices.items(), key=lambda one: (-len(one[1]), one[0]))


def as_csv(found: LibraryBurden) -> str:
    """Give everything counted as a table that opens in a spreadsheet."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(HEAD)
    for kind, total in found.totals.items():
        table.writerow(("合计", "", "", "", say("burden.each_once"), "", *_change(kind, total), "本站", ""))
    for bundle in found.bundles:
        table.writerows(_rows(bundle))
    return out.getvalue()


def _rows(bundle: BundleBurden) -> Iterator[Row]:
    about = (bundle.title, bundle.slug, bundle.region)
    for kind, mean in bundle.means.items():
        yield ("平均", *about, "", "", *_change(kind, mean), "本站", say(f"burden.counted.{kind.value}"))
    for beside in bundle.claims:
        claim = beside.claim
        unread = "" if beside.read else say("burden.unread")
        said = (figure(claim.before), figure(claim.now), claim.by, unread + our_reason(beside))
        yield ("公布的说法", *about, "", "", say(f"burden.kind.{claim.kind.value}"), *said)
    for one in bundle.situations:
        for kind, change in _changes(one):
            note = say("burden.unlimited", names="、".join(one.unlimited)) if _short(kind, one) else ""
            yield ("情形", *about, one.name, share(one.weight), *_change(kind, change), "本站", note)
    for line in bundle.shareable:
        note = say("burden.shown_only") if line.shown_only else ""
        what = say("burden.held_by", department=line.department)
        yield ("能共享还要交", *about, line.name, share(line.share), what, "", "", "本站", note)


def _short(kind: BurdenKind, one: SituationBurden) -> bool:
    return kind is BurdenKind.DAYS and bool(one.unlimited)


def _changes(one: SituationBurden) -> tuple[tuple[BurdenKind, Change], ...]:
    return (
        (BurdenKind.MATERIALS, one.materials),
        (BurdenKind.VISITS, one.visits),
        (BurdenKind.DAYS, one.days),
    )


def _change(kind: BurdenKind, change: Change) -> Row:
    return (say(f"burden.kind.{kind.value}"), figure(change.before), figure(change.now))
