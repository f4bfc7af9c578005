"""The list in sentences: what is handed in, what is shown, what need not be handed in and why, what comes first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.model import Part, Statement
from assistant.telling.teller import Teller, sentence
from guides.checklist import Block, ChecklistItem
from guides.model import Citation, Ground, Material, RouteKind, Status
from guides.rules import supported

_GIVEN = frozenset({Status.REQUIRED, Status.SIGN, Status.CHOOSE_ONE, Status.MAY_FOLLOW, Status.MAY_COMMIT})


def the_list(teller: Teller, prefix: str = "") -> Iterator[Statement]:
    """Tell the whole list; `prefix` introduces each sentence where it holds only on a supposition."""
    items = teller.checklist.items
    words = teller.wording.answer
    for template, block in ((words.bring, Block.BRING), (words.show, Block.SHOW)):
        named = [item for item in items if item.block is block and item.status not in _OWN_SENTENCE]
        yield from _together(teller, named, prefix + template, Part.MATERIAL)
    generated = [item for item in items if item.status is Status.EXEMPT and item.ground is Ground.GENERATED]
    if len(generated) > 1:
        yield from _together(teller, generated, prefix + words.generated, Part.EXEMPTION)
    for item in items:
        if item.status in _OWN_SENTENCE and not (len(generated) > 1 and item in generated):
            yield one(teller, item, prefix)
    if teller.checklist.route.kind is RouteKind.SINGLE_SERVICES:
        yield from each_service(teller)


_OWN_SENTENCE = frozenset(
    {Status.EXEMPT, Status.ONLY_IF_CHECK_FAILS, Status.MAY_FOLLOW, Status.MAY_COMMIT, Status.CHOOSE_ONE}
)


def maybe(teller: Teller) -> Iterator[Statement]:
    """Tell the papers that may still be needed: who does not know the facts prepares for both."""
    possible = _GIVEN | {Status.ONLY_IF_CHECK_FAILS}
    items = [i for i in teller.checklist.items if i.block is Block.MAYBE and possible.intersection(i.may_be)]
    yield from _together(teller, items, teller.wording.answer.maybe, Part.MATERIAL)


def _together(teller: Teller, items: list[ChecklistItem], template: str, part: Part) -> Iterator[Statement]:
    """Name several papers in one sentence, those that were not verified in one of their own."""
    firm = [item for item in items if supported(item.citations, teller.sources)]
    for group in (firm, [item for item in items if item not in firm]):
        if group and (cited := _cited(group)):
            yield teller.say(template.format(names="、".join(item.name for item in group)), cited, part)


def one(teller: Teller, item: ChecklistItem, prefix: str = "") -> Statement:
    """Tell one line of the list, with its reason."""
    words = teller.wording.answer
    template, part = {
        Status.REQUIRED: (words.required, Part.MATERIAL),
        Status.SIGN: (words.required, Part.MATERIAL),
        Status.CHOOSE_ONE: (words.choose_one, Part.MATERIAL),
        Status.MAY_FOLLOW: (words.may_follow, Part.MATERIAL),
        Status.MAY_COMMIT: (words.may_commit, Part.MATERIAL),
        Status.ONLY_IF_CHECK_FAILS: (words.only_if, Part.EXEMPTION),
        Status.EXEMPT: (words.exempt, Part.EXEMPTION),
        Status.NOT_REQUIRED: (words.not_needed, Part.EXEMPTION),
        Status.UNDECIDED: (words.undecided, Part.CONDITION),
    }[item.status]
    if item.ground is Ground.PRODUCED_IN_BUNDLE:
        template = words.produced
    text = template.format(
        name=item.name,
        why=sentence(item.reason),
        still=sentence(item.still),
        fallback=sentence(item.fallback),
        supply_by=item.supply_by,
        consequence=sentence(item.consequence),
        facts=teller.names_of(_first_open(teller, item)),
    )
    citations = item.citations or _rules_of(item.material)
    if item.status is Status.UNDECIDED:
        # That it is open is certain; only where no rule at all was read is the openness itself unverified.
        citations = teller.firm(citations)
    return teller.say(prefix + text, citations, part, item.requirement)


_LOST = re.compile(
    r"(?:去|到|在)?哪[里儿]?(?:能|可以)?(?:拿|领|下载|打印|开|买|找)|怎么(?:拿|领|开)|丢|掉了|遗失|不见了|找不到|过期|补办|补领|补一|怎么补|坏了|烂了"
)


_DETAILS = re.compile(
    r"盖章|公章|签字|签名|复印|原件|几份|几张|格式|要求|标准|尺寸|像素|大小|规格|怎么写|怎么填|填写|电子版|拍照|清晰|翻译|有效期"
)


def asks_details(text: str) -> bool:
    """Tell whether somebody who names a paper asks how it has to be."""
    return _DETAILS.search(text) is not None


def details(teller: Teller, item: ChecklistItem) -> Statement | None:
    """Tell what a paper has to be like, None where the guide does not say."""
    criteria, form = sentence(item.material.criteria), sentence(item.material.form)
    if not criteria + form:
        return None
    text = teller.wording.answer.details.format(name=item.name, criteria=criteria, form=form)
    return teller.say(text, teller.firm(_rules_of(item.material)), Part.LEAD, item.requirement)


def asks_where_to_get(text: str) -> bool:
    """Tell whether somebody who names a paper does not have it any more."""
    return _LOST.search(text) is not None


def where_to_get(teller: Teller, item: ChecklistItem) -> Statement | None:
    """Tell where a paper is got, None where the guide does not say."""
    where = item.material.where_to_get
    if not where:
        return None
    text = teller.wording.answer.lost.format(name=item.name, where=where)
    return teller.say(text, teller.firm(_rules_of(item.material)), Part.LEAD, item.requirement)


def _first_open(teller: Teller, item: ChecklistItem) -> tuple[str, ...]:
    """Give the facts a line depends on, those to be asked first, at most four."""
    open_now = [fact for fact in teller.checklist.open_facts if fact in item.depends_on]
    return tuple(dict.fromkeys((*open_now, *item.depends_on)))[:4]


def fallback(teller: Teller, item: ChecklistItem) -> Statement | None:
    """Tell what to do when an exemption does not work out."""
    if not item.fallback:
        return None
    text = teller.wording.answer.fallback.format(name=item.name, fallback=item.fallback)
    return teller.say(text, item.citations, Part.EXEMPTION, item.requirement)


def each_service(teller: Teller) -> Iterator[Statement]:
    """Where services are handled one by one: each with its own place and its own papers."""
    for service in teller.checklist.services:
        given = [item for item in teller.checklist.items if service.id in item.material.services and _handed(item)]
        text = teller.wording.answer.place_service.format(name=service.name, place=service.place)
        yield teller.say(text, (service.citation,), Part.DETAIL)
        papers = teller.wording.answer.service_papers.replace("{name}", service.name)
        yield from _together(teller, given, papers, Part.DETAIL)


def around(teller: Teller) -> Iterator[Statement]:
    """Tell what certainly belongs to the list: contradictions, what comes first, who has to come."""
    words = teller.wording.answer
    found = teller.checklist
    for conflict in found.conflicts:
        if not teller.certain(conflict.when):
            continue
        text = words.conflict.format(say=conflict.say, resolution=conflict.resolution)
        yield teller.say(text, conflict.citations, Part.CONFLICT)
    for need in found.prerequisites:
        if teller.certain(need.when):
            text = words.prerequisite.format(text=need.text.removeprefix("先"))
            yield teller.say(text, (need.citation,), Part.PREREQUISITE)
    for person in found.presence:
        if not teller.certain(person.when):
            continue
        text = words.presence.format(who=person.who, what=person.what, delegate=person.delegate)
        yield teller.say(text, (person.citation,), Part.PRESENCE)


def next_step(teller: Teller) -> Iterator[Statement]:
    """Tell the next step of the route taken."""
    route = teller.checklist.route
    if route.next_step:
        yield teller.say(teller.wording.answer.next.format(text=route.next_step), route.citations, Part.NEXT)


# --- asked for by name ----------------------------------------------------------------------------------------------

_ABOUT_ONE = (
    r"(?:要不要|用不用|需不需要|是不是要|还要|要|用|需要|得|带|交|没有|没带|丢了|没|掉了|过期的?)[^，。？]{{0,5}}{name}"
    r"|{name}[^，。？]{{0,6}}(?:要|用|带|交|吗|么|怎么|必须|呢|丢|没|过期|可以|哪里|去哪|找谁)"
)


def named(text: str, materials: Iterable[Material]) -> tuple[Material, ...]:
    """Give the materials the question asks about by name, at most three."""
    found: list[tuple[int, Material]] = []
    taken = text
    named_by: list[tuple[str, Material]] = [(n, m) for m in materials for n in (m.name, *m.aliases) if len(n) >= 2]
    for name, material in sorted(named_by, key=lambda pair: -len(pair[0])):
        if re.search(_ABOUT_ONE.format(name=re.escape(name)), taken):
            found.append((text.find(name), material))
            taken = taken.replace(name, "■" * len(name))
    ordered = [material for _, material in sorted(found, key=lambda pair: pair[0])]
    return tuple({material.id: material for material in ordered}.values())[:3]


def _handed(item: ChecklistItem) -> bool:
    return item.status in _GIVEN or item.block is Block.SHOW


def _cited(items: Iterable[ChecklistItem]) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(citation for item in items for citation in item.citations))


def _rules_of(material: Material) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(rule.citation for rule in material.rules))
