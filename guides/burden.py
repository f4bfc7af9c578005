"""The burden a bundle takes off a person: what each service alone would ask for, and what is asked now, line by line.

Only what our data hold is counted, and every figure says how. Before: each service of the case on its own, each asking
for everything, nothing shared. Now: one list, merged, with what is exempt left out. Only situations that take a joint
route are counted; on the others nothing is joined. The owners' own figures are shown beside, never in place of ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce

from guides.asking_odds import priors
from guides.checklist import Checklist, ChecklistItem
from guides.compiled import compiled
from guides.library import Entry, Library
from guides.model import BurdenClaim, BurdenKind, Example, Guide, Handling, RouteKind, Service, Source, Status
from guides.rules import checklist, read_facts
from guides.view import view_of

HANDED_OVER = frozenset({Status.REQUIRED, Status.CHOOSE_ONE, Status.SIGN, Status.MAY_FOLLOW, Status.MAY_COMMIT})
"""Lines a person has to bring, upload, show or sign."""

_ON_THE_SPOT = frozenset({Handling.INSPECT, Handling.COLLECT})
"""What can only be done with a paper in hand at a counter."""

_WORKING_DAY = "working_day"


@dataclass(frozen=True, slots=True)
class Change:
    """A figure before and now; None where our data hold nothing to count."""

    before: float | None
    now: float | None


@dataclass(frozen=True, slots=True)
class Shareable:
    """A material a person still has to hand over although an office of the state holds what it proves.

    `shown_only` where it is only looked at, not kept; `share` of the bundle's counted situations, weighted, 0 to 1.
    """

    material: str
    name: str
    department: str
    shown_only: bool
    share: float


@dataclass(frozen=True, slots=True)
class SituationBurden:
    """One named situation on a joint route; `weight` is its share among those of its bundle.

    `perhaps` counts lines needed only where a check fails; `unlimited` names the services without a limit in working
    days, for which `days` has no sum; `held` are the lines that an office's data could spare, true where only shown;
    `unverified` counts lines that rest on what nobody has read.
    """

    name: str
    services: int
    materials: Change
    visits: Change
    days: Change
    perhaps: int
    unlimited: tuple[str, ...]
    unverified: int
    held: tuple[tuple[str, bool], ...]
    weight: float


@dataclass(frozen=True, slots=True)
class ClaimBeside:
    """An owner's figure beside ours, with the reason for the difference; `ours` and its range are over situations."""

    claim: BurdenClaim
    read: bool
    ours: Change
    now_from: float | None
    now_to: float | None


@dataclass(frozen=True, slots=True)
class BundleBurden:
    """One bundle: its counted situations, their weighted means, the claims beside them, what might be shared.

    `left_out` counts the named situations that take no joint route. `steps` are those of the guide as a whole.
    """

    slug: str
    title: str
    region: str
    situations: tuple[SituationBurden, ...]
    left_out: int
    means: Mapping[BurdenKind, Change]
    steps: int
    claims: tuple[ClaimBeside, ...]
    shareable: tuple[Shareable, ...]
    unverified: int


@dataclass(frozen=True, slots=True)
class LibraryBurden:
    """All bundles of a place, and the sums: each bundle done once by a person as its priors have it."""

    bundles: tuple[BundleBurden, ...]
    totals: Mapping[BurdenKind, Change]


def library_burden(library: Library, region: str) -> LibraryBurden:
    """Count every bundle of a place."""
    slugs = sorted({entry.guide.slug for entry in library.entries})
    entries = [entry for slug in slugs if (entry := library.entry(slug, region)) is not None]
    bundles = tuple(bundle_burden(entry, library.sources) for entry in entries)
    totals = {kind: _sum(bundle.means[kind] for bundle in bundles) for kind in _COUNTED}
    return LibraryBurden(bundles, totals)


_COUNTED = (BurdenKind.MATERIALS, BurdenKind.VISITS, BurdenKind.DAYS)


def bundle_burden(entry: Entry, sources: Mapping[str, Source]) -> BundleBurden:
    """Count one bundle over its named situations, weighted by the guide's priors."""
    guide = entry.guide
    made = [(example, _list_of(guide, example, sources)) for example in entry.examples]
    joint = [(example, found) for example, found in made if found.route.kind is RouteKind.BUNDLE]
    weights = _shares([_weight(guide, example) for example, _ in joint])
    situations = tuple(
        _situation(guide, example.name, found, weight) for (example, found), weight in zip(joint, weights, strict=True)
    )
    means = {
        BurdenKind.MATERIALS: _mean([(one.materials, one.weight) for one in situations]),
        BurdenKind.VISITS: _mean([(one.visits, one.weight) for one in situations]),
        BurdenKind.DAYS: _mean([(one.days, one.weight) for one in situations]),
        BurdenKind.STEPS: Change(None, float(len(guide.steps)) if guide.steps else None),
        BurdenKind.FIELDS: Change(None, None),
    }
    return BundleBurden(
        slug=guide.slug,
        title=guide.title,
        region=guide.region,
        situations=situations,
        left_out=len(made) - len(joint),
        means=means,
        steps=len(guide.steps),
        claims=tuple(_beside(claim, situations, means, sources) for claim in guide.burden),
        shareable=_shareable(guide, situations),
        unverified=len({name for _, found in joint for name in found.unverified}),
    )


# --- one situation ----------------------------------------------------------------------------------------------------


def _list_of(guide: Guide, example: Example, sources: Mapping[str, Source]) -> Checklist:
    return checklist(guide, read_facts(guide, example.facts), on=example.on, sources=sources)


