"""ID checksum: the number keeps GB 11643 (check character, real birth date). Its region is never judged.

A misfit is spoken of as 疑似写错, never as invalid: old and doubled numbers exist. Where another paper carries nearly
the same number and that one fits, the engine may as well have misread a digit, however sure it was: then it is UNSURE.
"""

from __future__ import annotations

from collections.abc import Iterator

from prereview.case import CONFIDENT, Case
from prereview.checks.slots import papers
from prereview.fuzzy import distance
from prereview.identity import said_on
from prereview.model import Check, Finding, Outcome
from prereview.profile_model import Attribute
from prereview.say import masked
from prereview.values import id_number_fits

MISREAD = 2
"""Characters the engine may misread in one number."""


def id_checksum(case: Case) -> Iterator[Finding]:
    """Judge every identity number that was read."""
    fitting = {
        claim.value for claim in case.claims if claim.attribute is Attribute.ID_NUMBER and id_number_fits(claim.value)
    }
    for slot, paper in papers(case):
        profile = case.profile(paper)
        if profile is None:
            continue
        numbers = [one.field for one in said_on(paper, profile) if one.attribute is Attribute.ID_NUMBER]
        bad = [field for field in numbers if not id_number_fits(field.value)]
        for field in bad:
            misread = any(distance(field.value, number) <= MISREAD for number in fitting)
            sure = field.confidence >= CONFIDENT and not misread
            outcome, key = (Outcome.FIX, "misfit") if sure else (Outcome.UNSURE, "doubt")
            yield case.finding(Check.ID_CHECKSUM, outcome, key, slot, paper, field, number=field.value)
        if numbers and not bad:
            number = masked(numbers[0].value)
            yield case.finding(Check.ID_CHECKSUM, Outcome.FINE, "fits", slot, paper, numbers[0], number=number)
