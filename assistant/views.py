"""An answer as it is given out and kept: plain frozen values that print as one JSON object and read back the same."""

from __future__ import annotations

from datetime import date, datetime

from guides.condition import Value


class CitationView(Value):
    """A source and clause as people read it."""

    source: str
    title: str
    document_no: str
    url: str
    locator: str
    verification: str
    """read · recalled · inferred"""


class UnderstoodView(Value):
    """One chip of 我理解您…; `value` as JSON carries it, `label` as people read it."""

    fact: str
    value: bool | float | str
    words: str
    label: str = ""
    assumed: bool = False


class ChoiceView(Value):
    """One button."""

    value: bool | str
    label: str
    hint: str = ""


class QuestionView(Value):
    """The one question asked back."""

    fact: str
    ask: str
    options: tuple[ChoiceView, ...]
    why: str
    kind: str = "one_of"
    unit: str = ""
    hint: str = ""
    remaining: int = 1


class StatementView(Value):
    """One sentence with its sources."""

    text: str
    origin: str
    """rule · quote · model"""
    citations: tuple[CitationView, ...]
    part: str = "detail"
    requirement: str = ""
    verified: bool = True
    label: str = ""
    """Who worded it, as people read it: 按规则生成，依据见条款, or AI 改写 where a model did and the proof let it."""


class RouteView(Value):
    """Where it goes; `id` is "" while it is open, `candidates` then lists what is possible."""

    id: str
    kind: str
    title: str
    say: str
    next_step: str
    citations: tuple[CitationView, ...]
    candidates: tuple[str, ...] = ()


class ItemView(Value):
    """One material in this situation. `citation` is the clause that decides; more in `citations`."""

    requirement: str
    name: str
    status: str
    handling: str
    block: str
    reason: str
    ground: str
    fallback: str
    citation: CitationView | None
    citations: tuple[CitationView, ...]
    still: str = ""
    supply_by: str = ""
    consequence: str = ""
    may_be: tuple[str, ...] = ()
    depends_on: tuple[str, ...] = ()
    originals: int = 0
    copies: int = 0
    form: str = ""
    criteria: str = ""
    where_to_get: str = ""
    issuer: str = ""
    verified: bool = True


class PrerequisiteView(Value):
    """先办好"""

    id: str
    text: str
    how_to_check: str
    where: str
    citation: CitationView


class PresenceView(Value):
    """Who comes, and who may stand in."""

    id: str
    who: str
    what: str
    delegate: str
    citation: CitationView


class ServiceView(Value):
    """One matter inside the bundle; `place` is where it is handled on its own."""

    id: str
    name: str
    agency: str
    place: str
    output: str
    citation: CitationView
    region: str = ""
    """The place that decides, where it was said; `say` tells which it is and whether it has a guide."""
    recorded: bool = True
    say: str = ""


class DigestsView(Value):
    """Versions this was made with."""

    guide: str
    sources: str
    engine: str


class DerivedView(Value):
    """A computed fact with its steps, 测算，以核定为准."""

    fact: str
    label: str
    text: str
    steps: tuple[str, ...]
    citations: tuple[CitationView, ...]


class ConflictView(Value):
    """Sources that contradict each other, said aloud."""

    id: str
    say: str
    resolution: str
    citations: tuple[CitationView, ...]


class ChecklistView(Value):
    """The personal list."""

    bundle: str
    title: str
    region: str
    on: date
    digests: DigestsView
    route: RouteView
    items: tuple[ItemView, ...]
    prerequisites: tuple[PrerequisiteView, ...]
    presence: tuple[PresenceView, ...]
    services: tuple[ServiceView, ...] = ()
    derived: tuple[DerivedView, ...] = ()
    conflicts: tuple[ConflictView, ...] = ()
    open_facts: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()
    reference_only: bool = False
    """参考清单: lines that play a part here rest on what was not read."""
    reference_why: str = ""


class ContactView(Value):
    """Somebody to turn to."""

    name: str
    number: str
    about: str = ""


class MatterView(Value):
    """A guide in a region."""

    slug: str
    title: str
    region: str


class AnswerView(Value):
    """The answer as the JSON front door gives it; `message` and `next_step` speak where no statement does."""

    answer_id: str
    outcome: str
    """answered · asking · declined · handed_off"""
    understood: tuple[UnderstoodView, ...]
    question: QuestionView | None
    statements: tuple[StatementView, ...]
    checklist: ChecklistView | None
    asked: str
    """The person's question, masked."""
    on: date
    region: str
    matter: MatterView | None = None
    aspects: tuple[str, ...] = ()
    reason: str = ""
    message: str = ""
    next_step: str = ""
    contacts: tuple[ContactView, ...] = ()
    nearest: tuple[MatterView, ...] = ()
    notices: tuple[str, ...] = ()
    summary: str = ""
    model: str = ""
    """The model that worded a sentence of this answer, by the name it is filed under (备案); "" where none did."""


class Pin(Value):
    """A cited place as it stood when the answer was given: digest of the source's entry and of the words held there."""

    source: str
    locator: str
    digest: str


class AnswerRecord(Value):
    """An answer as the ledger keeps it: exactly what was given, when, and the versions it was made with.

    No personal values: the question is masked, and the facts are those a guide asks for, which identify nobody.
    """

    answer: AnswerView
    given_at: datetime
    pins: tuple[Pin, ...]
