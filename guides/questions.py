"""What a guide asks: questions in plain words, facts computed from them, and conditions that carry a name."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from guides.cited import Citation
from guides.condition import ALWAYS, Condition, Value


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
