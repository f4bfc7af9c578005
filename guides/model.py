"""The nouns of a guide, as its author writes them, and of a source, as we cite it.

Terms follow GB/T 39554.2 (elements of a service guide) and, where one exists, EU CPSV-AP; the glossary is in README.md.
Everything here is read from `library/` and `sources/`: frozen, unknown keys rejected. What is cited lives in
`cited.py`, what is asked in `questions.py`, what is handed in in `materials.py`; all nouns are imported from here.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import Field

from guides.cited import (
    Citation,
    HeldText,
    Source,
    SourceKind,
    Verification,
)
from guides.condition import ALWAYS, Condition, Value
from guides.elements import ElementKind, GuideElement
from guides.materials import (
    Correction,
    DocumentNeed,
    Ground,
    Handling,
    Material,
    MaterialRule,
    NeverAsk,
    Status,
)
from guides.questions import (
    Derived,
    Evidence,
    FactKind,
    Formula,
    Impossible,
    NamedCondition,
    Option,
    Parameter,
    Question,
    Says,
)

__all__ = [
    "BurdenClaim",
    "BurdenKind",
    "Citation",
    "Conflict",
    "Correction",
    "Deadline",
    "Derived",
    "DocumentNeed",
    "ElementKind",
    "Evidence",
    "Example",
    "FactKind",
    "Faq",
    "Fee",
    "FilingMode",
    "Formula",
    "Ground",
    "Guide",
    "GuideElement",
    "Handling",
    "HeldText",
    "Impossible",
    "Jurisdiction",
    "Material",
    "MaterialRule",
    "NamedCondition",
    "NeverAsk",
    "Note",
    "Option",
    "Parameter",
    "Phone",
    "Point",
    "Prerequisite",
    "Presence",
    "Question",
    "Region",
    "Route",
    "RouteKind",
    "Says",
    "Service",
    "Source",
    "SourceKind",
    "Status",
    "Step",
    "TimeLimit",
    "Verification",
]


# --- where it goes ----------------------------------------------------------------------------------------------------


class RouteKind(StrEnum):
    """Where a situation leads."""

    BUNDLE = "bundle"
    SINGLE_SERVICES = "single_services"
    OFFLINE_ONLY = "offline_only"
    OTHER_PLACE = "other_place"
    NOT_YET = "not_yet"
    TOO_LATE = "too_late"
    OTHER_MATTER = "other_matter"


class Route(Value):
    """One way of getting it done; of all routes exactly one holds in every situation (proved)."""

    id: str = Field(pattern="^[a-z0-9_]+$")
    kind: RouteKind
    title: str
    when: Condition
    say: str
    """The direct answer, in plain words, never a refusal: what can be done, by which rule, who decides."""
    next_step: str
    citations: tuple[Citation, ...] = Field(min_length=1)


class Jurisdiction(Value):
    """Whose place decides which office is responsible."""

    by: str = Field(pattern="^(hukou|residence|birth|insured|property|registered|work)$")
    of: str = ""


class TimeLimit(Value):
    """How long it may take, as promised by the office or set by law."""

    days: float
    unit: str = Field(default="working_day", pattern="^(working_day|day|month)$")
    kind: str = Field(default="promised", pattern="^(promised|statutory)$")
    note: str = ""
    citation: Citation


class Service(Value):
    """One matter inside the bundle (联办事项)."""

    id: str = Field(pattern="^[a-z0-9_]+$")
    name: str
    agency: str
    when: Condition = ALWAYS
    """Part of the case in these situations."""
    place: str
    """Where to go when it is handled on its own, in plain words."""
    jurisdiction: Jurisdiction | None = None
    after: tuple[str, ...] = ()
    limit: TimeLimit | None = None
    output: str = ""
    citation: Citation


class Prerequisite(Value):
    """先办好: what must be settled before the case can be filed."""

    id: str = Field(pattern="^[a-z0-9_]+$")
    text: str
    when: Condition = ALWAYS
    how_to_check: str
    where: str
    citation: Citation


class Presence(Value):
    """Who must appear or act in person, and who may stand in."""

    id: str = Field(pattern="^[a-z0-9_]+$")
    who: str
    what: str
    when: Condition = ALWAYS
    delegate: str = ""
    citation: Citation


# --- what else people ask ---------------------------------------------------------------------------------------------


class Fee(Value):
    """What it costs, and in which situations."""

    id: str = Field(pattern="^[a-z0-9_]+$")
    text: str
    amount_yuan: float | None = None
    when: Condition = ALWAYS
    citation: Citation


class Point(Value):
    """A place to go, with hours and phone."""

    name: str
    address: str
    hours: str = ""
    phone: str = ""
    services: tuple[str, ...] = ()
    citation: Citation


class Phone(Value):
    """A number to call, and what for."""

    about: str
    number: str
    citation: Citation


class Step(Value):
    """One step of the way, in order."""

    text: str
    who: str = ""
    citation: Citation


class Faq(Value):
    """A question people ask, in several wordings, with our answer in our own words."""

    id: str = Field(pattern="^[a-z0-9_]+$")
    asks: tuple[str, ...] = Field(min_length=1)
    answer: tuple[str, ...] = Field(min_length=1)
    """Short sentences; each is shown with the citations."""
    when: Condition = ALWAYS
    citations: tuple[Citation, ...] = Field(min_length=1)


class Conflict(Value):
    """Official sources that contradict each other: said aloud, never resolved by us in silence."""

    id: str = Field(pattern="^[a-z0-9_]+$")
    about: str
    when: Condition = ALWAYS
    say: str
    resolution: str
    """What the person can safely do; ends with the window's word."""
    citations: tuple[Citation, ...] = Field(min_length=2)


