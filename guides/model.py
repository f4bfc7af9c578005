"""The nouns of a guide, as its author writes them, and of a source, as we cite it.

Terms follow GB/T 39554.2 (elements of a service guide) and, where one exists, EU CPSV-AP; the glossary is in README.md.
Everything here is read from `library/` and `sources/`: frozen, unknown keys rejected.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from guides.condition import ALWAYS, Condition, Value


class Verification(StrEnum):
    """How far a fact was checked; only READ counts as supported."""

    READ = "read"
    """核: the source itself (or its official structured form) was read."""
    RECALLED = "recalled"
    """记: common knowledge of the law, its text not read by us."""
    INFERRED = "inferred"
    """推: concluded by us from structure or practice."""


class SourceKind(StrEnum):
    """What sort of text a source is; laws outrank notices, notices outrank guides."""

    LAW = "law"
    REGULATION = "regulation"
    LOCAL_REGULATION = "local_regulation"
    NOTICE = "notice"
    OFFICIAL_GUIDE = "official_guide"
    STANDARD = "standard"
    REPRINT = "reprint"


class HeldText(Value):
    """Where the archive finds the source's own text: a law by title (and date), or a portal guide by its code."""

    kind: str = Field(pattern="^(law|portal_json|file)$")
    key: str
    """Title of the law as promulgated, code of the portal guide (e.g. 43PCN0009225J0100), or a file name."""
    edition: str = ""
    """Date of the edition for a law, e.g. "2018-12-29"."""


class Source(Value):
    """A law, notice, official guide or page that we cite; written once under `sources/`."""

    id: str = Field(pattern="^[a-z0-9_]+$")
    title: str
    issuer: str
    document_no: str = ""
    kind: SourceKind
    published: date | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    url: str = Field(default="", pattern="^(https?://.*)?$")
    region: str = ""
    """Administrative code; "" for the whole country."""
    verification: Verification
    retrieved: date | None = None
    """Day on which the text was read."""
    note: str = ""
    held: HeldText | None = None


class Citation(Value):
    """One place in one source.

    `locator` is a clause as lawyers write it ("第五十四条") for laws, or `section/entry` for a portal guide:
    `materialList/<clmc>`, `guideCondition/<n>` (1-based, in the order of pxh), `questionInfo/<problem>`,
    `approveList/<lbsxfwmc>`, `guidePoint/<bldmc>`, `basicInfo/<key>`, `onethingCatalogStandServiceGuide/<key>`.
    `verification` can only weaken the source's own mark.
    """

    source: str
    locator: str
    verification: Verification | None = None


# --- what is asked ----------------------------------------------------------------------------------------------------


class FactKind(StrEnum):
    """What sort of answer a question takes."""

    YES_NO = "yes_no"
    ONE_OF = "one_of"
    NUMBER = "number"
    DATE = "date"
    MONTH = "month"
    """A date known to the month (出生年月); stands for its first day."""


class Option(Value):
    """One answer to a one-of question, with the phrases people use for it."""

    value: str = Field(pattern="^[a-z0-9_]+$")
    label: str
    short: str = ""
    """A few characters for the chip 我理解您…; the label where none is written."""
    says: tuple[str, ...] = ()
    hint: str = ""
    prior: float | None = Field(default=None, ge=0)
    """How common this answer is beside the others (weights, ours, an estimate that only orders questions); uniform if
    none of the options has one."""


class Says(Value):
    """Phrases that answer a yes-no question."""

    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


class Evidence(Value):
    """A field of a document that states this fact, and how its wording maps to our values."""

    document: str
    """Document kind of the pre-review, e.g. "household_booklet"."""
    field: str
    values: dict[str, str | bool] = Field(default_factory=dict)
    """Wording on the document to value; empty for dates and numbers, which are read as such."""


class Question(Value):
    """A fact the guide needs, as a question in plain words."""

    fact: str = Field(pattern="^[a-z0-9_]+$")
    ask: str
    why: str
    """为什么问, in one short sentence."""
    kind: FactKind
    of: str = ""
    """The party it is about: child, mother, father, applicant, employer, shop … ("" for the case itself)."""
    topic: str = ""
    """A general notion the reader of free text knows, e.g. "hukou_place", "ethnicity", "birth_date", "channel"."""
    short: str = ""
    """Two to six characters for the chip 我理解您…, e.g. "妈妈户口"."""
    unit: str = ""
    options: tuple[Option, ...] = ()
    says: Says = Says()
    hint: str = ""
    when: Condition = ALWAYS
    """Asked only then; otherwise the fact does not apply."""
    default: str | bool | None = None
    """Assumed until the person says otherwise, and shown as assumed (e.g. channel: online). Never for eligibility."""
    prior_yes: float | None = Field(default=None, ge=0, le=1)
    """How common "yes" is, for a yes-no question: our estimate, used for the order of questions only."""
    evidence: tuple[Evidence, ...] = ()

    @model_validator(mode="after")
    def _options_fit_kind(self) -> Self:
        if (self.kind is FactKind.ONE_OF) != bool(self.options):
            raise ValueError(f"{self.fact}：one_of 问题要写 options，其他问题不写")
        values = [option.value for option in self.options]
        if len(set(values)) != len(values):
            raise ValueError(f"{self.fact}：选项取值重复")
        return self


class Formula(StrEnum):
    """Calculations a derived fact may name; each is a function in `guides/derive.py`."""

    DELAYED_RETIREMENT = "delayed_retirement"
    BY_YEAR = "by_year"
    AT_LEAST = "at_least"


