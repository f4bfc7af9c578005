"""ID checksum: the number keeps GB 11643 (check character, real birth date). Its region is never judged.

A misfit is spoken of as 疑似写错, never as invalid: old and doubled numbers exist.
"""

from __future__ import annotations

from collections.abc import Iterator

from prereview.case import CONFIDENT, Case
from prereview.checks.slots import papers
from prereview.identity import said_on
from prereview.model import Check, Finding, Outcome
from prereview.profile_model import Attribute
from prereview.say import masked
from prereview.values import id_number_fits


def id_checksum(case: Case) -> Iterator[Finding]:
    """Judge every identity number that was read."""
    for slot, paper in papers(case):
        profile = case.profile(paper)
        if profile is None:
            continue
        numbers = [one.field for one in said_on(paper, profile) if one.attribute is Attribute.ID_NUMBER]
        bad = [field for field in numbers if not id_number_fits(field.value)]
        for field in bad:
            outcome, key = (Outcome.FIX, "misfit") if field.confidence >= CONFIDENT else (Outcome.UNSURE, "doubt")
            yield case.finding(Check.ID_CHECKSUM, outcome, key, slot, paper, field, number=field.value)
        if numbers and not bad:
            number = masked(numbers[0].value)
            yield case.finding(Check.ID_CHECKSUM, Outcome.FINE, "fits", slot, paper, numbers[0], number=number)
