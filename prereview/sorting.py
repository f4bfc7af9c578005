"""Sort what was handed in onto the lines of the list: by the button that was pressed, by kind, by whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from guides.checklist import Checklist, ChecklistItem
from guides.model import DocumentNeed, Status
from prereview.case import DEMANDED, Claim, Paper, Slot
from prereview.identity import People, Said, party_by_sex, said_on
from prereview.model import ReadFile
from prereview.profiles import Profiles

HOLDERS_BY_SEX = frozenset({"id_card"})
"""Papers whose owner may be told by the sex alone, when nothing else names them."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """Every paper in its place."""

    slots: tuple[Slot, ...]
    spare: tuple[Paper, ...]
    unplaced: tuple[Paper, ...]
    claims: tuple[Claim, ...]


@dataclass(slots=True)
class _Pile:
    """What was put on one line of the list."""

    item: ChecklistItem
    needs: tuple[DocumentNeed, ...]
    fitting: list[Paper] = field(default_factory=list)
    wrong: list[Paper] = field(default_factory=list)
    doubtful: list[Paper] = field(default_factory=list)

    def takes(self, kind: str, profiles: Profiles) -> bool:
        return any(profiles.kind(need.kind) == kind for need in self.needs)


def papers_of(files: Iterable[ReadFile]) -> tuple[Paper, ...]:
    """Give every document side that was read, page by page; a page without words counts as one paper."""
    return tuple(
        Paper(file, page.number, seen, page.quality)
        for file in files
        for page in file.pages
        for seen in (page.documents or (None,))
    )


def sort_papers(papers: Sequence[Paper], checklist: Checklist, profiles: Profiles) -> Sorted:
    """Put every paper on a line of the list, and within the line on the document and the person it is of."""
    piles = {item.requirement: _Pile(item, needs_of(item, profiles)) for item in checklist.items}
    spare: list[Paper] = []
    unplaced: list[Paper] = []
    for paper in papers:
        pile = piles.get(paper.file.requirement)
        if pile is not None:
            _onto(pile, paper, profiles)
        elif (home := _home(paper, piles.values(), profiles)) is not None:
            home.fitting.append(paper)
        elif paper.known:
            spare.append(paper)
        else:
            unplaced.append(paper)
    people = _people(piles.values(), profiles)
    slots = [slot for pile in piles.values() for slot in _slots(pile, people, profiles)]
    claims = [claim for slot in slots for paper in slot.papers for claim in _claims(slot, paper, people, profiles)]
    return Sorted(tuple(slots), tuple(spare), tuple(unplaced), tuple(claims))


def needs_of(item: ChecklistItem, profiles: Profiles) -> tuple[DocumentNeed, ...]:
    """Give the documents a line asks for; one that names none is of the kind it is called after, if there is one."""
    needs = item.documents or (item.material.documents if item.status is Status.NOT_REQUIRED else ())
    if needs:
        return needs
    known = profiles.find(item.requirement)
    return (DocumentNeed(kind=known.kind),) if known else ()


def _onto(pile: _Pile, paper: Paper, profiles: Profiles) -> None:
    """Put a paper on the line whose button was pressed."""
    unknown = not any(profiles.find(need.kind) for need in pile.needs)
    if unknown or (paper.kind and pile.takes(paper.kind, profiles)):
        pile.fitting.append(replace(paper, vouched=not unknown))
    elif paper.known:
        pile.wrong.append(paper)
    else:
        pile.doubtful.append(paper)


def _home(paper: Paper, piles: Iterable[_Pile], profiles: Profiles) -> _Pile | None:
    """Find the line that asks for this kind of paper; lines that demand it come first, then those that may."""
    fitting = [pile for pile in piles if paper.kind and pile.takes(paper.kind, profiles)]
    ranks = {Status.NOT_REQUIRED: 2, Status.EXEMPT: 1}
    fitting.sort(key=lambda pile: 0 if pile.item.status in DEMANDED else ranks.get(pile.item.status, 1))
    return fitting[0] if fitting else None


def _people(piles: Iterable[_Pile], profiles: Profiles) -> People:
    """Learn who is who: first from papers that name roles, then from the cards these lead to, at last by sex."""
    people = People.nobody()
    known = [(pile, paper) for pile in piles for paper in pile.fitting if paper.known]
    for _, paper in known:
        profile = profiles.find(paper.kind)
        if profile is None:
            continue
        said = list(said_on(paper, profile))
        for person in dict.fromkeys(one.person for one in said if one.person != profile.holder):
            people.learn(profiles.party_of(person), [one for one in said if one.person == person])
    for pile, paper in known:
        profile = profiles.find(paper.kind)
        if profile is not None and profile.kind in HOLDERS_BY_SEX:
            said = [one for one in said_on(paper, profile) if one.person == profile.holder]
            party = people.who(said) or party_by_sex(said, [need.of for need in pile.needs], profiles)
            if party:
                people.learn(party, said)
    return people


def _slots(pile: _Pile, people: People, profiles: Profiles) -> list[Slot]:
    """Deal the papers of a line out to the documents it asks for."""
    if len(pile.needs) <= 1:
        need = pile.needs[0] if pile.needs else None
        return [Slot(pile.item, need, tuple(pile.fitting), tuple(pile.wrong), tuple(pile.doubtful))]
    dealt: list[list[Paper]] = [[] for _ in pile.needs]
    last = 0
    for paper in pile.fitting:
        place = _place(paper, pile, people, profiles)
        if place is None:
            place = _neighbour(paper, dealt, pile, last, profiles)
        dealt[place].append(paper)
        last = place
    empty = [number for number, papers in enumerate(dealt) if not papers] or [0]
    wrong: dict[int, list[Paper]] = {}
    for paper in pile.wrong:
        owner = _owner(paper, people, profiles)
        place = next((number for number in empty if pile.needs[number].of == owner), empty[0])
        wrong.setdefault(place, []).append(paper)
    return [
        Slot(pile.item, need, tuple(dealt[n]), tuple(wrong.get(n, ())), tuple(pile.doubtful) if n == empty[0] else ())
        for n, need in enumerate(pile.needs)
    ]


def _owner(paper: Paper, people: People, profiles: Profiles) -> str:
    """Give the party a paper is of, by its number or name; "" when nobody fits."""
    profile = profiles.find(paper.kind)
    if profile is None:
        return ""
    return people.who([one for one in said_on(paper, profile) if one.person == profile.holder])


def _place(paper: Paper, pile: _Pile, people: People, profiles: Profiles) -> int | None:
    """Give the document of the line a paper itself points to; None when it names nobody."""
    profile = profiles.find(paper.kind)
    said = [one for one in said_on(paper, profile) if one.person == profile.holder] if profile else []
    party = people.who(said) or party_by_sex(said, [need.of for need in pile.needs], profiles)
    return next((number for number, need in enumerate(pile.needs) if party and need.of == party), None)


def _neighbour(paper: Paper, dealt: list[list[Paper]], pile: _Pile, last: int, profiles: Profiles) -> int:
    """Place a side that names nobody: with the side on the same picture, else the one before, else where it lacks."""
    together = [n for n, papers in enumerate(dealt) if any(_same_page(one, paper) for one in papers)]
    side = paper.seen.side if paper.seen else ""
    order: list[int] = [*together, last, *range(len(dealt))]
    for number in order:
        need = pile.needs[number]
        if profiles.kind(need.kind) != paper.kind or not dealt[number]:
            continue
        if side not in [one.seen.side for one in dealt[number] if one.seen]:
            return number
    for number in order:
        if side not in [one.seen.side for one in dealt[number] if one.seen]:
            return number
    return last


def _same_page(a: Paper, b: Paper) -> bool:
    return a.file is b.file and a.page == b.page


def _claims(slot: Slot, paper: Paper, people: People, profiles: Profiles) -> list[Claim]:
    """Give what a paper says of the parties of the case; a paper of nobody known says nothing."""
    profile = profiles.find(paper.kind)
    if profile is None or not paper.known:
        return []
    said = list(said_on(paper, profile))
    claims: list[Claim] = []
    for one in said:
        party, assumed = profiles.party_of(one.person), False
        if one.person == profile.holder:
            party, assumed = _holder(slot, [s for s in said if s.person == one.person], people, profiles)
        if party:
            claims.append(Claim(party, one.attribute, one.field.value, one.field, paper, slot, assumed))
    return claims


def _holder(slot: Slot, said: Sequence[Said], people: People, profiles: Profiles) -> tuple[str, bool]:
    """Give whose the paper is, and whether that rests on the sex alone or on nothing but the line it lies on."""
    found = people.who(said)
    if found:
        return found, False
    if slot.need is not None and profiles.kind(slot.need.kind) in HOLDERS_BY_SEX:
        return slot.need.of, True
    return "", True
