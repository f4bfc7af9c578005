"""Widen the labels of a profile by how forms in general word the same thing."""

from __future__ import annotations

from collections.abc import Iterable

from prereview.profile_model import Attribute, BlankSpec, FieldSpec, Lexicon, PersonBlock, PersonBlocks, Profile, Side


def widen(profile: Profile, lexicon: Lexicon) -> Profile:
    """Give the profile with every label the lexicon knows for its fields; what it lists itself stays first."""
    sides = tuple(_side(side, lexicon) for side in profile.sides)
    return profile.model_copy(update={"sides": sides})


def _side(side: Side, lexicon: Lexicon) -> Side:
    several = side.persons is not None
    fields = tuple(_field(field, lexicon, plain=not several) for field in side.fields)
    people = {word for words in lexicon.people.values() for word in words}
    return side.model_copy(
        update={
            "fields": fields,
            "persons": _persons(side.persons, lexicon) if side.persons else None,
            "blanks": tuple(_blank(blank, lexicon) for blank in side.blanks),
            "whole_labels": tuple(sorted(people)),
            "stop_labels": _joined(
                side.stop_labels, lexicon.stops, [title for title in side.titles if "*" not in title]
            ),
        }
    )


def _field(field: FieldSpec, lexicon: Lexicon, *, plain: bool) -> FieldSpec:
    """Widen one field. Where several people stand on a page, a bare 姓名 is nobody's, so only 新生儿姓名 is added."""
    if not field.labels:
        return field
    wordings = lexicon.attributes.get(field.attribute, ()) if field.attribute else ()
    more = _of_person(lexicon.people.get(field.person, ()), wordings)
    if plain:
        more = [*more, *wordings]
        if field.attribute is Attribute.NAME:
            more += lexicon.people.get(field.person, ())
    return field.model_copy(update={"labels": _joined(field.labels, more, lexicon.fields.get(field.name, ()))})


def _persons(persons: PersonBlocks, lexicon: Lexicon) -> PersonBlocks:
    everyone = [word for block in persons.blocks for word in lexicon.people.get(block.person, ())]
    fields = []
    for field in persons.fields:
        wordings = lexicon.attributes.get(field.attribute, ()) if field.attribute else ()
        more = [*wordings, *_of_person(everyone, wordings)]
        if field.attribute is Attribute.NAME:
            more += everyone
        fields.append(field.model_copy(update={"labels": _joined(field.labels, more)}))
    blocks = tuple(_block(block, lexicon) for block in persons.blocks)
    return persons.model_copy(update={"fields": tuple(fields), "blocks": blocks})


def _block(block: PersonBlock, lexicon: Lexicon) -> PersonBlock:
    people = lexicon.people.get(block.person, ())
    named = _of_person(people, lexicon.attributes.get(Attribute.NAME, ()))
    return block.model_copy(update={"starts": _joined(block.starts, named, people)})


def _blank(blank: BlankSpec, lexicon: Lexicon) -> BlankSpec:
    who = (*lexicon.people.get(blank.person, ()), *lexicon.fields.get(blank.name, ()))
    more = [f"{word}{signing}" for word in who for signing in lexicon.signing]
    return blank.model_copy(update={"labels": _joined(blank.labels, more)})


def _of_person(people: Iterable[str], wordings: Iterable[str]) -> list[str]:
    return [f"{person}{wording}" for person in people for wording in wordings]


def _joined(*parts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(label for part in parts for label in part))
