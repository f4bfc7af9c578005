"""What each document looks like, as data: read from `documents/*.yaml` and validated whole.

A profile says by which words a document is recognised, which fields stand on it under which labels, whose they are,
and until when it holds. Reading one needs no Python; adding one is described in README.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Self

import yaml
from pydantic import Field, ValidationError, model_validator

from guides.condition import Value
from prereview.ports import ProfileInvalid

DOCUMENTS = Path(__file__).with_name("documents")


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


class Party(Value):
    """A party of a case as documents show it: `sex` where the role decides it, other persons it stands for."""

    party: str = Field(pattern="^[a-z0-9_]+$")
    name: str
    sex: str = Field(default="", pattern="^(男|女)?$")
    same_as: tuple[str, ...] = ()


class _Parties(Value):
    parties: tuple[Party, ...]


@dataclass(frozen=True, slots=True)
class Profiles:
    """All kinds of documents, and the parties people appear as."""

    by_kind: Mapping[str, Profile]
    parties: Mapping[str, Party]
    digest: str

    def find(self, kind: str) -> Profile | None:
        """Give the profile of that kind, or of that other name."""
        found = self.by_kind.get(kind)
        return found or next((one for one in self.by_kind.values() if kind in one.also), None)

    def kind(self, name: str) -> str:
        """Give the profile's own name of a kind a guide writes; an unknown one is given back."""
        found = self.find(name)
        return found.kind if found else name

    def title(self, kind: str) -> str:
        """Give what people call that kind of document."""
        found = self.find(kind)
        return found.title if found else "材料"

    def party_of(self, person: str) -> str:
        """Give the party a person of a document stands for ("wife" is "mother"), or the person itself."""
        return next(
            (one.party for one in self.parties.values() if person == one.party or person in one.same_as), person
        )

    def called(self, person: str) -> str:
        """Give the Chinese word for a party or a person of a document; "" when there is none."""
        found = self.parties.get(self.party_of(person))
        return found.name if found else ""


def load_profiles(folder: Path = DOCUMENTS) -> Profiles:
    """Read every profile; raises ProfileInvalid listing all mistakes with file, place and remedy."""
    problems: list[str] = []
    profiles: dict[str, Profile] = {}
    parties: dict[str, Party] = {}
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.yaml")):
        text = path.read_text("utf-8")
        digest.update(text.encode())
        try:
            if path.stem == "_parties":
                parties = {one.party: one for one in _Parties.model_validate(yaml.safe_load(text)).parties}
                continue
            profile = Profile.model_validate(yaml.safe_load(text))
        except yaml.YAMLError as error:
            problems.append(f"{path.name}：YAML 写错了：{error}")
        except ValidationError as error:
            problems += [f"{path.name} {'.'.join(map(str, one['loc']))}：{one['msg']}" for one in error.errors()]
        else:
            problems += [f"{path.name}：{problem}" for problem in _mistakes(profile, path.stem)]
            profiles[profile.kind] = profile
    for profile in profiles.values():
        unknown = [kind for kind in profile.mistaken_for if kind not in profiles]
        problems += [f"{profile.kind}.yaml mistaken_for：没有 {kind} 这种材料" for kind in unknown]
    if problems or not profiles:
        raise ProfileInvalid(problems or [f"{folder} 里没有材料样式"])
    return Profiles(profiles, parties, digest.hexdigest())


@cache
def profiles() -> Profiles:
    """Give the project's own profiles, read once."""
    return load_profiles()


def _mistakes(profile: Profile, stem: str) -> list[str]:
    """List what the shape alone cannot tell: names that do not match."""
    wrong = [] if profile.kind == stem else [f"kind 写的是 {profile.kind}，要和文件名一致"]
    names = {field.name for side in profile.sides for field in side.fields}
    names |= {
        f"{person}_{field.name}"
        for side in profile.sides
        if side.persons
        for person in [block.person for block in side.persons.blocks if block.person]
        + list(side.persons.by_sex.values())
        for field in side.persons.fields
    }
    used = [order.field for order in profile.dates]
    if profile.validity:
        used += [profile.validity.until] + ([profile.validity.starts] if profile.validity.starts else [])
    wrong += [f"没有 {field} 这个字段" for field in used if field not in names]
    sides = [side.side for side in profile.sides]
    if len(set(sides)) != len(sides):
        wrong.append("sides 里有重复的名字")
    return wrong
