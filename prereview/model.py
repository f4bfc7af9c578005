"""The nouns of the pre-review: what was uploaded, what was read on it, what that means for the person's list."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from pydantic import ConfigDict

from guides.model import Citation
from guides.situation import FactValue
from ingestion.model import Box, TextLine


class Outcome(StrEnum):
    """What one check says about one requirement."""

    FINE = "fine"
    FIX = "fix"
    """Certain, and the person can mend it."""
    UNSURE = "unsure"
    """The machine cannot tell: a person has to look."""
    NOT_NEEDED = "not_needed"
    NOT_PROVIDED = "not_provided"
    FACT_CONFLICT = "fact_conflict"
    """A document says otherwise than the person did: ask, then make the list anew."""


class Readiness(StrEnum):
    """One word over the whole report; never a gate."""

    READY = "ready"
    FIX_FIRST = "fix_first"
    ASK_A_PERSON = "ask_a_person"


class Check(StrEnum):
    """The names of the checks; each is one file under `checks/`."""

    PRESENT = "present"
    RIGHT_DOCUMENT = "right_document"
    LEGIBLE = "legible"
    COMPLETE_SIDES = "complete_sides"
    IN_DATE = "in_date"
    ID_CHECKSUM = "id_checksum"
    NAMES_CONSISTENT = "names_consistent"
    NUMBERS_CONSISTENT = "numbers_consistent"
    SAME_PERSON = "same_person"
    DATES_IN_ORDER = "dates_in_order"
    SIGNED = "signed"
    FILLED = "filled"
    FACT_CONFLICT = "fact_conflict"
    NOT_NEEDED = "not_needed"
    DUPLICATE = "duplicate"


class Edge(StrEnum):
    """One side of a picture."""

    TOP = "top"
    RIGHT = "right"
    BOTTOM = "bottom"
    LEFT = "left"


class Certainty(StrEnum):
    """How surely a page was recognised. A low score means "cannot tell", never "the wrong document"."""

    SURE = "sure"
    DOUBTFUL = "doubtful"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file as it came in: its name, its bytes, and the requirement whose button was pressed ("" when none was)."""

    name: str
    content: bytes
    requirement: str = ""


@dataclass(frozen=True, slots=True)
class FileProblem:
    """Why a file could not be read: a short reason, and in Chinese what the person can do about it.

    `certain` is True where the file itself is the reason (encrypted, empty, too large), False where we failed
    (crash, time-out): the first is FIX, the second UNSURE.
    """

    reason: str
    remedy: str
    certain: bool


@dataclass(frozen=True, slots=True)
class PageQuality:
    """How well a page can be read; None where it was not measured (digital pages need no gate).

    `sharpness` is gradient over local contrast at strong edges (0 to 1), `light` the 90th percentile of brightness
    (0 to 255), `line_height` the median height of a line in pixels, `cut` the edges the paper runs off, `glare` the
    spots of pure white light.
    """

    sharpness: float | None = None
    light: float | None = None
    line_height: float | None = None
    cut: tuple[Edge, ...] = ()
    glare: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class ExtractedField:
    """One value read from a document, with the place it stands at.

    `value` is in the normal form of its type (dates ISO, numbers without spaces), `text` as printed. `confidence` is
    the engine's for the line it was read from (0 to 1). `expected_shape` is False where the words do not have the
    shape of the field's type.
    """

    name: str
    value: str
    text: str
    box: Box
    confidence: float
    expected_shape: bool = True


