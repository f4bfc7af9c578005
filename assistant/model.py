"""What the assistant is asked, what it understood, and what it may say; an unsourced sentence has no constructor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from guides.checklist import Checklist
from guides.model import Citation, FactKind, Guide
from guides.situation import Fact, FactValue, Situation


class Aspect(StrEnum):
    """What a question is about."""

    MATERIALS = "materials"
    TIME = "time"
    FEE = "fee"
    PLACE = "place"
    PHONE = "phone"
    ELIGIBILITY = "eligibility"
    PROCESS = "process"
    PRESENCE = "presence"
    """Who has to come, and who may stand in."""
    CALCULATION = "calculation"
    """A computed fact, such as the month of retirement."""
    STATUS = "status"
    """How far a filed case has come: only the office can see that."""
    COMPLAINT = "complaint"
    FAQ = "faq"


class Origin(StrEnum):
    """Who worded a statement."""

    RULE = "rule"
    """按规则生成: rendered from the data of a guide."""
    QUOTE = "quote"
    """The source's own words."""
    MODEL = "model"
    """AI 改写: worded by a language model from numbered passages."""


class Part(StrEnum):
    """The place of a statement in the answer, in reading order."""

    LEAD = "lead"
    """The direct answer; the first line."""
    CALCULATION = "calculation"
    CONDITION = "condition"
    """On what it depends, and a supposition said as one."""
    MATERIAL = "material"
    EXEMPTION = "exemption"
    CONFLICT = "conflict"
    PREREQUISITE = "prerequisite"
    PRESENCE = "presence"
    DETAIL = "detail"
    """Days, fees, places, phones, deadlines, steps."""
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Understood:
    """A fact read from the person's own words, shown back as 我理解您… and open to correction.

    `value` is the typed value, `words` the exact words it was read from ("" when chosen by button), `label` the chip
    ("妈妈户口：外省"). `assumed` marks a default of the guide that nobody stated.
    """

    fact: str
    value: FactValue
    words: str
    label: str
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer with the sources it rests on; at least one, or there is no sentence.

    `requirement` is the id of the material it speaks of ("" otherwise). `verified` is False where a cited source was
    only recalled or inferred; such a text ends with （未核实）.
    """

    text: str
    citations: tuple[Citation, ...]
    origin: Origin = Origin.RULE
    part: Part = Part.DETAIL
    requirement: str = ""
    verified: bool = True

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError(f"a statement needs at least one citation: {self.text}")
        if not self.text.strip():
            raise ValueError("a statement needs words")


@dataclass(frozen=True, slots=True)
class Worded:
    """A sentence a model worded, not yet proven, and the numbers of the draft's statements it names, counted from 1."""

    text: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One button under a question."""

    value: bool | str
    """What to send back: true/false, an option, or "unknown" for 不清楚 (always the last one)."""
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class AskBack:
    """The one question asked back. `fact` is "matter" when it is still open what the person wants to get done."""

    fact: str
    ask: str
    why: str
    kind: FactKind
    choices: tuple[Choice, ...]
    unit: str = ""
    hint: str = ""
    remaining: int = 1
    """About how many questions are left, this one included."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to turn to: an office, a window or a hotline."""

    name: str
    number: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter the assistant can speak about: one guide in one region."""

    slug: str
    title: str
    region: str


class Reason(StrEnum):
    """Why there is no full answer; the sentences for each stand in wording.zh.yaml."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NOT_CHINESE = "not_chinese"
    RUDE = "rude"
    INJECTION = "injection"
    CRISIS = "crisis"
    UNLAWFUL = "unlawful"
    """Weapons, drugs, breaking into systems: nothing a public office does."""
    EVASION = "evasion"
    """Getting round a rule: hiding income, a divorce for show, insurance by name only."""
    FORGERY = "forgery"
    BROKER = "broker"
    """黄牛、代办: paid shortcuts; a warning."""
    OTHER_PERSON = "other_person"
    """Another person's data."""
    ACCOUNT_DATA = "account_data"
    """What stands in the asker's own account."""
    LEGAL_ADVICE = "legal_advice"
    MEDICAL_ADVICE = "medical_advice"
    OFF_TOPIC = "off_topic"
    """Nothing a public office does at all."""
    NO_GUIDE = "no_guide"
    """A public matter that no guide speaks of."""
    OUT_OF_SCOPE = "out_of_scope"
    OTHER_REGION = "other_region"
    EXPIRED_GUIDE = "expired_guide"
    UNDER_REVIEW = "under_review"
    """The guide was stopped because it may be wrong: nothing is said from it until somebody has looked."""
    NOT_FOUND = "not_found"
    STATUS = "status"
    COMPLAINT = "complaint"
    HUMAN_WANTED = "human_wanted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What every answer carries, whatever its outcome. `question` is masked; `notices` are words about the talk itself.

    A notice ("身份证号已替您遮住") states nothing about the matter and needs no source; whatever does is a Statement.
    """

    answer_id: str
    question: str
    on: date
    region: str
    matter: Matter | None = None
    aspects: tuple[Aspect, ...] = ()
    understood: tuple[Understood, ...] = ()
    statements: tuple[Statement, ...] = ()
    checklist: Checklist | None = None
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(Said):
    """A full answer: at least one statement."""

    def __post_init__(self) -> None:
        if not self.statements:
            raise ValueError("an Answered says something; use Declined when nothing is written")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking(Said):
    """One question that can still change the result, with what holds already (statements and checklist so far)."""

    ask: AskBack


@dataclass(frozen=True, slots=True, kw_only=True)
class Declined(Said):
    """No answer from our sources, kindly: why, the next step, whom to turn to, the nearest matters."""

    reason: Reason
    message: str
    next_step: str
    contacts: tuple[Contact, ...] = ()
    nearest: tuple[Matter, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOff(Said):
    """A person should take over; `summary` is what would be passed on, masked, once the citizen agrees."""

    reason: Reason
    message: str
    next_step: str
    summary: str
    contacts: tuple[Contact, ...] = ()


Answer = Answered | Asking | Declined | HandedOff

RawFact = bool | int | float | str
"""A fact as a button, a form or a facts file carries it; "unknown" is 不清楚."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One question as it comes in at the front door, with everything that is not in its words.

    `facts` are answers given by button, form or file (raw, checked against the guide's questions). `matter` is a slug
    chosen by button or page. The text may be empty when `facts` or `matter` is given. `conversation` "" means a single
    question without memory. `on` is the day the person plans to go, `at` the moment of asking.
    """

    text: str
    answer_id: str
    on: date
    at: datetime
    region: str = "430100"
    conversation: str = ""
    matter: str = ""
    facts: Mapping[str, RawFact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Turn:
    """One exchange of a conversation as remembered: masked words, the matter, the facts it brought, what was asked."""

    question: str
    at: datetime
    matter: str
    region: str
    facts: Mapping[str, Fact]
    asked: str
    """The fact asked for at the end of this turn, or ""."""
    outcome: str
    aspects: tuple[Aspect, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer in the making; each step gives a changed copy, or an Answer that ends the walk."""

    inquiry: Inquiry
    text: str
    """The question masked and normalised (full-width folded, spaces trimmed); the raw words go no further."""
    notices: tuple[str, ...] = ()
    turns: tuple[Turn, ...] = ()
    asked: str = ""
    """The fact our last turn asked for."""
    guide: Guide | None = None
    region: str = ""
    aspects: tuple[Aspect, ...] = ()
    aspects_heard: bool = False
    """False where the aspects are those of the turn before."""
    faq: tuple[str, ...] = ()
    """Ids of the FAQ entries the question matches, best first."""
    faq_sure: bool = False
    """True where the question is so like a known one that its answer is the whole answer."""
    situation: Situation = field(default_factory=Situation)
    fresh: Mapping[str, Fact] = field(default_factory=dict)
    """Facts this turn brought."""
    understood: tuple[Understood, ...] = ()
    checklist: Checklist | None = None
    ask: AskBack | None = None
    statements: tuple[Statement, ...] = ()
    worded: tuple[Worded, ...] = ()
    """How a model would say some of the statements; `ground` proves each or leaves it out."""
    standalone: str = ""
    """A follow-up as a question of its own, "" where it is one already; only for finding the matter."""
