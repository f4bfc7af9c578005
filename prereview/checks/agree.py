"""Which of several papers to believe about a person, and which one stands alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from prereview.case import CONFIDENT, Case, Claim
from prereview.checks.slots import needless
from prereview.profile_model import Attribute
from prereview.values import id_number_fits


@dataclass(frozen=True, slots=True)
class Comparison:
    """One claim beside what the others say. `believed` is None where nobody else says anything."""

    claim: Claim
    believed: Claim
    same: bool
    sure: bool


def compare(case: Case, attribute: Attribute) -> Iterator[Comparison]:
    """Compare what the papers say of each person; the value most papers have is believed, then the weightier paper."""
    for party in dict.fromkeys(claim.party for claim in case.claims):
        claims = [one for one in case.of_party(party, attribute) if not needless(one.slot)]
        if len({id(one.paper) for one in claims}) < 2:
            continue
        believed = _believed(case, claims)
        supporters = [one for one in claims if one.value == believed.value]
        for claim in claims:
            others = [one for one in supporters if one.paper is not claim.paper]
            if claim.value == believed.value:
                if others:
                    yield Comparison(claim, others[0], same=True, sure=True)
                continue
            yield Comparison(claim, believed, same=False, sure=_sure(claim, supporters))


def _believed(case: Case, claims: Sequence[Claim]) -> Claim:
    """Give the claim whose value has most papers behind it; among equals the one of most authority."""

    def weight(claim: Claim) -> tuple[int, int, int, float]:
        profile = case.profile(claim.paper)
        behind = len({id(one.paper) for one in claims if one.value == claim.value})
        shaped = claim.attribute is not Attribute.ID_NUMBER or id_number_fits(claim.value)
        return int(shaped), behind, profile.authority if profile else 0, claim.confidence

    return max(claims, key=weight)


def _sure(claim: Claim, supporters: Sequence[Claim]) -> bool:
    """Say whether both sides were read so surely that a difference is one on paper.

    Several papers that agree are sure however weakly each was read; a number must keep its check character.
    """
    agreed = len({id(one.paper) for one in supporters}) >= 2 or any(one.confidence >= CONFIDENT for one in supporters)
    valid = claim.attribute is not Attribute.ID_NUMBER or id_number_fits(claim.value)
    return agreed and valid and claim.confidence >= CONFIDENT