@dataclass(frozen=True, slots=True)
class Blank:
    """A place on a form that is to be filled or signed.

    `text` is what was read in it, `ink` the share of dark strokes found in it (0 to 1), None where it could not be
    measured. `signature` tells a place to sign from a field to fill.
    """

    name: str
    box: Box
    text: str = ""
    ink: float | None = None
    person: str = ""
    signature: bool = False
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class RecognisedPage:
    """One side of one document as it stands on a page; one picture may hold several.

    `kind` and `side` are names of a profile ("" when unknown), `turn` the quarter turns clockwise (0, 90, 180, 270)
    that set it upright, `confidence` the mean of the engine's over its lines. `missing` names required fields that
    were not read and places to sign that were not found, `blanks` those that were found empty.
    """

    kind: str
    side: str
    certainty: Certainty
    score: float
    turn: int
    box: Box
    fields: tuple[ExtractedField, ...]
    confidence: float
    blanks: tuple[Blank, ...] = ()
    missing: tuple[str, ...] = ()
    cut: tuple[Edge, ...] = ()

    def field(self, name: str) -> ExtractedField | None:
        """Give the field of that name, or None when it was not found."""
        return next((one for one in self.fields if one.name == name), None)


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page of a file: its words, how well it can be read, and the documents recognised on it."""

    number: int
    width: float
    height: float
    lines: tuple[TextLine, ...]
    quality: PageQuality
    documents: tuple[RecognisedPage, ...]
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    image: bytes | None = None
    """JPEG as re-encoded by us, for evidence; None where none is kept."""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """Everything read from one file; depends on its bytes alone, so it may be kept by digest and used again.

    Either `problem` says why nothing could be read, or `pages` holds what was.
    """

    name: str
    digest: str
    media_type: str
    pages: tuple[ReadPage, ...]
    problem: FileProblem | None = None
    requirement: str = ""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A fact as the person stated it and as a document has it."""

    fact: str
    stated: FactValue
    read: FactValue


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check says about one requirement, with the evidence: where, expected, found, and what to do.

    `requirement` is the checklist line ("" when a file belongs to none), `box` a share of the page. Anything that is
    not FINE carries a remedy.
    """

    requirement: str
    check: Check
    outcome: Outcome
    title: str
    expected: str
    found: str
    remedy: str
    citations: tuple[Citation, ...]
    file: str = ""
    page: int | None = None
    box: Box | None = None
    confidence: float | None = None
    contradiction: Contradiction | None = None

    def __post_init__(self) -> None:
        if self.outcome is not Outcome.FINE and not self.remedy:
            raise ValueError(f"a finding that is not fine says what to do: {self.requirement}/{self.check}")
        if (self.outcome is Outcome.FACT_CONFLICT) != (self.contradiction is not None):
            raise ValueError("a fact conflict names the fact and both of its values")


@dataclass(frozen=True, slots=True)
class ByHand:
    """Something no machine can see, for the person to check themselves (机器看不了、请自己核对)."""

    requirement: str
    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """All findings on one submission, judged against one checklist on one day.

    `undecided` are requirements whose status is open, `unverified` those that rest on a source nobody read.
    """

    findings: tuple[Finding, ...]
    on: date
    bundle: str = ""
    undecided: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()
    by_hand: tuple[ByHand, ...] = ()
    digests: tuple[tuple[str, str], ...] = ()
    """Versions it was made with, by name: guide, sources, engine, profiles."""

    @property
    def readiness(self) -> Readiness:
        """READY only when every finding is fine (or kindly not needed) and nothing is open."""
        outcomes = {finding.outcome for finding in self.findings}
        if outcomes & {Outcome.FIX, Outcome.NOT_PROVIDED}:
            return Readiness.FIX_FIRST
        if outcomes & {Outcome.UNSURE, Outcome.FACT_CONFLICT} or self.undecided or self.unverified:
            return Readiness.ASK_A_PERSON
        return Readiness.READY if Outcome.FINE in outcomes else Readiness.ASK_A_PERSON

    @property
    def open_things(self) -> tuple[str, ...]:
        """Say what keeps it from READY, gravest first; the names are keys of the wording."""
        outcomes = {finding.outcome for finding in self.findings}
        things = {
            "to_fix": bool(outcomes & {Outcome.FIX, Outcome.NOT_PROVIDED}),
            "conflict": Outcome.FACT_CONFLICT in outcomes,
            "unsure": Outcome.UNSURE in outcomes,
            "undecided": bool(self.undecided),
            "unverified": bool(self.unverified),
            "nothing_read": Outcome.FINE not in outcomes,
        }
        return tuple(name for name, is_open in things.items() if is_open)

    def of(self, requirement: str) -> tuple[Finding, ...]:
        """Give the findings on one line of the list."""
        return tuple(finding for finding in self.findings if finding.requirement == requirement)


class FileState(StrEnum):
    """How far a file of a submission has come."""

    RECEIVED = "received"
    READING = "reading"
    READ = "read"
    FAILED = "failed"
    """It could not be read; its FileProblem says why."""


@dataclass(frozen=True, slots=True)
class SubmittedFile:
    """A file of a submission; its name and its words lie encrypted in the vault, not here."""

    id: str
    digest: str
    size: int
    media_type: str
    state: FileState
    requirement: str = ""
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Submission:
    """What one person handed in for one matter; forgotten at `deadline` at the latest.

    `id` is unguessable. `kinds` are the sensitive kinds the person agreed to have read.
    """

    id: str
    bundle: str
    region: str
    created: datetime
    deadline: datetime
    planned: date
    consents: tuple[str, ...] = ()
    files: tuple[SubmittedFile, ...] = field(default=())
