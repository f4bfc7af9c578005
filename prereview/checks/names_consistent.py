"""Names consistent: every paper writes a person's name alike."""

from __future__ import annotations

from collections.abc import Iterator

from prereview.case import Case
from prereview.checks.agree import compare
from prereview.model import Check, Finding, Outcome
from prereview.profile_model import Attribute


def names_consistent(case: Case) -> Iterator[Finding]:
    """FIX where both names were read for sure; the finding stands on the paper that is alone with its spelling."""
    for one in compare(case, Attribute.NAME):
        claim = one.claim
        who = case.profiles.called(claim.party) or "本人"
        other = case.called(one.believed.slot)
        if one.same:
            outcome, key = Outcome.FINE, "same"
        else:
            outcome, key = (Outcome.FIX, "differs") if one.sure else (Outcome.UNSURE, "doubt")
        yield case.finding(
            Check.NAMES_CONSISTENT,
            outcome,
            key,
            claim.slot,
            claim.paper,
            claim.field,
            who=who,
            name=one.believed.value,
            other=other,
            found=claim.value,
        )
