"""The faults people make, each planted into a good bundle, with what a good pre-review says about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random

from evals.prereview.bundles import Bundle, Page, Upload
from evals.specimens import papers
from evals.specimens.model import Paper
from evals.specimens.people import Person, check_digit, id_number, stranger, years
from evals.specimens.wording import chinese_date
from prereview.model import Check, Outcome

MISSING = frozenset({Outcome.NOT_PROVIDED, Outcome.FIX})
FIX = frozenset({Outcome.FIX})
DOUBT = frozenset({Outcome.FIX, Outcome.UNSURE})

UNSURE_ALLOWED = (
    "unreadable_photo",
    "cropped_page",
    "covered_field",
    "empty_page",
    "unsigned_authorization",
    "birth_record_unfilled",
    "id_checksum_bad",
)
"""Kinds listed beforehand as not always decidable from a picture: saying 看不清 is a right answer to them."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """The finding that names a fault: on one of these requirements, by one of these checks, so deciding."""

    requirements: frozenset[str]
    checks: frozenset[Check]
    outcomes: frozenset[Outcome]


@dataclass(frozen=True, slots=True)
class Planted:
    """A bundle with its fault and what names it."""

    bundle: Bundle
    expect: Expectation


Plant = Callable[[Bundle, Random], Planted]
"""Plants a fault; NoPlace where this bundle has none for it."""


class NoPlace(LookupError):
    """This bundle does not hold what the fault would be planted in."""


def _named(requirement: str, checks: set[Check], outcomes: frozenset[Outcome]) -> Expectation:
    return Expectation(frozenset(requirement.split()), frozenset(checks), outcomes)


def missing_document(bundle: Bundle, rng: Random) -> Planted:
    """A required paper was left at home."""
    held = {u.requirement for u in bundle.uploads}
    needed = ("marriage_certificate", "birth_record", "authorization_letter", "ethnicity_application", "invoices")
    gone = rng.choice([name for name in needed if name in held])
    return Planted(bundle.without(*bundle.of(gone)), _named(gone, {Check.PRESENT}, MISSING))


def missing_parent(bundle: Bundle, rng: Random) -> Planted:
    """Only one parent's identity card."""
    _must(bundle, "household_booklet/head")  # only at the window are the cards a must
    parent = rng.choice((bundle.family.mother, bundle.family.father))
    gone = _cards(bundle, parent)
    checks = {Check.PRESENT, Check.COMPLETE_SIDES, Check.SAME_PERSON}
    return Planted(bundle.without(*gone), _named("parents_id", checks, MISSING))


def missing_id_side(bundle: Bundle, rng: Random) -> Planted:
    """A card with one of its sides."""
    del rng
    _must(bundle, "household_booklet/head")
    back = next((u for u in bundle.uploads if u.page.paper.layout == "id_card/back"), None)
    if back is None:
        raise NoPlace("id_card/back")
    return Planted(bundle.without(back), _named("parents_id", {Check.COMPLETE_SIDES, Check.PRESENT}, MISSING))


def missing_booklet_page(bundle: Bundle, rng: Random) -> Planted:
    """The booklet without its first page, or without the parent's own."""
    gone = _must(bundle, rng.choice(("household_booklet/head", "household_booklet/member")))
    return Planted(bundle.without(gone), _named("household_booklet", {Check.COMPLETE_SIDES, Check.PRESENT}, MISSING))


def wrong_document(bundle: Bundle, rng: Random) -> Planted:
    """Another paper in the place of the right one, of a kind people confuse it with."""
    home, seed = bundle.family, bundle.family.seed
    atwindow = ("parents_id", "household_booklet") if bundle.of("household_booklet") else ()
    slot = rng.choice(("marriage_certificate", "birth_record", *atwindow))
    if slot == "marriage_certificate":
        old, wrong = (
            _must(bundle, "marriage_certificate/inside"),
            papers.marriage_certificate(home, seed, "divorce_certificate"),
        )
        return _swapped(bundle, old, wrong)
    if slot == "birth_record":
        return _swapped(bundle, _must(bundle, "birth_record/form"), papers.diagnosis(home, seed))
    if slot == "household_booklet":
        member = _must(bundle, "household_booklet/member")
        bundle = bundle.without(_must(bundle, "household_booklet/head"))
        return _swapped(bundle, member, papers.residence_permit(home.follows, seed))
    parent = rng.choice((home.mother, home.father))
    card, *rest = _cards(bundle, parent)
    wrong = rng.choice((papers.residence_permit, papers.driving_licence, papers.passport))(parent, seed)
    return _swapped(bundle.without(*rest), card, wrong)


