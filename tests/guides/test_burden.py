"""What a bundle takes off a person: counted line by line, never more than the data hold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from guides.burden import HANDED_OVER, bundle_burden, library_burden
from guides.library import Entry, load_library
from guides.model import BurdenKind, RouteKind, Status
from guides.rules import checklist, read_facts

LIBRARY = load_library()
FOUND = library_burden(LIBRARY, "430100")
SLUGS = [bundle.slug for bundle in FOUND.bundles]
MATERIALS, VISITS, DAYS = BurdenKind.MATERIALS, BurdenKind.VISITS, BurdenKind.DAYS


def entry_of(slug: str) -> Entry:
    found = LIBRARY.entry(slug, "430100")
    assert found is not None
    return found


@pytest.mark.parametrize("bundle", FOUND.bundles, ids=SLUGS)
def test_each_situation_is_counted_from_its_own_list(bundle):
    """Counted again by hand, from the list of the named situation."""
    entry = entry_of(bundle.slug)
    by_name = {one.name: one for one in bundle.situations}
    joint = 0
    for example in entry.examples:
        made = checklist(entry.guide, read_facts(entry.guide, example.facts), on=example.on, sources=LIBRARY.sources)
        if made.route.kind is not RouteKind.BUNDLE:
            assert example.name not in by_name
            continue
        joint += 1
        counted = by_name[example.name]
        services = {service.id for service in made.services}
        owed = {item.requirement for item in made.items if item.status in HANDED_OVER}
        before = 0
        for item in made.items:
            if item.status is Status.NOT_REQUIRED:
                continue
            asking = [name for name in item.material.services if name in services]
            before += len(asking) or 1
        assert counted.materials.now == len(owed)
        assert counted.materials.before == before
        assert counted.visits.before == len(services)
        assert {name for name, _ in counted.held} <= owed
        assert before >= len(owed), "one list never asks for more than all of them"
    assert joint == len(bundle.situations)
    assert joint + bundle.left_out == len(entry.examples)


@pytest.mark.parametrize("bundle", FOUND.bundles, ids=SLUGS)
def test_weights_are_shares_and_the_mean_lies_between(bundle):
    if not bundle.situations:
        return
    assert sum(one.weight for one in bundle.situations) == pytest.approx(1.0)
    now = [one.materials.now for one in bundle.situations]
    assert min(now) - 1e-9 <= bundle.means[MATERIALS].now <= max(now) + 1e-9
    assert all(0 < line.share <= 1 for line in bundle.shareable)
    assert all(line.department for line in bundle.shareable)


@pytest.mark.parametrize("bundle", FOUND.bundles, ids=SLUGS)
def test_days_are_added_up_only_where_every_service_says_working_days(bundle):
    guide = entry_of(bundle.slug).guide
    working = {one.id for one in guide.services if one.limit is not None and one.limit.unit == "working_day"}
    names = {one.name for one in guide.services if one.id not in working}
    for one in bundle.situations:
        assert set(one.unlimited) <= names
        assert (one.days.before is None) == (bool(one.unlimited) or one.services == 0)


def test_what_nobody_counted_stays_uncounted() -> None:
    for bundle in FOUND.bundles:
        assert bundle.means[BurdenKind.FIELDS].before is None
        assert bundle.means[BurdenKind.FIELDS].now is None
        assert bundle.means[BurdenKind.STEPS].before is None


def test_the_totals_are_the_sums_of_the_bundles() -> None:
    for kind in (MATERIALS, VISITS, DAYS):
        both = [b.means[kind] for b in FOUND.bundles if None not in (b.means[kind].before, b.means[kind].now)]
        assert FOUND.totals[kind].before == pytest.approx(sum(one.before or 0 for one in both))
        assert FOUND.totals[kind].now == pytest.approx(sum(one.now or 0 for one in both))


def test_the_headline_figures_of_the_owners_are_there_beside_ours() -> None:
    by_slug = {bundle.slug: bundle for bundle in FOUND.bundles}
    newborn = {(c.claim.before, c.claim.now) for c in by_slug["newborn"].claims if c.claim.kind is MATERIALS}
    assert {(10, 4), (22, 4)} <= newborn
    start = {(c.claim.kind, c.claim.before, c.claim.now) for c in by_slug["construction-start"].claims}
    assert {(MATERIALS, 65, 40), (BurdenKind.FIELDS, 278, 91)} <= start
    for slug in ("newborn", "construction-start"):
        assert all(beside.claim.differs for beside in by_slug[slug].claims)


def test_a_claim_never_moves_our_figure() -> None:
    entry = entry_of("newborn")
    bare = replace(entry, guide=entry.guide.model_copy(update={"burden": ()}))
    assert bundle_burden(bare, LIBRARY.sources).means == bundle_burden(entry, LIBRARY.sources).means
