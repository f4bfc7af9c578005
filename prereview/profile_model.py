"""The nouns of a document profile: what is written in `documents/*.yaml`."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from guides.condition import Value


class FieldType(StrEnum):
    """The shape of a value; each has its reader in `values.py`."""

    NAME = "name"
    SEX = "sex"
    ETHNICITY = "ethnicity"
    DATE = "date"
    PERIOD = "period"
    ID_NUMBER = "id_number"
    CODE = "code"
    MONEY = "money"
    NUMBER = "number"
    PHONE = "phone"
    CARD = "card"
    CHOICE = "choice"
    TEXT = "text"


class Attribute(StrEnum):
    """What a field says of a person, so that papers can be compared."""

    NAME = "name"
    ID_NUMBER = "id_number"
    BIRTH = "birth"
    SEX = "sex"
    ETHNICITY = "ethnicity"


class FieldSpec(Value):
    """A value on the document: the wordings of its label, its shape, and whose it is."""

    name: str = Field(pattern="^[a-z0-9_]+$")
    labels: tuple[str, ...] = ()
    type: FieldType = FieldType.TEXT
    person: str = ""
    attribute: Attribute | None = None
    required: bool = True
    """To be filled on every such document; a blank one is a finding."""
    multiline: bool = False
    below: bool = False
    """The value may stand under its label."""
    anywhere: bool = False
    """The shape is so plain that the value is found without its label."""
    pattern: str = ""
    """A regular expression over the words of the page; its group 1 is the value. Used where there is no label."""
    choices: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _can_be_found(self) -> Self:
        if not (self.labels or self.pattern or self.anywhere):
            raise ValueError(f"{self.name}：要写 labels、pattern 或 anywhere，否则找不到这个字段")
        if (self.type is FieldType.CHOICE) != bool(self.choices):
            raise ValueError(f"{self.name}：choice 字段要写 choices，其他字段不写")
        return self


class BlankSpec(Value):
    """A place to be signed: pen strokes right of (or under) its label."""

    name: str = Field(pattern="^[a-z0-9_]+$")
    labels: tuple[str, ...] = Field(min_length=1)
    person: str = ""
    required: bool = True


class PersonBlock(Value):
    """Where the part about one person begins; `person` is "" where the sex tells who it is."""

    person: str = ""
    starts: tuple[str, ...] = Field(min_length=1)


class PersonBlocks(Value):
    """Fields that a document repeats for several people; read as `<person>_<name>`."""

    blocks: tuple[PersonBlock, ...] = Field(min_length=1)
    by_sex: dict[str, str] = Field(default_factory=dict)
    in_order: bool = False
    """The blocks always come in this order, so that one whose label is worded unheard-of is known by its number."""
    fields: tuple[FieldSpec, ...] = Field(min_length=1)


class Validity(Value):
    """Fields that bound the days on which the document holds."""

    starts: str = ""
    until: str


class DateOrder(Value):
    """A date of this document against others: a field, `person.birth`, or `planned_day`."""

    field: str
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()


class Side(Value):
    """One side or page of a document."""

    side: str = Field(pattern="^[a-z0-9_]+$")
    also: tuple[str, ...] = ()
    """Other names guides may use for this side."""
    name: str
    titles: tuple[str, ...] = ()
    """Words that stand alone in a line; one of them must be there."""
    required: tuple[tuple[str, ...], ...] = ()
    """Of each group one wording must be on the page."""
    negative: tuple[str, ...] = ()
    """Words that never stand on this document."""
    anchors: dict[str, float] = Field(min_length=1)
    """Words that usually stand on it (`a|b` for variants), with their weight."""
    fields: tuple[FieldSpec, ...] = ()
    persons: PersonBlocks | None = None
    blanks: tuple[BlankSpec, ...] = ()
    whole_labels: tuple[str, ...] = ()
    """Words that are labels only where nothing but a sign follows them: 母亲 is one, the 母亲 of 母亲年龄 is not."""
    stop_labels: tuple[str, ...] = ()
    """Labels whose values are not read, but where a neighbour's value ends."""


class Profile(Value):
    """One kind of document."""

    kind: str = Field(pattern="^[a-z0-9_]+$")
    title: str
    also: tuple[str, ...] = ()
    """Other names guides may use for this kind."""
    shares_page: bool = False
    """Small enough that several lie in one picture."""
    mistaken_for: tuple[str, ...] = ()
    """Kinds that people mean when they bring this one."""
    authority: int = 50
    """Who is believed first when papers contradict each other (0 to 100)."""
    holder: str = ""
    """Person of its fields whose document it is; "" for a paper of the whole case."""
    sensitive: bool = False
    filled_in: bool = False
    """Filled in by people, so that a missing value is something to fill, not something badly read."""
    validity: Validity | None = None
    dates: tuple[DateOrder, ...] = ()
    sides: tuple[Side, ...] = Field(min_length=1)
    how_to_retake: str = ""

    def side(self, name: str) -> Side | None:
        """Give the side of that name, or of that other name."""
        return next((side for side in self.sides if name == side.side or name in side.also), None)


class Lexicon(Value):
    """How forms word the same thing: people, what is said of them, and fields by their name."""

    attributes: dict[Attribute, tuple[str, ...]] = Field(default_factory=dict)
    people: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    signing: tuple[str, ...] = ()
    fields: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    stops: tuple[str, ...] = ()


class Party(Value):
    """A party of a case as documents show it: `sex` where the role decides it, other persons it stands for."""

    party: str = Field(pattern="^[a-z0-9_]+$")
    name: str
    sex: str = Field(default="", pattern="^(男|女)?$")
    same_as: tuple[str, ...] = ()
