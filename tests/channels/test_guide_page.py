"""The public page of a guide says how far it can be relied on: versions, sources, contradictions, what ends soon."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from starlette.testclient import TestClient

from channels.present.guide_page import about
from channels.wiring import House
from guides.ending import SOON, Kind, endings, turns
from guides.library import load_library
from guides.model import FilingMode, Guide, Verification

LIBRARY = load_library()
TODAY = date(2026, 11, 22)


def ended(guide: Guide, **change: object) -> Guide:
    return guide.model_copy(update=change)


@pytest.mark.parametrize("entry", LIBRARY.entries, ids=lambda entry: f"{entry.guide.slug}@{entry.guide.region}")
def test_every_guide_has_its_page(client: TestClient, house: House, entry) -> None:
    guide = entry.guide
    page = client.get(f"/guides/{guide.slug}", params={"region": guide.region})
    assert page.status_code == 200
    told = about(entry, house.library, house.today)
    assert f"版本 {guide.version}" in page.text
    assert f"{told.situations:,}" in page.text
    assert ("可申办" if guide.filing is FilingMode.APPLY else "只导办") in page.text
    for name in guide.sources:
        source = house.library.source(name)
        assert f'id="s-{name}"' in page.text
        assert source.issuer in page.text
    assert page.text.count('class="mark m-') >= len(guide.sources)
    for note in told.notes:
        assert str(note.about) in page.text.replace("&#34;", '"').replace("&#39;", "'").replace("&amp;", "&")


def test_the_same_is_given_as_data(client: TestClient) -> None:
    told = client.get("/api/guides/newborn").json()["about"]
    guide = LIBRARY.find("newborn", "430100")
    assert guide is not None
    assert [mark["id"] for mark in told["marks"]] == list(guide.sources)
    assert told["situations"] > 1000
    assert 0 < told["unverified"] < told["statements"]
    assert [one["about"] for one in told["conflicts"]] == [one.about for one in guide.conflicts]
    assert told["listed"], "the newborn's matter is on a national list"
    assert sum(mark["cited"] for mark in told["marks"]) == told["statements"]


def test_a_picture_that_was_not_drawn_is_not_found_and_says_so(client: TestClient) -> None:
    assert client.get("/guides/no-such-matter/flow.svg").status_code == 404
    assert client.get("/guides/newborn/flow.svg").status_code in (200, 404)


def test_what_ends_within_sixty_days_is_told_the_soonest_first() -> None:
    guide = LIBRARY.find("retirement", "430100")
    assert guide is not None
    source = LIBRARY.sources[guide.sources[0]]
    soon = source.model_copy(update={"effective_to": TODAY + timedelta(days=10)})
    over = LIBRARY.sources[guide.sources[1]].model_copy(update={"effective_to": TODAY - timedelta(days=1)})
    sources = {**LIBRARY.sources, source.id: soon, over.id: over}
    ending = ended(guide, valid_to=TODAY + timedelta(days=SOON))
    found = [one for one in endings(ending, sources, TODAY) if one.name in (guide.title, soon.title, over.title)]
    assert [(one.kind, one.over(TODAY)) for one in found] == [
        (Kind.SOURCE, True),
        (Kind.SOURCE, False),
        (Kind.GUIDE, False),
    ]
    assert all(one.cited > 0 for one in found if one.kind is Kind.SOURCE)
    later = ended(guide, valid_to=TODAY + timedelta(days=SOON + 1))
    assert guide.title not in {one.name for one in endings(later, LIBRARY.sources, TODAY)}


def test_a_rule_that_ends_and_the_one_that_follows_are_one_change() -> None:
    guide = LIBRARY.find("newborn", "430100")
    assert guide is not None
    material = guide.materials[0]
    last = TODAY + timedelta(days=5)
    old = material.rules[0].model_copy(update={"valid_to": last, "why": "旧的说法"})
    new = material.rules[0].model_copy(update={"valid_from": last + timedelta(days=1), "why": "新的说法"})
    dated = ended(guide, materials=(material.model_copy(update={"rules": (old, new)}), *guide.materials[1:]))
    assert (Kind.RULE, last) in {(one.kind, one.until) for one in endings(dated, LIBRARY.sources, TODAY)}
    turn = next(one for one in turns(dated) if one.on == last + timedelta(days=1))
    assert turn.changes == (f"{material.name}：新的说法（以前：旧的说法）",)
    past = date.fromordinal(last.toordinal() + 10)
    assert Kind.RULE not in {one.kind for one in endings(dated, LIBRARY.sources, past) if one.until == last}


def test_marks_are_the_sources_own(house: House) -> None:
    entry = next(one for one in house.library.entries if one.guide.slug == "newborn")
    told = about(replace(entry, notes=()), house.library, house.today)
    assert {mark.id: mark.verification for mark in told.marks} == {
        name: house.library.source(name).verification for name in entry.guide.sources
    }
    assert told.notes == ()
    assert {mark.verification for mark in told.marks} <= set(Verification)


def test_a_note_is_called_by_names_not_by_codes(house: House) -> None:
    entry = next(one for one in house.library.entries if one.guide.slug == "newborn")
    abouts = [note.about for note in about(entry, house.library, house.today).notes]
    assert "材料：结婚证" in abouts
    assert not [one for one in abouts if "materials/" in one or "routes/" in one]