def empty_page(bundle: Bundle, rng: Random) -> Planted:
    """A blank sheet or a holiday picture in the place of a required paper."""
    old = _must(bundle, rng.choice(("marriage_certificate/inside", "birth_record/form")))
    wrong = rng.choice((papers.blank, papers.unrelated))(rng.randrange(3))
    checks = {Check.RIGHT_DOCUMENT, Check.PRESENT, Check.LEGIBLE}
    outcomes = MISSING | DOUBT
    return Planted(bundle.with_page(old, Page(wrong, "mild")), _named(old.requirement, checks, outcomes))


def unreadable_photo(bundle: Bundle, rng: Random) -> Planted:
    """A required paper photographed so that nobody can read it."""
    old = _one_of(bundle, rng, "marriage_certificate/inside", "birth_record/form", "household_booklet/member")
    bad = Page(old.page.paper, rng.choice(("blurred", "motion", "dark", "small")))
    checks = {Check.LEGIBLE, Check.RIGHT_DOCUMENT, Check.PRESENT}
    return Planted(bundle.with_page(old, bad), _named(old.requirement, checks, MISSING | DOUBT))


def cropped_page(bundle: Bundle, rng: Random) -> Planted:
    """A required paper of which a good part lies outside the picture."""
    old = _one_of(bundle, rng, "marriage_certificate/inside", "birth_record/form", "household_booklet/member")
    bad = Page(old.page.paper, "cropped")
    checks = {Check.LEGIBLE, Check.COMPLETE_SIDES, Check.RIGHT_DOCUMENT, Check.FILLED, Check.PRESENT}
    return Planted(bundle.with_page(old, bad), _named(old.requirement, checks, MISSING | DOUBT))


def covered_field(bundle: Bundle, rng: Random) -> Planted:
    """A lamp or a thumb over the number that matters."""
    what = rng.choice(("glare", "finger"))
    numbers = {
        "marriage_certificate/inside": "wife_id",
        "household_booklet/member": "id_number",
        "birth_record/form": "mother_id",
    }
    old = _one_of(bundle, rng, *numbers)
    bad = Page(old.page.paper, f"{what}:{numbers[old.page.paper.layout]}")
    checks = {Check.LEGIBLE, Check.FILLED, Check.NUMBERS_CONSISTENT, Check.SAME_PERSON, Check.RIGHT_DOCUMENT}
    return Planted(bundle.with_page(old, bad), _named(old.requirement, checks, DOUBT))


def expired_id(bundle: Bundle, rng: Random) -> Planted:
    """An identity card whose term is over on the planned day."""
    parent = rng.choice((bundle.family.mother, bundle.family.father))
    old = bundle.find("id_card/both", parent) or _back_of(bundle, parent)
    if old is None or parent.id_expires is None:
        raise NoPlace("id_card/back")
    ended = bundle.family.on - timedelta(days=rng.randint(20, 900))
    gone = replace(parent, id_issued=years(ended, -10), id_expires=ended)
    fresh = papers.id_card_both if old.page.paper.page == "both" else papers.id_card_back
    page = Page(fresh(gone, old.page.paper.seed), old.page.damage)
    return Planted(bundle.with_page(old, page), _named("parents_id", {Check.IN_DATE}, FIX))


def id_checksum_bad(bundle: Bundle, rng: Random) -> Planted:
    """A number whose check digit cannot be right (a card that was tampered with, or a bad copy)."""
    parent = rng.choice((bundle.family.mother, bundle.family.father))
    old = bundle.find("id_card/both", parent) or _front_of(bundle, parent)
    if old is None:
        raise NoPlace("id_card/front")
    number = parent.id_number
    wrong = number[:17] + rng.choice([c for c in "0123456789" if c != number[17]])
    page = Page(old.page.paper.but(id_number=wrong), old.page.damage)
    return Planted(bundle.with_page(old, page), _named("parents_id", {Check.ID_CHECKSUM}, DOUBT))


def name_mismatch(bundle: Bundle, rng: Random) -> Planted:
    """The marriage certificate has another name than the identity card."""
    other = stranger(bundle.family.seed + 500, bundle.family.on).name
    spouse = rng.choice(("husband_name", "wife_name"))
    old = _must(bundle, "marriage_certificate/inside")
    paper = old.page.paper
    paper = paper.but(**{spouse: other}, holder=other)
    checks = {Check.NAMES_CONSISTENT, Check.SAME_PERSON}
    return Planted(
        bundle.with_page(old, replace(old.page, paper=paper)), _named("marriage_certificate parents_id", checks, FIX)
    )


