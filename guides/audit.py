"""Every look at a guide before it is served: proved on all its days, walked through, held against its sources."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from guides.golden import Golden, mismatches
from guides.held import HeldGuide, held_problems
from guides.held_laws import Laws, law_problems
from guides.library import Entry
from guides.model import Guide, Source
from guides.proof import Proof, prove
from guides.skeleton import unfinished
from guides.walks import overturned


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What guides are held against: check names of the pre-review, official guides and laws at hand."""

    checks: Collection[str] = ()
    """Empty: names are not looked at."""
    held: Mapping[str, HeldGuide] = field(default_factory=dict)
    laws: Laws = field(default_factory=dict)
    walks: int = 3


@dataclass(frozen=True, slots=True)
class Audit:
    """The proof of one guide on the day asked for, and every problem found on any day or by any other look."""

    proof: Proof
    problems: tuple[str, ...]


def audit(
    entry: Entry, on: date, sources: Mapping[str, Source], yardstick: Yardstick, golden: Golden | None = None
) -> Audit:
    """Look at one guide in every way there is; a lists.yaml is compared where one is given."""
    proof = prove(entry.guide, on)
    found = [*proof.problems, *_other_days(entry.guide, on, set(proof.problems))]
    if not found:  # a guide that does not decide every situation has no list to compare
        found += overturned(entry.guide, on, sources, walks=yardstick.walks)
        found += _examples(entry, sources, golden)
    found += _check_names(entry.guide, yardstick.checks)
    found += held_problems(entry.guide, sources, yardstick.held)
    found += unfinished(entry, sources)
    found += law_problems(entry.guide, sources, yardstick.laws)
    return Audit(proof, tuple(found))


def _other_days(guide: Guide, on: date, known: set[str]) -> Iterator[str]:
    """Prove the guide on the first day of every other span of its dated rules, as long as the guide itself holds."""
    for start in epochs(guide):
        if start == max((day for day in epochs(guide) if day <= on), default=start):
            continue
        for problem in prove(guide, start).problems:
            if problem not in known:
                known.add(problem)
                yield f"从{start.year}年{start.month}月{start.day}日起：{problem}"


def epochs(guide: Guide) -> tuple[date, ...]:
    """Give the first day of every span in which no dated rule begins or ends, within the days of the guide."""
    starts = {guide.valid_from}
    for material in guide.materials:
        for rule in material.rules:
            if rule.valid_from is not None:
                starts.add(rule.valid_from)
            if rule.valid_to is not None:
                starts.add(rule.valid_to + timedelta(days=1))
    last = guide.valid_to or date.max
    return tuple(sorted(day for day in starts if guide.valid_from <= day <= last))


def _examples(entry: Entry, sources: Mapping[str, Source], golden: Golden | None) -> Iterator[str]:
    for mismatch in mismatches(entry.guide, entry.examples, golden, sources, hand_only=golden is None):
        yield f"例子“{mismatch.situation}”对不上：{mismatch.differences[0]}"


def _check_names(guide: Guide, known: Collection[str]) -> Iterator[str]:
    for material in guide.materials:
        for correction in material.corrections:
            if known and correction.check not in known:
                yield f"材料“{material.name}”的补正“{correction.text}”写的检查“{correction.check}”不存在"
