"""What the rules say about one situation on one day: the one calculation in which all rooms meet.

The assistant says it, the pre-review checks against it, evals grade it, window and hotline read it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from guides.model import (
    Citation,
    Conflict,
    DocumentNeed,
    Ground,
    Handling,
    Material,
    Prerequisite,
    Presence,
    Question,
    RouteKind,
    Service,
    Status,
)

_NAMED = 3
"""Names in a sentence: more than three are no help to anybody."""


class Block(StrEnum):
    """The blocks of a list as people read it."""

    BRING = "bring"
    """必须带"""
    SHOW = "show"
    """到场要出示（不收）"""
    IF_CHECK_FAILS = "if_check_fails"
    """核验不到时才要（建议随身带）"""
    MAYBE = "maybe"
    """还不确定：取决于没说清的情况"""
    NOT_NEEDED = "not_needed"
    """不用带"""


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One material in this situation, with the reason and the clause for its status.

    For UNDECIDED, `may_be` holds every status it can still take and `depends_on` the facts that decide it.
    `documents` are the documents that satisfy it here (kind, whose, sides), empty when nothing is handed in or shown;
    an exempt line has them where something still has to be done with the document (`still`: a photograph, say).
    """

    requirement: str
    name: str
    status: Status
    handling: Handling
    block: Block
    reason: str
    ground: Ground | None
    still: str
    fallback: str
    citations: tuple[Citation, ...]
    may_be: tuple[Status, ...]
    depends_on: tuple[str, ...]
    documents: tuple[DocumentNeed, ...]
    supply_by: str
    consequence: str
    material: Material


@dataclass(frozen=True, slots=True)
class RouteTaken:
    """The route of this situation; `id` is "" and `candidates` lists the possible ones while it is open."""

    id: str
    kind: RouteKind | None
    title: str
    say: str
    next_step: str
    citations: tuple[Citation, ...]
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DerivedValue:
    """A computed fact with its steps in words, shown as 测算，以核定为准; `text` is the value as people read it."""

    fact: str
    label: str
    text: str
    steps: tuple[str, ...]
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Digests:
    """Versions this result was made with."""

    guide: str
    sources: str
    engine: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """The personal list: where it goes, what is handed in, what is not and why, what comes first, who must come.

    `open_facts` are the facts that can still change it and may be asked for now, those that decide the route first.
    `assumed` are defaults that were used.
    `unverified` lists requirements whose line rests on a citation that is not READ.
    """

    bundle: str
    title: str
    region: str
    on: date
    route: RouteTaken
    services: tuple[Service, ...]
    items: tuple[ChecklistItem, ...]
    prerequisites: tuple[Prerequisite, ...]
    may_precede: tuple[Prerequisite, ...]
    """Prerequisites that an open fact can still bring in."""
    presence: tuple[Presence, ...]
    may_attend: tuple[Presence, ...]
    """The same for people who have to come or act."""
    conflicts: tuple[Conflict, ...]
    derived: tuple[DerivedValue, ...]
    open_facts: tuple[str, ...]
    assumed: tuple[str, ...]
    unverified: tuple[str, ...]
    digests: Digests

    @property
    def decided(self) -> bool:
        """True when no fact can change the route or any line."""
        return not self.open_facts

    @property
    def doubtful(self) -> tuple[ChecklistItem, ...]:
        """Give the lines that play a part here and rest on what nobody has read."""
        beside = (Status.NOT_REQUIRED, Status.UNDECIDED)
        return tuple(item for item in self.items if item.requirement in self.unverified and item.status not in beside)

    @property
    def reference_only(self) -> bool:
        """True for a 参考清单: never READY, never read out as the rule, always sent to a person first."""
        return bool(self.doubtful)

    @property
    def reference_why(self) -> str:
        """Say why it is a 参考清单 and what to do, in one sentence; "" where it is not."""
        names = "、".join(f"“{item.name}”" for item in self.doubtful[:_NAMED])
        many = f"等 {len(self.doubtful)} 样" if len(self.doubtful) > _NAMED else ""
        return f"{names}{many}的依据还没有核实到原文，这份清单先作参考；去之前请向窗口或 12345 确认。" if names else ""

    def block(self, block: Block) -> tuple[ChecklistItem, ...]:
        """Give the items of one block, in the guide's order."""
        return tuple(item for item in self.items if item.block is block)


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """The one question worth asking now, and about how many are left with it; one is said only of the very last."""

    question: Question
    remaining: int
