"""What the checks look at: the list, the papers sorted onto its lines, and what the papers say of each person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from guides.checklist import Checklist, ChecklistItem
from guides.model import Citation, DocumentNeed, Question, Status
from guides.situation import Situation
from ingestion.model import Box
from prereview.model import (
    Certainty,
    Check,
    Contradiction,
    ExtractedField,
    Finding,
    Outcome,
    PageQuality,
    ReadFile,
    RecognisedPage,
)
from prereview.profile_model import Attribute, Profile, Side
from prereview.profiles import Profiles
from prereview.wording import Wording

CONFIDENT = 0.95
"""From this reading confidence a contradiction may be called one; below, a person has to look (measured at .95)."""

VOUCHED = 0.6
"""Share of its words a page must carry to be what the button says, where its title is lost."""

DEMANDED = frozenset({Status.REQUIRED, Status.CHOOSE_ONE})
"""Only what these statuses name is missed when it is not there."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One side of a document, where it lies in what was handed in. `seen` is None for a page without any words."""

    file: ReadFile
    page: int
    seen: RecognisedPage | None
    quality: PageQuality
    vouched: bool = False
    """Handed in under the button of just this kind, so that a lost title need not leave it in doubt."""

    @property
    def kind(self) -> str:
        return self.seen.kind if self.seen else ""

    @property
    def known(self) -> bool:
        """True when the document was recognised for sure, by its own words or with the button that was pressed."""
        if self.seen is None:
            return False
        return self.seen.certainty is Certainty.SURE or (self.vouched and self.seen.score >= VOUCHED)

    def field(self, name: str) -> ExtractedField | None:
        """Give a field that was read in its proper shape."""
        found = self.seen.field(name) if self.seen else None
        return found if found is not None and found.expected_shape else None


@dataclass(frozen=True, slots=True)
class Slot:
    """One document that a line of the list asks for, with the papers that answer it.

    `wrong` are papers handed in for this line that are something else, `doubtful` those nobody can tell.
    """

    item: ChecklistItem
    need: DocumentNeed | None
    papers: tuple[Paper, ...]
    wrong: tuple[Paper, ...] = ()
    doubtful: tuple[Paper, ...] = ()

    @property
    def demanded(self) -> bool:
        """True when its absence is a finding."""
        return self.item.status in DEMANDED


@dataclass(frozen=True, slots=True)
class Claim:
    """What one paper says of one person. `assumed` marks a person told by the sex alone."""

    party: str
    attribute: Attribute
    value: str
    field: ExtractedField
    paper: Paper
    slot: Slot
    assumed: bool = False

    @property
    def confidence(self) -> float:
        return self.field.confidence


@dataclass(frozen=True, slots=True)
class Case:
    """Everything a check may look at. Checks read it and give findings; none changes it."""

    checklist: Checklist
    situation: Situation
    on: date
    questions: tuple[Question, ...]
    profiles: Profiles
    wording: Wording
    slots: tuple[Slot, ...]
    spare: tuple[Paper, ...]
    """Known papers that no line asks for."""
    unplaced: tuple[Paper, ...]
    """Pages nobody could recognise, handed in for no line in particular."""
    unread: tuple[ReadFile, ...]
    claims: tuple[Claim, ...]

    def profile(self, paper: Paper) -> Profile | None:
        """Give the profile of a recognised paper."""
        return self.profiles.find(paper.kind) if paper.kind else None

    def side(self, paper: Paper) -> Side | None:
        """Give the side of the profile a paper was recognised as."""
        profile = self.profile(paper)
        return profile.side(paper.seen.side) if profile and paper.seen else None

    def called(self, slot: Slot) -> str:
        """Give what people call the document of a slot: 妈妈的居民身份证."""
        if slot.need is None:
            return slot.item.name
        profile = self.profiles.find(slot.need.kind)
        if profile is None:
            return slot.item.name
        whose = self.profiles.called(slot.need.of) if profile.holder else ""
        return f"{whose}的{profile.title}" if whose else profile.title

    def finding(
        self,
        check: Check,
        outcome: Outcome,
        key: str,
        slot: Slot | None = None,
        paper: Paper | None = None,
        field: ExtractedField | None = None,
        box: Box | None = None,
        contradiction: Contradiction | None = None,
        **words: str,
    ) -> Finding:
        """Make a finding in the words of `key`, with the clause of the line and the place on the page."""
        what = self.called(slot) if slot else self._title(paper)
        said = self.wording.say(check, key, what=what, **words)
        place = field.box if field else box
        if place is None and paper is not None and paper.seen is not None and outcome is not Outcome.FINE:
            place = paper.seen.box
        return Finding(
            requirement=slot.item.requirement if slot else "",
            check=check,
            outcome=outcome,
            title=f"{what}·{self.wording.checks[check].name}",
            expected=said.expected,
            found=said.found,
            remedy=said.remedy,
            citations=_citations(slot, check),
            file=paper.file.name if paper else "",
            page=paper.page if paper else None,
            box=place,
            confidence=field.confidence if field else (paper.seen.confidence if paper and paper.seen else None),
            contradiction=contradiction,
        )

    def of_party(self, party: str, attribute: Attribute) -> tuple[Claim, ...]:
        """Give what all papers say of one person."""
        return tuple(one for one in self.claims if one.party == party and one.attribute is attribute)

    def _title(self, paper: Paper | None) -> str:
        return self.profiles.title(paper.kind) if paper is not None and paper.kind else "这份材料"


def _citations(slot: Slot | None, check: Check) -> tuple[Citation, ...]:
    """Give the clause that names this very fault, if the guide has one, before those of the line."""
    if slot is None:
        return ()
    named = [one.citation for one in slot.item.material.corrections if one.check == check.value]
    return tuple(dict.fromkeys([*named, *slot.item.citations]))


def worst(outcomes: Sequence[Outcome]) -> Outcome:
    """Give the gravest of several outcomes of one check."""
    order = [Outcome.FACT_CONFLICT, Outcome.FIX, Outcome.NOT_PROVIDED, Outcome.UNSURE, Outcome.NOT_NEEDED]
    return next((outcome for outcome in order if outcome in outcomes), Outcome.FINE)
