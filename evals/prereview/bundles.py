"""What a family would really hand in for a newborn: facts, and pages per requirement, each page with its damage."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from random import Random

from evals.specimens import papers
from evals.specimens.model import Paper
from evals.specimens.money import medical_bill
from evals.specimens.people import Family, Person, family

Fact = str | bool

LEVELS = ("clean", "scan", "scan", "mild", "mild", "mild", "moderate", "moderate", "turned90", "turned180")
"""How pages are damaged, by weight: everything from a file to a hurried photograph that can still be read."""


@dataclass(frozen=True, slots=True)
class Page:
    """One picture to hand in: what is drawn and how it is damaged. Equal pages are the same picture."""

    paper: Paper
    damage: str


@dataclass(frozen=True, slots=True)
class Upload:
    """A picture handed in, and the requirement whose button was pressed ("" for none)."""

    page: Page
    requirement: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """Facts as the person states them and everything they hand in."""

    family: Family
    facts: tuple[tuple[str, Fact], ...]
    uploads: tuple[Upload, ...]

    @property
    def stated(self) -> dict[str, Fact]:
        """The facts by name."""
        return dict(self.facts)

    def of(self, requirement: str) -> tuple[Upload, ...]:
        """What was handed in for one requirement."""
        return tuple(u for u in self.uploads if u.requirement == requirement)

    def find(self, layout: str, person: Person | None = None) -> Upload | None:
        """The first upload drawn on that layout (with that person's number or name on it)."""
        for upload in self.uploads:
            values = {value for _, value in upload.page.paper.values}
            if upload.page.paper.layout == layout and (person is None or values & {person.id_number, person.name}):
                return upload
        return None

    def without(self, *gone: Upload) -> Bundle:
        """The bundle with some uploads left at home."""
        return replace(self, uploads=tuple(u for u in self.uploads if u not in gone))

    def with_page(self, old: Upload, page: Page) -> Bundle:
        """The bundle with another picture in the place of one."""
        new = replace(old, page=page)
        return replace(self, uploads=tuple(new if u is old else u for u in self.uploads))

    def plus(self, page: Page, requirement: str = "") -> Bundle:
        """The bundle with one more picture."""
        return replace(self, uploads=(*self.uploads, Upload(page, requirement)))

    def stating(self, **facts: Fact) -> Bundle:
        """The bundle with some facts stated otherwise."""
        return replace(self, facts=tuple({**self.stated, **facts}.items()))


def good_bundle(seed: int, on: date, turn: int) -> Bundle:
    """A bundle nothing is wrong with, for the family of that seed planning to go on that day, on the joint route.

    ``turn`` deals out who goes (every third time the father), by which channel (every third time online, where the
    booklet is exempt and stays at home) and who claims expenses (every eighth), so that a short run meets every kind
    of bundle too.
    """
    home, rng = family(seed, on), Random(f"bundle:{seed}")  # noqa: S311 - a seed for cases
    same = home.father.ethnicity == home.mother.ethnicity
    applicant = "father" if turn % 3 == 0 else "mother"
    channel = "online" if turn % 3 == 1 else "window"
    claims = turn % 8 == 2
    follows = home.household.follows
    other = rng.choice(("hunan", "hunan", "other_province"))
    facts: dict[str, Fact] = {
        "birth_place": "hunan",
        "birth_date": home.child.born.date().isoformat(),
        "mother_hukou": "hunan" if follows == "mother" else other,
        "father_hukou": "hunan" if follows == "father" else other,
        "household_side": follows,
        "hukou_kind": "family",
        "marriage": "married",
        "same_ethnicity": same,
        "applicant": applicant,
        "channel": channel,
        "claims_maternity": claims,
        "multiple_birth": False,
    }
    if claims:
        facts["first_claim"] = True
    uploads = [Upload(Page(paper, rng.choice(LEVELS)), requirement) for requirement, paper in _papers(home, rng, facts)]
    return Bundle(home, tuple(facts.items()), tuple(uploads))


def _papers(home: Family, rng: Random, facts: dict[str, Fact]) -> list[tuple[str, Paper]]:
    seed = home.seed
    found: list[tuple[str, Paper]] = []
    for index, parent in enumerate((home.mother, home.father)):
        if rng.random() < 0.6:
            found.append(("parents_id", papers.id_card_both(parent, seed * 10 + index)))
        else:
            found.append(("parents_id", papers.id_card_front(parent, seed * 10 + index)))
            found.append(("parents_id", papers.id_card_back(parent, seed * 10 + index)))
    if facts["channel"] == "online":
        found.append(("informed_notice", papers.informed_notice(home, seed)))
    else:
        found.append(("household_booklet", papers.household_head(home, seed)))
        found.append(("household_booklet", papers.household_member(home, home.follows, papers.relation(home), seed)))
    found.append(("marriage_certificate", papers.marriage_certificate(home, seed)))
    found.append(("birth_record", papers.birth_record(home, seed)))
    if facts["applicant"] == "father":
        found.append(("authorization_letter", papers.authorization_letter(home, seed)))
    if not facts["same_ethnicity"]:
        found.append(("ethnicity_application", papers.ethnicity_application(home, seed)))
    if facts["claims_maternity"]:
        bill = medical_bill(home, seed)
        found.append(("invoices", bill.invoice))
        found.append(("expense_list", bill.expenses))
        found.append(("diagnosis", papers.diagnosis(home, seed)))
        found.append(("bank_card", papers.bank_card(home, seed)))
    return found


def simpler(bundle: Bundle) -> Bundle:
    """The same family otherwise, and all handed in as one heap: the mother goes herself, nothing is claimed."""
    left = {"authorization_letter", "invoices", "expense_list", "diagnosis", "bank_card"}
    facts = {name: value for name, value in bundle.stated.items() if name != "first_claim"}
    facts |= {"applicant": "mother", "claims_maternity": False}
    heap = tuple(replace(u, requirement="") for u in bundle.uploads if u.requirement not in left)
    return Bundle(bundle.family, tuple(facts.items()), heap)