def number_mismatch(bundle: Bundle, rng: Random) -> Planted:
    """The marriage certificate has another (valid) identity number than the card."""
    spouse = rng.choice(("husband", "wife"))
    person = bundle.family.father if spouse == "husband" else bundle.family.mother
    old = _must(bundle, "marriage_certificate/inside")
    page = replace(old.page, paper=old.page.paper.but(**{f"{spouse}_id": _other_number(person)}))
    checks = {Check.NUMBERS_CONSISTENT, Check.SAME_PERSON}
    return Planted(bundle.with_page(old, page), _named("marriage_certificate parents_id", checks, FIX))


def mother_differs_on_record(bundle: Bundle, rng: Random) -> Planted:
    """The hospital wrote another mother's name into the record."""
    del rng
    other = stranger(bundle.family.seed + 900, bundle.family.on)
    old = _must(bundle, "birth_record/form")
    page = replace(old.page, paper=old.page.paper.but(mother_name=other.name, mother_id=other.id_number))
    checks = {Check.NAMES_CONSISTENT, Check.NUMBERS_CONSISTENT, Check.SAME_PERSON}
    return Planted(bundle.with_page(old, page), _named("birth_record parents_id", checks, FIX))


def wrong_person_page(bundle: Bundle, rng: Random) -> Planted:
    """The right booklet, but the page of somebody else in it."""
    del rng
    other = stranger(bundle.family.seed + 700, bundle.family.on)
    old = _must(bundle, "household_booklet/member")
    page = replace(old.page, paper=papers.household_member(bundle.family, other, "其他亲属", bundle.family.seed))
    checks = {Check.SAME_PERSON, Check.COMPLETE_SIDES, Check.NAMES_CONSISTENT}
    return Planted(bundle.with_page(old, page), _named("household_booklet", checks, FIX))


def unsigned_authorization(bundle: Bundle, rng: Random) -> Planted:
    """The mother has not signed."""
    del rng
    old = _must(bundle, "authorization_letter/letter")
    page = replace(old.page, paper=old.page.paper.but(signature=""))
    return Planted(bundle.with_page(old, page), _named("authorization_letter", {Check.SIGNED, Check.FILLED}, DOUBT))


def expired_authorization(bundle: Bundle, rng: Random) -> Planted:
    """The letter's term ends before the planned day."""
    old = _must(bundle, "authorization_letter/letter")
    ended = bundle.family.on - timedelta(days=rng.randint(1, 40))
    page = replace(old.page, paper=old.page.paper.but(until=chinese_date(ended)))
    return Planted(bundle.with_page(old, page), _named("authorization_letter", {Check.IN_DATE}, FIX))


def child_name_differs(bundle: Bundle, rng: Random) -> Planted:
    """The letter speaks of another child than the hospital's record."""
    old = _must(bundle, "authorization_letter/letter")
    child = bundle.family.child.name
    other = child[0] + rng.choice([n for n in ("明轩", "梓萱", "浩宇") if not child.endswith(n)])
    page = replace(old.page, paper=old.page.paper.but(child_name=other))
    checks = {Check.NAMES_CONSISTENT, Check.SAME_PERSON}
    return Planted(bundle.with_page(old, page), _named("authorization_letter birth_record", checks, FIX))


def birth_record_unfilled(bundle: Bundle, rng: Random) -> Planted:
    """The name is not decided yet, or the form lacks its date."""
    old = _must(bundle, "birth_record/form")
    empty = {rng.choice(("child_name", "born_date", "mother_name")): ""}
    page = replace(old.page, paper=old.page.paper.but(**empty))
    return Planted(bundle.with_page(old, page), _named("birth_record", {Check.FILLED}, DOUBT))


def collective_household(bundle: Bundle, rng: Random) -> Planted:
    """Stated as a family household, but the booklet says 集体户."""
    del rng
    old = _must(bundle, "household_booklet/head")
    paper = papers.household_head(papers.collective(bundle.family), bundle.family.seed)
    conflict = _named("household_booklet", {Check.FACT_CONFLICT}, frozenset({Outcome.FACT_CONFLICT}))
    return Planted(bundle.with_page(old, replace(old.page, paper=paper)), conflict)


def birth_date_conflict(bundle: Bundle, rng: Random) -> Planted:
    """The stated birth date is not the one in the record."""
    born = bundle.family.child.born.date()
    stated = born + timedelta(days=rng.choice((-9, -4, 1)))
    if stated > bundle.family.on:
        stated = born - timedelta(days=5)
    conflict = _named("birth_record", {Check.FACT_CONFLICT}, frozenset({Outcome.FACT_CONFLICT}))
    return Planted(bundle.stating(birth_date=stated.isoformat()), conflict)