def _situation(guide: Guide, name: str, found: Checklist, weight: float) -> SituationBurden:
    here = {service.id for service in found.services}
    owed = [item for item in found.items if item.status in HANDED_OVER]
    alone = sum(
        max(1, len(here.intersection(item.material.services)))
        for item in found.items
        if item.status is not Status.NOT_REQUIRED
    )
    spot = any(item.handling in _ON_THE_SPOT for item in owed)
    days, unlimited = _days(guide, found.services)
    return SituationBurden(
        name=name,
        services=len(found.services),
        materials=Change(float(alone), float(len(owed))),
        visits=Change(float(len(found.services)), float(spot)),
        days=days,
        perhaps=sum(item.status is Status.ONLY_IF_CHECK_FAILS for item in found.items),
        unlimited=unlimited,
        unverified=len(found.unverified),
        held=tuple((item.requirement, _shown_only(item)) for item in owed if item.material.held_by),
        weight=weight,
    )


def _shown_only(item: ChecklistItem) -> bool:
    return item.handling is Handling.INSPECT


def _days(guide: Guide, services: Iterable[Service]) -> tuple[Change, tuple[str, ...]]:
    """Add up the services' limits in working days; now the bundle's own limit, or the longest way through the services.

    Months and calendar days are not turned into working days: where a service has no limit in working days it is named,
    and the sum is not made up without it.
    """
    here = list(services)
    limits = {one.id: one.limit.days for one in here if one.limit is not None and one.limit.unit == _WORKING_DAY}
    unlimited = tuple(one.name for one in here if one.id not in limits)
    if not limits:
        return Change(None, None), unlimited
    own = [limit.days for limit in guide.limits if limit.unit == _WORKING_DAY and limit.kind == "promised"]
    now = max(own) if own else None if unlimited else _longest(here, limits)
    return Change(None if unlimited else sum(limits.values()), now), unlimited


def _longest(services: list[Service], limits: Mapping[str, float]) -> float:
    """Give the working days of the longest chain of services that wait for each other."""
    after = {one.id: [name for name in one.after if name in limits] for one in services if one.id in limits}
    ready: dict[str, float] = {}

    def done(name: str, waiting: frozenset[str]) -> float:
        if name not in ready:
            before = [done(one, waiting | {name}) for one in after.get(name, []) if one not in waiting]
            ready[name] = limits[name] + max(before, default=0.0)
        return ready[name]

    return max(done(name, frozenset()) for name in limits)


def _weight(guide: Guide, example: Example) -> float:
    """Give the product of the priors of what the situation says."""
    form = compiled(guide, example.on)
    view = view_of(guide, read_facts(guide, example.facts), example.on)
    weights = priors(form)
    shares = [
        sum(weights[variable.index][cell] for cell in view.known[variable.index])
        for variable in form.variables
        if variable.fact in example.facts and variable.index in view.known
    ]
    return reduce(lambda product, share: product * min(share, 1.0), shares, 1.0)


# --- over situations --------------------------------------------------------------------------------------------------


def _shares(weights: list[float]) -> list[float]:
    total = sum(weights)
    return [weight / total if total else 1 / len(weights) for weight in weights]


def _mean(changes: list[tuple[Change, float]]) -> Change:
    """Give the weighted mean over the situations that count both sides."""
    both = [(c.before, c.now, w) for c, w in changes if c.before is not None and c.now is not None]
    total = sum(weight for _, _, weight in both)
    if not total:
        return Change(None, None)
    return Change(
        sum(before * weight for before, _, weight in both) / total,
        sum(now * weight for _, now, weight in both) / total,
    )


def _sum(changes: Iterable[Change]) -> Change:
    """Add up the bundles that count both sides."""
    both = [(c.before, c.now) for c in changes if c.before is not None and c.now is not None]
    return Change(sum(before for before, _ in both), sum(now for _, now in both))


def _beside(
    claim: BurdenClaim,
    situations: tuple[SituationBurden, ...],
    means: Mapping[BurdenKind, Change],
    sources: Mapping[str, Source],
) -> ClaimBeside:
    now = [found.now for one in situations if (found := _of(one, claim.kind)) is not None and found.now is not None]
    mark = claim.citation.verification or sources[claim.citation.source].verification
    return ClaimBeside(
        claim=claim,
        read=mark == "read" and sources[claim.citation.source].verification == "read",
        ours=means[claim.kind],
        now_from=min(now, default=None),
        now_to=max(now, default=None),
    )


def _of(one: SituationBurden, kind: BurdenKind) -> Change | None:
    match kind:
        case BurdenKind.MATERIALS:
            return one.materials
        case BurdenKind.VISITS:
            return one.visits
        case BurdenKind.DAYS:
            return one.days
        case BurdenKind.STEPS | BurdenKind.FIELDS:
            return None


def _shareable(guide: Guide, situations: tuple[SituationBurden, ...]) -> tuple[Shareable, ...]:
    """Give what is held by an office and asked for all the same, the most often asked first."""
    found: dict[tuple[str, bool], float] = {}
    for one in situations:
        for held in one.held:
            found[held] = found.get(held, 0.0) + one.weight
    materials = {material.id: material for material in guide.materials}
    lines = [
        Shareable(name, materials[name].name, materials[name].held_by, shown, min(share, 1.0))
        for (name, shown), share in found.items()
    ]
    return tuple(sorted(lines, key=lambda line: (-line.share, line.material, line.shown_only)))
