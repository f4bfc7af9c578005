"""The drafts of the first three bundles against the guides written by hand: they agree, or a note says why not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from guides.agreement import Difference, differences, outlived, unexplained
from guides.draft import Draft
from guides.library import Library, load_library
from guides.model import Guide, Note
from guides.shelf import Entry
from ingestion.adapters.portal_json import PortalJson
from ingestion.pipeline import draft_portal_guide

PAIRS = {"newborn": "newborn", "retirement": "retirement", "restaurant": "open-restaurant"}
ON = date(2026, 11, 22)


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="module", params=sorted(PAIRS))
def pair(request, library: Library, shared_data: Path) -> tuple[Draft, Entry]:
    entry = library.entry(PAIRS[request.param], "430100")
    assert entry is not None
    return drafted(shared_data, request.param), entry


def drafted(shared_data: Path, name: str) -> Draft:
    content = (shared_data / "official_guides" / f"{name}.json").read_bytes()
    return draft_portal_guide(content, PortalJson(), on=ON)


def found(draft: Draft, entry: Entry, library: Library, guide: Guide | None = None) -> tuple[Difference, ...]:
    return differences(draft, guide or entry.guide, entry.examples, library.sources)


def test_every_difference_is_explained_in_the_notes(pair, library: Library) -> None:
    draft, entry = pair
    left = unexplained(found(draft, entry, library), entry.notes)
    assert [f"{one.name}: {one.draft} / {one.guide}" for one in left] == []


def test_no_note_explains_what_does_not_differ(pair, library: Library) -> None:
    draft, entry = pair
    assert outlived(found(draft, entry, library), entry.notes) == ()


def test_each_name_of_a_difference_is_its_own(pair, library: Library) -> None:
    draft, entry = pair
    names = [one.name for one in found(draft, entry, library)]
    assert len(names) == len(set(names)) > 0


def changed(entry: Entry, **parts: object) -> Guide:
    return entry.guide.model_copy(update=parts)


@pytest.mark.parametrize(
    ("part", "aspect"),
    [
        ("materials", "missing"),
        ("services", "missing"),
        ("points", "missing"),
        ("phones", "missing"),
        ("limits", "days"),
    ],
)
def test_what_the_guide_drops_is_a_difference(pair, library: Library, part: str, aspect: str) -> None:
    draft, entry = pair
    before = {one.name for one in found(draft, entry, library)}
    kept = () if part == "phones" else getattr(entry.guide, part)[1:]
    after = {one.name for one in found(draft, entry, library, changed(entry, **{part: kept}))}
    assert any(name.endswith(f":{aspect}") for name in after - before), part


def test_a_changed_limit_address_and_ground_are_differences(library: Library, shared_data: Path) -> None:
    entry = library.entry("newborn", "430100")
    assert entry is not None
    guide = entry.guide
    service, point = guide.services[0], guide.points[0]
    assert service.limit is not None
    longer = service.model_copy(update={"limit": service.limit.model_copy(update={"days": 9})})
    moved = point.model_copy(update={"address": "别处", "hours": "全天"})
    form = next(m for m in guide.materials if m.id == "application_form")
    rules = tuple(r.model_copy(update={"ground": "reused"} if r.ground else {}) for r in form.rules)
    reused = form.model_copy(update={"rules": rules})
    wrong = changed(
        entry,
        services=(longer, *guide.services[1:]),
        points=(moved, *guide.points[1:]),
        materials=tuple(reused if m.id == form.id else m for m in guide.materials),
        faq=(),
    )
    names = {one.name for one in found(drafted(shared_data, "newborn"), entry, library, wrong)}
    assert {
        f"services/{service.id}:limit",
        f"points/{point.name}:address",
        f"points/{point.name}:hours",
        "materials/application_form:exemption",
    } <= names
    assert any(name.startswith("questionInfo/") for name in names)


def test_an_unexplained_difference_is_named() -> None:
    one = Difference("materials/photo", "necessity", "联办都要", "有的情形不要")
    assert unexplained([one], [Note(about="照片", text="说了别的")]) == (one,)
    explained = Note(about="照片", text="说明", explains=("materials/photo:necessity", "materials/old:added"))
    assert unexplained([one], [explained]) == ()
    assert outlived([one], [explained]) == ("materials/old:added",)
