"""Conditions as data: what a guide may ask of a situation, written in YAML and never evaluated as code.

{fact: birth_place, is: hunan}            {fact: birth_place, one_of: [hunan, other_province]}
{fact: children, at_least: 2}             {fact: notice_date, before: 2025-01-01}
{age_of: birth_date, at_most: {months: 6}}  the time from a date fact to the day the person plans to go
{all: [...]}  {any: [...]}  {not: {...}}  {always: true}
{route: joint}                            the route decided by the guide's own `routes`
{holds: claims_maternity}                 a condition named once under `conditions`
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator


class Value(BaseModel):
    """A frozen value that arrives from a file or a request; unknown keys are rejected."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Duration(Value):
    """A length of time; exactly one unit. May be negative: `{months: -3}` is three months before the date."""

    days: int | None = None
    months: int | None = None
    years: int | None = None

    @model_validator(mode="after")
    def _one_unit(self) -> Self:
        if sum(part is not None for part in (self.days, self.months, self.years)) != 1:
            raise ValueError("时长只能写一个单位：days、months 或 years")
        return self


class Is(Value):
    """The fact equals one option (or true/false for a yes-no fact)."""

    fact: str
    is_: bool | str = Field(alias="is")


class OneOf(Value):
    """The fact is one of several options."""

    fact: str
    one_of: tuple[str, ...] = Field(min_length=1)


class Compare(Value):
    """A number against a bound, in the unit of the question; exactly one bound."""

    fact: str
    at_least: float | None = None
    more_than: float | None = None
    at_most: float | None = None
    less_than: float | None = None

    @model_validator(mode="after")
    def _one_bound(self) -> Self:
        _exactly_one(self.at_least, self.more_than, self.at_most, self.less_than)
        return self


class DateCompare(Value):
    """A date against a fixed day; exactly one bound."""

    fact: str
    before: date | None = None
    on_or_before: date | None = None
    after: date | None = None
    on_or_after: date | None = None

    @model_validator(mode="after")
    def _one_bound(self) -> Self:
        _exactly_one(self.before, self.on_or_before, self.after, self.on_or_after)
        return self


class Age(Value):
    """The time from a date fact to the day the person plans to go, against a bound; exactly one bound.

    `at_most {months: 6}` holds up to and including the day six months after the date (Civil Code art. 201-203 counts
    by calendar months; the last day of a shorter month stands in for a missing one).
    """

    age_of: str
    at_least: Duration | None = None
    more_than: Duration | None = None
    at_most: Duration | None = None
    less_than: Duration | None = None

    @model_validator(mode="after")
    def _one_bound(self) -> Self:
        _exactly_one(self.at_least, self.more_than, self.at_most, self.less_than)
        return self


class All(Value):
    """Every part holds."""

    all: tuple[Condition, ...] = Field(min_length=1)


class AnyOf(Value):
    """At least one part holds."""

    any: tuple[Condition, ...] = Field(min_length=1)


class Not(Value):
    """The part does not hold."""

    not_: Condition = Field(alias="not")


class Holds(Value):
    """A condition of the guide, by its name."""

    holds: str


class OnRoute(Value):
    """The situation takes this route (or one of these) of the guide."""

    route: str | tuple[str, ...]


class Always(Value):
    """Holds for everybody; written out so that nothing is meant by silence."""

    always: bool


def _exactly_one(*bounds: object) -> None:
    if sum(bound is not None for bound in bounds) != 1:
        raise ValueError("比较条件要恰好写一个界限，例如 at_most")


_DATE_BOUNDS = frozenset({"before", "on_or_before", "after", "on_or_after"})


def _form(raw: object) -> str | None:
    """Tell which form a raw condition has by the keys it carries."""
    if isinstance(raw, Value):
        return type(raw).__name__
    if not isinstance(raw, dict):
        return None
    keys = raw.keys()
    for key, form in _BY_KEY.items():
        if key in keys:
            return form
    if "fact" in keys:
        return "DateCompare" if keys & _DATE_BOUNDS else "Compare"
    return None


_BY_KEY = {
    "all": "All",
    "any": "AnyOf",
    "not": "Not",
    "not_": "Not",
    "holds": "Holds",
    "route": "OnRoute",
    "always": "Always",
    "age_of": "Age",
    "is": "Is",
    "is_": "Is",
    "one_of": "OneOf",
}

Condition = Annotated[
    Annotated[Is, Tag("Is")]
    | Annotated[OneOf, Tag("OneOf")]
    | Annotated[Compare, Tag("Compare")]
    | Annotated[DateCompare, Tag("DateCompare")]
    | Annotated[Age, Tag("Age")]
    | Annotated[All, Tag("All")]
    | Annotated[AnyOf, Tag("AnyOf")]
    | Annotated[Not, Tag("Not")]
    | Annotated[Holds, Tag("Holds")]
    | Annotated[OnRoute, Tag("OnRoute")]
    | Annotated[Always, Tag("Always")],
    Discriminator(
        _form,
        custom_error_type="condition_form",
        custom_error_message="看不懂这个条件：写 fact+is/one_of/at_least、age_of、all、any、not、route 或 holds",
    ),
]

All.model_rebuild()
AnyOf.model_rebuild()
Not.model_rebuild()

ALWAYS = Always(always=True)