class Parameter(Value):
    """A number (or base age, step, month) of the law that a formula uses, with its own clause."""

    name: str
    value: float | str | dict[str, float] | dict[str, int]
    unit: str = ""
    effective: date | None = None
    citation: Citation


class Derived(Value):
    """A fact computed from others, shown step by step as 测算，以核定为准."""

    fact: str = Field(pattern="^[a-z0-9_]+$")
    label: str
    kind: FactKind
    by: Formula
    inputs: tuple[str, ...] = Field(min_length=1)
    unit: str = ""
    parameters: tuple[Parameter, ...] = ()
    citation: Citation


class NamedCondition(Value):
    """A condition used in several places, with the sentence a jurist would say for it."""

    name: str = Field(pattern="^[a-z0-9_]+$")
    say: str
    when: Condition


class Impossible(Value):
    """A combination of answers that cannot occur, so that the proof does not count it."""

    when: Condition
    why: str


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


# --- what is handed in ------------------------------------------------------------------------------------------------


class Status(StrEnum):
    """What a situation makes of a material."""

    REQUIRED = "required"
    CHOOSE_ONE = "choose_one"
    ONLY_IF_CHECK_FAILS = "only_if_check_fails"
    SIGN = "sign"
    """Generated by the system, to be read and signed."""
    MAY_FOLLOW = "may_follow"
    """容缺: still owed, may be handed in later."""
    MAY_COMMIT = "may_commit"
    """告知承诺: may be replaced by a commitment, by the applicant's choice."""
    EXEMPT = "exempt"
    """Not handed in although the rule asks for it: the state holds it, makes it, or takes it over."""
    NOT_REQUIRED = "not_required"
    UNDECIDED = "undecided"
    """Depends on a fact that is not known; never written in a guide."""


class Handling(StrEnum):
    """What happens with a material: shown, kept, uploaded or signed."""

    INSPECT = "inspect"
    """到场要出示（不收）"""
    COLLECT = "collect"
    UPLOAD = "upload"
    SIGN = "sign"
    NONE = "none"


class Ground(StrEnum):
    """Why a material need not be handed in."""

    DATA_SHARING = "data_sharing"
    E_CERTIFICATE = "e_certificate"
    GENERATED = "generated"
    REUSED = "reused"
    PRODUCED_IN_BUNDLE = "produced_in_bundle"


class DocumentNeed(Value):
    """One document that satisfies (part of) a material: its kind for the pre-review, whose it is, which sides."""

    kind: str = Field(pattern="^[a-z0-9_]+$")
    of: str = ""
    sides: tuple[str, ...] = ()
    when: Condition = ALWAYS


class MaterialRule(Value):
    """In these situations the material has this status, for this reason, by this clause.

    Of all rules of a material exactly one holds in every situation (proved, so their order means nothing).
    """

    when: Condition
    status: Status
    why: str
    citation: Citation
    handling: Handling = Handling.NONE
    ground: Ground | None = None
    still: str = ""
    """What has to be done all the same (photograph, face check, signature)."""
    fallback: str = ""
    """What to do when the exemption does not work out."""
    supply_by: str = ""
    consequence: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    @model_validator(mode="after")
    def _status_carries_what_it_means(self) -> Self:
        if self.status is Status.UNDECIDED:
            raise ValueError("undecided 由引擎得出，指南里不能写")
        grounded = self.ground is not None
        if (self.status is Status.EXEMPT) != grounded and self.status is not Status.ONLY_IF_CHECK_FAILS:
            raise ValueError("exempt 必须写 ground（免交依据的类型），其他状态不写")
        if self.status in (Status.EXEMPT, Status.ONLY_IF_CHECK_FAILS) and not self.fallback:
            raise ValueError("免交必须写 fallback：核验不到时怎么办")
        if self.status in (Status.REQUIRED, Status.CHOOSE_ONE) and self.handling is Handling.NONE:
            raise ValueError("要交的材料必须写 handling：inspect、collect、upload 或 sign")
        if self.status is Status.MAY_FOLLOW and not (self.supply_by and self.consequence):
            raise ValueError("容缺必须写 supply_by 和 consequence")
        return self


class Correction(Value):
    """A common reason for correction (补正), tied to a check of the pre-review or marked manual."""

    text: str
    check: str = Field(pattern="^[a-z_]+$")
    """Name of a check, or "manual" (人工)."""
    citation: Citation


class Material(Value):
    """A material over the whole bundle (一套材料): asked for once although several services need it."""

    id: str = Field(pattern="^[a-z0-9_]+$")
    name: str
    aliases: tuple[str, ...] = ()
    issuer: str = ""
    services: tuple[str, ...] = Field(min_length=1)
    originals: int = 0
    copies: int = 0
    form: str = ""
    """纸质、照片、电子件 … in words."""
    held_by: str = ""
    """Department whose system already holds what the material proves; "" where no office of the state holds it."""
    criteria: str = ""
    """What a window accepts (受理标准), own words."""
    where_to_get: str = ""
    substitutes: tuple[str, ...] = ()
    documents: tuple[DocumentNeed, ...] = ()
    rules: tuple[MaterialRule, ...] = Field(min_length=1)
    corrections: tuple[Correction, ...] = ()


class NeverAsk(Value):
    """不得索要: what an office may not ask for, with its source."""

    text: str
    when: Condition = ALWAYS
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