def not_needed(bundle: Bundle, rng: Random) -> Planted:
    """A paper nobody asked for: to be said kindly."""
    extra = _spare(bundle, rng)
    names = frozenset({"", "photo", "invoices", "expense_list", "diagnosis", "bank_card", "only_child_certificate"})
    expect = Expectation(names, frozenset({Check.NOT_NEEDED}), frozenset({Outcome.NOT_NEEDED}))
    return Planted(bundle.plus(Page(extra, "mild")), expect)


def born_in_another_year(bundle: Bundle, rng: Random) -> Planted:
    """The record gives a birth a year earlier than the family says: the joint route may be closed to them."""
    del rng
    old = _must(bundle, "birth_record/form")
    born = years(bundle.family.child.born.date(), -1)
    page = replace(old.page, paper=old.page.paper.but(born_date=chinese_date(born)))
    conflict = _named("birth_record", {Check.FACT_CONFLICT}, frozenset({Outcome.FACT_CONFLICT}))
    return Planted(bundle.with_page(old, page), conflict)


FAULTS: Mapping[str, Plant] = {
    "missing_document": missing_document,
    "missing_parent": missing_parent,
    "missing_id_side": missing_id_side,
    "missing_booklet_page": missing_booklet_page,
    "wrong_document": wrong_document,
    "empty_page": empty_page,
    "unreadable_photo": unreadable_photo,
    "cropped_page": cropped_page,
    "covered_field": covered_field,
    "expired_id": expired_id,
    "id_checksum_bad": id_checksum_bad,
    "name_mismatch": name_mismatch,
    "number_mismatch": number_mismatch,
    "mother_differs_on_record": mother_differs_on_record,
    "wrong_person_page": wrong_person_page,
    "unsigned_authorization": unsigned_authorization,
    "expired_authorization": expired_authorization,
    "child_name_differs": child_name_differs,
    "birth_record_unfilled": birth_record_unfilled,
    "collective_household": collective_household,
    "birth_date_conflict": birth_date_conflict,
    "born_in_another_year": born_in_another_year,
    "not_needed": not_needed,
}


def _must(bundle: Bundle, layout: str) -> Upload:
    found = bundle.find(layout)
    if found is None:
        raise NoPlace(layout)
    return found


def _one_of(bundle: Bundle, rng: Random, *layouts: str) -> Upload:
    return rng.choice([found for found in map(bundle.find, layouts) if found is not None])


def _cards(bundle: Bundle, person: Person) -> tuple[Upload, ...]:
    """Everything handed in of one person's card (the back has no name on it, but the same looks)."""
    both = bundle.find("id_card/both", person)
    if both is not None:
        return (both,)
    return tuple(u for u in (_front_of(bundle, person), _back_of(bundle, person)) if u is not None)


def _front_of(bundle: Bundle, person: Person) -> Upload | None:
    return bundle.find("id_card/front", person)


def _back_of(bundle: Bundle, person: Person) -> Upload | None:
    front = _front_of(bundle, person)
    if front is None:
        return None
    sides = (u for u in bundle.uploads if u.page.paper.layout == "id_card/back")
    return next((u for u in sides if u.page.paper.seed == front.page.paper.seed), None)


def _swapped(bundle: Bundle, old: Upload, wrong: Paper) -> Planted:
    checks = {Check.RIGHT_DOCUMENT, Check.PRESENT}
    if old.requirement in {"parents_id", "household_booklet"}:
        checks.add(Check.COMPLETE_SIDES)
    return Planted(bundle.with_page(old, Page(wrong, old.page.damage)), _named(old.requirement, checks, MISSING))


def _other_number(person: Person) -> str:
    """A valid number of the same day and sex, of somebody else."""
    order = (int(person.id_number[14:17]) + 346) % 1000
    number = id_number(person.id_number[:6], person.birth, order, person.sex == "男")
    if number[17] != check_digit(number[:17]) or number == person.id_number:
        raise ValueError("the other number must be valid and another")
    return number


def _spare(bundle: Bundle, rng: Random) -> Paper:
    """A paper the situation does not ask for."""
    home = bundle.family
    spare: list[Paper] = [*papers.papers("only_child_certificate", home), *papers.papers("business_licence", home)]
    if not bundle.stated["claims_maternity"]:
        spare += [papers.diagnosis(home, home.seed), papers.bank_card(home, home.seed)]
    return rng.choice(spare)
