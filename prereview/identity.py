"""Whose paper is it: by the number or the name on it, never by the order of uploading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from prereview.case import Paper
from prereview.model import ExtractedField
from prereview.profile_model import Attribute, FieldSpec, Profile
from prereview.profiles import Profiles
from prereview.values import id_number_fits, sex_in


@dataclass(frozen=True, slots=True)
class Said:
    """A field that says something of a person, as the profile names that person."""

    person: str
    attribute: Attribute
    field: ExtractedField


def said_on(paper: Paper, profile: Profile) -> Iterator[Said]:
    """Give what a paper says of people, in fields of their proper shape."""
    side = profile.side(paper.seen.side) if paper.seen else None
    if side is None:
        return
    for spec in side.fields:
        yield from _said(paper, spec, spec.name, spec.person)
    if side.persons:
        people = [block.person for block in side.persons.blocks if block.person] + list(side.persons.by_sex.values())
        for person in dict.fromkeys(people):
            for spec in side.persons.fields:
                yield from _said(paper, spec, f"{person}_{spec.name}", person)


def _said(paper: Paper, spec: FieldSpec, name: str, person: str) -> Iterator[Said]:
    found = paper.field(name)
    if found is not None and spec.attribute is not None and person:
        yield Said(person, spec.attribute, found)


@dataclass(frozen=True, slots=True)
class People:
    """The names and numbers known of each party."""

    numbers: dict[str, set[str]]
    names: dict[str, set[str]]

    @classmethod
    def nobody(cls) -> People:
        """Nobody is known yet."""
        return cls({}, {})

    def learn(self, party: str, said: Iterable[Said]) -> None:
        """Take over what a paper says of a party."""
        for one in said:
            if one.attribute is Attribute.ID_NUMBER:
                self.numbers.setdefault(party, set()).add(one.field.value)
            elif one.attribute is Attribute.NAME:
                self.names.setdefault(party, set()).add(one.field.value)

    def who(self, said: Iterable[Said]) -> str:
        """Give the party these fields belong to, by number first, then by name; "" when nobody fits."""
        values = {one.attribute: one.field.value for one in said}
        number, name = values.get(Attribute.ID_NUMBER), values.get(Attribute.NAME)
        for party, numbers in self.numbers.items():
            if number in numbers:
                return party
        return next((party for party, names in self.names.items() if name in names), "")


def party_by_sex(said: Iterable[Said], parties: Iterable[str], profiles: Profiles) -> str:
    """Give the one party whose role has the sex these fields show; "" when they show none."""
    sex = ""
    for one in said:
        if one.attribute is Attribute.SEX:
            sex = sex or one.field.value
        elif one.attribute is Attribute.ID_NUMBER and id_number_fits(one.field.value):
            sex = sex_in(one.field.value)
    fitting = [party for party in parties if sex and party in profiles.parties and profiles.parties[party].sex == sex]
    return fitting[0] if len(fitting) == 1 else ""
