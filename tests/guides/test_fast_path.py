"""What is remembered and what is tabled is what the diagrams give: the fast ways against the slow one."""

from __future__ import annotations

import random
from datetime import date

import pytest

from evals.questions.chances import Crowd
from evals.questions.walks import people
from guides.checklist import Checklist
from guides.compiled import CompiledGuide, compiled
from guides.library import load_library
from guides.lookup import Lookup
from guides.model import Guide
from guides.rules import checklist
from guides.situation import UNSURE, Fact, Situation
from guides.view import view_of
from tests.guides.small import ON, SOURCES, small

LIBRARY = load_library()
SLUGS = [guide.slug for guide in LIBRARY.guides]
DAY = date(2026, 11, 22)


def drawn(guide: Guide, count: int, seed: int) -> list[Situation]:
    """Draw whole situations, and as many with answers left out or not known."""
    chance = random.Random(seed)  # noqa: S311
    whole = list(people(guide, Crowd(compiled(guide, DAY), DAY), DAY, count, chance))
    partial = [Situation({n: f for n, f in one.facts.items() if chance.random() < 0.5}) for one in whole]
    unsure = [
        Situation({n: f if chance.random() < 0.7 else Fact(UNSURE) for n, f in one.facts.items()}) for one in whole
    ]
    return [*whole, *partial, *unsure]


def lasting(made: Checklist) -> tuple[object, ...]:
    """Give all of a list that a person may see."""
    return (made.route, made.items, made.services, made.prerequisites, made.may_precede, made.presence, made.may_attend,
            made.conflicts, made.derived, made.open_facts, made.assumed, made.unverified, made.digests)  # fmt: skip


@pytest.mark.parametrize("guide", LIBRARY.guides, ids=SLUGS)
def test_a_list_does_not_depend_on_what_was_remembered(guide: Guide, monkeypatch: pytest.MonkeyPatch) -> None:
    """Warm tables, filled by other people's situations, against a guide compiled anew that remembers nothing."""
    situations = drawn(guide, 6, seed=3)
    for other in drawn(guide, 6, seed=4):
        checklist(guide, other, on=DAY, sources=LIBRARY.sources)
    warm = [lasting(checklist(guide, one, on=DAY, sources=LIBRARY.sources)) for one in situations]
    fresh = CompiledGuide(guide, DAY)
    fresh.cofactors.forget()
    monkeypatch.setattr("guides.view.compiled", lambda *_: fresh)
    for one, before in zip(situations, warm, strict=True):
        fresh.cofactors.forget()
        assert lasting(checklist(guide, one, on=DAY, sources=LIBRARY.sources)) == before


@pytest.mark.parametrize("guide", LIBRARY.guides, ids=SLUGS)
def test_what_is_left_is_what_restricting_leaves(guide: Guide) -> None:
    """The one walk with its short cuts against the two textbook operations, by the results that can still come out."""
    form = compiled(guide, DAY)
    nodes = [form.routes, *form.lines.values(), *form.flags.values()]
    for one in drawn(guide, 3, seed=5):
        known = view_of(guide, one, DAY).known
        for node in nodes:
            slow = form.store.within(form.store.restrict(form.domain(node), known), form.store.restrict(node, known))
            fast = form.cofactors.left(node, known)
            assert form.store.results(fast) == form.store.results(slow)
            assert form.store.support(fast) == form.store.support(slow)


@pytest.mark.parametrize("guide", LIBRARY.guides, ids=SLUGS)
def test_the_tables_give_the_route_and_every_status_of_the_list(guide: Guide) -> None:
    form = compiled(guide, DAY)
    tables = Lookup(form)
    chance = random.Random(8)  # noqa: S311
    for one in people(guide, Crowd(form, DAY), DAY, 25, chance):
        known = view_of(guide, one, DAY).known
        if any(len(cells) > 1 for cells in known.values()):
            continue
        rules = tables.rules([min(known.get(index, (0,))) for index in range(len(form.variables))])
        made = checklist(guide, one, on=DAY, sources=LIBRARY.sources)
        assert tables.route(rules) == made.route.id
        assert tables.statuses(rules) == tuple(item.status for item in made.items)


def test_other_sources_are_seen_although_the_last_ones_were_remembered() -> None:
    guide = small()
    before = checklist(guide, Situation(), on=ON, sources=SOURCES).digests.sources
    renamed = {name: source.model_copy(update={"title": "另一个名字"}) for name, source in SOURCES.items()}
    assert checklist(guide, Situation(), on=ON, sources=renamed).digests.sources != before
    assert checklist(guide, Situation(), on=ON, sources=SOURCES).digests.sources == before
