"""中山市: what is known only by hearsay gives reference lists, exempts nobody on a guess, and lends nothing of 长沙."""

from __future__ import annotations

from guides.citations import citations_of
from guides.library import load_library
from guides.model import Ground, Guide, Status, Verification
from guides.rules import checklist, read_facts, verification

LIBRARY = load_library()


def the_guide() -> Guide:
    guide = LIBRARY.find("newborn", "442000")
    assert guide is not None
    return guide


def test_every_list_is_a_reference_list() -> None:
    entry = LIBRARY.entry("newborn", "442000")
    assert entry is not None
    assert entry.base == "newborn@430100"
    for example in entry.examples:
        made = checklist(entry.guide, read_facts(entry.guide, example.facts), on=example.on, sources=LIBRARY.sources)
        assert made.reference_only, example.name
        assert "12345" in made.reference_why


def test_nothing_local_counts_as_read() -> None:
    local = [c for c in citations_of(the_guide()) if LIBRARY.source(c.source).region]
    assert {LIBRARY.source(c.source).region for c in local} == {"442000"}
    assert all(verification(c, LIBRARY.sources) is not Verification.READ for c in local)


def test_nobody_is_exempt_on_a_guess() -> None:
    rules = [rule for material in the_guide().materials for rule in material.rules if rule.status is Status.EXEMPT]
    assert {rule.ground for rule in rules} == {Ground.PRODUCED_IN_BUNDLE}


def test_nothing_of_the_other_city_or_province_is_said() -> None:
    text = the_guide().model_dump_json(exclude={"aliases": True, "questions": {"__all__": {"says", "options"}}})
    for word in ("长沙", "0731", "湘", "六个月"):
        assert word not in text, word
    answers = {option.value for question in the_guide().questions for option in question.options}
    assert "province" in answers
    assert "hunan" not in answers


def test_nine_matters_are_listed() -> None:
    assert len(the_guide().services) == 9
