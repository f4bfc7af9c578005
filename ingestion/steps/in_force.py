"""Say from when to when a law holds, from its own text and its newer versions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ingestion.model import LawText

_EFFECTIVE = re.compile(r"自\s*(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*起\s*(?:施行|实施|执行|生效)")
_CLOSING = 3000
"""Characters at the end of a law in which it says from when it holds."""


@dataclass(frozen=True, slots=True)
class InForce:
    """A law with the days it holds on, both included; None is open."""

    law: LawText
    valid_from: date | None
    valid_to: date | None


def in_force(laws: Iterable[LawText]) -> Iterator[InForce]:
    """Give every law its days: from its own closing clause, until the day before its next version holds.

    Of two versions with the same day only the one published last stays without an end; a law listed twice counts once.
    """
    by_title: dict[str, list[LawText]] = defaultdict(list)
    for law in {law.source: law for law in laws}.values():
        by_title[law.title].append(law)
    for versions in by_title.values():
        yield from _in_turn(versions)


def effective_from(law: LawText) -> date | None:
    """Give the first day a law holds: the latest day its closing clause names, never before it was published."""
    days = [day for words in _EFFECTIVE.findall(law.text[-_CLOSING:]) if (day := _day(words)) is not None]
    latest = max(days, default=None)
    if latest is None or (law.published is not None and latest < law.published):
        return law.published
    return latest


def _in_turn(versions: Sequence[LawText]) -> Iterator[InForce]:
    dated = sorted(
        ((effective_from(law) or date.min, law.published or date.min, law.source, law) for law in versions),
        key=lambda version: version[:3],
    )
    for number, (start, _, _, law) in enumerate(dated):
        following = dated[number + 1][0] if number + 1 < len(dated) else None
        end = max(start, following) - timedelta(days=1) if following is not None and following > date.min else None
        yield InForce(law, start if start > date.min else None, end)


def _day(words: tuple[str, str, str]) -> date | None:
    try:
        return date(int(words[0]), int(words[1]), int(words[2]))
    except ValueError:
        return None