class Deadline(Value):
    """A day by which something should happen, counted from a fact, and what happens otherwise."""

    id: str = Field(pattern="^[a-z0-9_]+$")
    text: str
    when: Condition = ALWAYS
    consequence: str = ""
    citation: Citation


class FilingMode(StrEnum):
    """What we do for a person: guide them only, or also prepare what is filed."""

    GUIDE_ONLY = "guide_only"
    """只导办"""
    APPLY = "apply"
    """可申办: forms are filled in and uploads are read before the person files at the office's own door."""


class BurdenKind(StrEnum):
    """What of a person's effort a figure counts."""

    MATERIALS = "materials"
    VISITS = "visits"
    STEPS = "steps"
    FIELDS = "fields"
    DAYS = "days"


class BurdenClaim(Value):
    """A before-and-now figure as its owner states it; shown beside what our data computes, never instead of it."""

    kind: BurdenKind
    before: float
    now: float
    by: str
    """Whose claim it is, and for which place."""
    differs: str = ""
    """Why our own count differs, in one sentence."""
    citation: Citation


class Note(Value):
    """Something the editor wants to say about the guide: a difference from the source, a doubt, a search made."""

    about: str
    text: str
    explains: tuple[str, ...] = ()
    """Differences from the portal's own list that this explains, as `ingest portal-json --compare` names them."""


class Guide(Value):
    """One life event (一件事) in one region, complete: what is asked, where it goes, what is handed in, and why.

    `valid_from`/`valid_to` bound the days it may be used for; outside them it is shown as expired, never applied.
    """

    slug: str = Field(pattern="^[a-z0-9-]+$")
    title: str
    region: str
    lead_agency: str
    code: str = ""
    version: str
    valid_from: date
    valid_to: date | None = None
    official_url: str = ""
    summary: str
    aliases: tuple[str, ...] = Field(min_length=1)
    """What people call it: official names, life events, colloquial wordings. Used for routing."""
    not_this: tuple[str, ...] = ()
    """Phrases that look alike but mean another matter."""
    sources: tuple[str, ...] = Field(min_length=1)
    questions: tuple[Question, ...]
    derived: tuple[Derived, ...] = ()
    conditions: tuple[NamedCondition, ...] = ()
    impossible: tuple[Impossible, ...] = ()
    routes: tuple[Route, ...] = Field(min_length=1)
    services: tuple[Service, ...] = Field(min_length=1)
    prerequisites: tuple[Prerequisite, ...] = ()
    presence: tuple[Presence, ...] = ()
    materials: tuple[Material, ...] = Field(min_length=1)
    never_ask: tuple[NeverAsk, ...] = ()
    limits: tuple[TimeLimit, ...] = ()
    """Limits of the bundle as a whole."""
    fees: tuple[Fee, ...] = ()
    points: tuple[Point, ...] = ()
    phones: tuple[Phone, ...] = ()
    steps: tuple[Step, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    faq: tuple[Faq, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    filing: FilingMode = FilingMode.GUIDE_ONLY
    basis: tuple[Citation, ...] = ()
    """The laws and notices the matter as a whole rests on (法律依据)."""
    burden: tuple[BurdenClaim, ...] = ()
    elements: tuple[GuideElement, ...] = ()
    """Other elements of GB/T 39554.2, each a cited sentence."""


class Example(Value):
    """A named situation with the whole list it must give; the sentence is the name of the test."""

    name: str
    origin: str = Field(pattern="^(official|own)$")
    on: date
    facts: dict[str, bool | int | float | str]
    route: str
    items: dict[str, Status]
    """Every material of the guide with its status."""
    prerequisites: tuple[str, ...] | None = None
    presence: tuple[str, ...] | None = None


class Region(Value):
    """An administrative division, with the names people use for it."""

    code: str = Field(pattern="^[0-9]{2,6}$|^$")
    name: str
    parent: str = ""
    aliases: tuple[str, ...] = ()
