"""Same person: a paper that belongs to one person is of the person the line asks for."""

from __future__ import annotations

from collections.abc import Iterator

from prereview.case import CONFIDENT, Case, Paper, Slot
from prereview.checks.slots import papers
from prereview.fuzzy import distance
from prereview.identity import Said, said_on
from prereview.model import Check, ExtractedField, Finding, Outcome
from prereview.profile_model import Attribute
from prereview.values import id_number_fits


def same_person(case: Case) -> Iterator[Finding]:
    """FIX where the paper names somebody else for sure; where nothing else names the person there is no finding."""
    for slot, paper in papers(case):
        profile = case.profile(paper)
        if slot.need is None or profile is None or not profile.holder or not slot.need.of:
            continue
        said = [one for one in said_on(paper, profile) if one.person == profile.holder]
        if said and (finding := _judged(case, slot, paper, said)) is not None:
            yield finding


def _judged(case: Case, slot: Slot, paper: Paper, said: list[Said]) -> Finding | None:
    wanted = slot.need.of if slot.need else ""
    who = case.profiles.called(wanted) or "本人"
    known = {
        attribute: {claim.value for claim in case.of_party(wanted, attribute) if claim.paper is not paper}
        for attribute in (Attribute.ID_NUMBER, Attribute.NAME)
    }
    mine = {one.attribute: one.field for one in said}
    comparable = [attribute for attribute in known if known[attribute] and attribute in mine]
    if not comparable:
        return None
    if any(mine[attribute].value in known[attribute] for attribute in comparable):
        return case.finding(Check.SAME_PERSON, Outcome.FINE, "right", slot, paper, who=who)
    field = mine.get(Attribute.NAME) or mine[comparable[0]]
    other = next((claim.party for claim in case.claims if claim.paper is paper and claim.field is field), "")
    found = f"{field.value}（{case.profiles.called(other)}）" if other and other != wanted else field.value
    sure = _somebody_else(known, mine) or (bool(other) and other != wanted)
    outcome, key = (Outcome.FIX, "other") if sure else (Outcome.UNSURE, "doubt")
    return case.finding(Check.SAME_PERSON, outcome, key, slot, paper, field, who=who, found=found)


def _somebody_else(known: dict[Attribute, set[str]], mine: dict[Attribute, ExtractedField]) -> bool:
    """Say whether the paper surely names another person: no misread letter could make the one of the other."""
    name, number = mine.get(Attribute.NAME), mine.get(Attribute.ID_NUMBER)
    another_number = (
        number is not None
        and bool(known[Attribute.ID_NUMBER])
        and id_number_fits(number.value)
        and number.confidence >= CONFIDENT
        and all(distance(number.value, one) > 3 for one in known[Attribute.ID_NUMBER])
    )
    another_name = (
        name is not None
        and bool(known[Attribute.NAME])
        and name.confidence >= CONFIDENT
        and all(distance(name.value, one) > 1 for one in known[Attribute.NAME])
    )
    return (another_name and (another_number or number is None or not known[Attribute.ID_NUMBER])) or another_number
