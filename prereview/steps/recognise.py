"""Recognise: which documents lie on a page, which side of each, and how surely.

A title that must be there and words that must not are worth more than any score: a residence permit carries every
word of an identity card. A low score means "cannot tell", never "the wrong document".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from prereview import fuzzy
from prereview.layout import Sheet, Word, sheet_of
from prereview.model import Certainty
from prereview.profile_model import Profile, Side
from prereview.profiles import Profiles

SURE = 0.6
"""Share of the weighted anchors from which a side with its title is sure (specimens: right ones lie above .75)."""
DOUBTFUL = 0.35
"""Below this share a page is not even doubtfully of a kind."""
MARGIN = 0.08
"""A sure side leads the next kind by this much."""
WIDE_GAP = 1.2
"""Two documents on one picture are apart by more than this many line heights."""


@dataclass(frozen=True, slots=True)
class Recognition:
    """One document found on a page: the words that are its own, and what they say it is."""

    sheet: Sheet
    profile: Profile | None
    side: Side | None
    certainty: Certainty
    score: float


@dataclass(frozen=True, slots=True)
class _Candidate:
    profile: Profile
    side: Side
    score: float
    titled: bool


def recognise(sheet: Sheet, profiles: Profiles) -> tuple[Recognition, ...]:
    """Give every document on the page, from top left; a page with words of no known kind gives one UNKNOWN."""
    if not _may_be_several(sheet, profiles):
        return (_one(sheet, profiles),)
    return _apart(sheet, profiles) or (_one(sheet, profiles),)


def _may_be_several(sheet: Sheet, profiles: Profiles) -> bool:
    """Say whether the page carries the needed words of more than one side small enough to share it."""
    rows = [fuzzy.bare(row.text) for row in sheet.rows]
    found = 0
    for profile in profiles.by_kind.values():
        for side in profile.sides if profile.shares_page else ():
            groups = [
                sum(max(len(fuzzy.places(word, row)) for word in group) for row in rows) for group in side.required
            ]
            found += min(groups, default=0)
    return found > 1


def _one(sheet: Sheet, profiles: Profiles) -> Recognition:
    """Say what the words are if they are one document."""
    texts = _texts(sheet)
    candidates = sorted(
        (
            candidate
            for profile in profiles.by_kind.values()
            for side in profile.sides
            if (candidate := _candidate(profile, side, texts)) is not None
        ),
        key=lambda one: (one.titled, one.score),
        reverse=True,
    )
    if not candidates or candidates[0].score < DOUBTFUL:
        return Recognition(sheet, None, None, Certainty.UNKNOWN, candidates[0].score if candidates else 0.0)
    best = candidates[0]
    rival = next((one.score for one in candidates[1:] if one.titled and one.profile.kind != best.profile.kind), 0.0)
    sure = best.titled and best.score >= SURE and best.score - rival >= MARGIN
    return Recognition(sheet, best.profile, best.side, Certainty.SURE if sure else Certainty.DOUBTFUL, best.score)


@dataclass(frozen=True, slots=True)
class _Texts:
    """Rows and single lines without punctuation, and all of them in one string for a quick first look."""

    lines: tuple[str, ...]
    whole: str


def _texts(sheet: Sheet) -> _Texts:
    """Give the words: a title may be spaced out over a row, or share it with a seal."""
    texts = [fuzzy.bare(row.text) for row in sheet.rows]
    texts += [fuzzy.bare(sheet.words[index].text) for row in sheet.rows if len(row.words) > 1 for index in row.words]
    lines = tuple(dict.fromkeys(text for text in texts if text))
    return _Texts(lines, "\n".join(lines))


def _candidate(profile: Profile, side: Side, texts: _Texts) -> _Candidate | None:
    """Weigh one side against the words; None where a word stands that it never carries."""
    if any(word in texts.whole for word in side.negative):
        return None
    whole = sum(side.anchors.values())
    score = sum(weight for words, weight in side.anchors.items() if _any(words.split("|"), texts)) / whole
    titled = not side.titles or any(_is_title(title, text) for title in side.titles for text in texts.lines)
    complete = all(_any(group, texts) for group in side.required)
    return _Candidate(profile, side, score, titled and complete)


def _any(words: tuple[str, ...] | list[str], texts: _Texts) -> bool:
    return any(word in texts.whole for word in words) or any(
        fuzzy.found(word, text)
        for word in words
        if fuzzy.slack(word)
        for text in texts.lines
        if len(text) >= len(word) - 2
    )


def _is_title(title: str, text: str) -> bool:
    """Match a line against a title; `*` at an end lets other words stand there, as long as the line stays short."""
    core = title.strip("*")
    if "*" in core:
        return len(text) <= 40 and all(fuzzy.found(part, text) for part in core.split("*"))
    if "*" not in title:
        return fuzzy.same(core, text)
    if len(text) > 36:
        return False
    spots = fuzzy.places(core, text)
    return any(title.endswith("*") or end >= len(text) - 4 for _, end in spots) and (
        title.startswith("*") or any(start == 0 for start, _ in spots)
    )


def _apart(sheet: Sheet, profiles: Profiles) -> tuple[Recognition, ...]:
    """Split a picture at its wide gaps where both parts are sure documents of kinds that share a page."""
    for part, rest in _splits(sheet):
        first, second = recognise(part, profiles), recognise(rest, profiles)
        both = [one for one in (*first, *second) if one.certainty is not Certainty.UNKNOWN]
        known = [one for one in both if one.certainty is Certainty.SURE and one.profile and one.profile.shares_page]
        if len(known) >= 2 and len(known) == len(both):
            return tuple(known)
    return ()


def _splits(sheet: Sheet) -> Iterator[tuple[Sheet, Sheet]]:
    """Give the ways to cut the words in two along an empty strip, widest strip first, at most three."""
    least = WIDE_GAP * sheet.line_height
    cuts: list[tuple[float, list[Word], list[Word]]] = []
    for axis in (0, 1):
        words = sorted(sheet.words, key=lambda word: _span(word, axis)[0])
        reach = float("-inf")
        for index, word in enumerate(words):
            start, end = _span(word, axis)
            if index >= 3 and len(words) - index >= 3 and start - reach > least:
                cuts.append((start - reach, words[:index], words[index:]))
            reach = max(reach, end)
    cuts.sort(key=lambda cut: cut[0], reverse=True)
    for _, part, rest in cuts[:3]:
        yield sheet_of(part, sheet.turn), sheet_of(rest, sheet.turn)


def _span(word: Word, axis: int) -> tuple[float, float]:
    if axis == 0:
        return word.start[0], word.end[0]
    middle = word.middle[1]
    return middle - word.height / 2, middle + word.height / 2
