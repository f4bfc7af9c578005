"""Route: which matter, in which place, and what about it; unclear is asked with buttons, never guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from assistant.model import Answer, AskBack, Aspect, Choice, Contact, Draft, Matter, Reason
from assistant.outcomes import asking, declined
from assistant.ports import FactReader, InquiryInvalid, Offer, ReadingContext, Routed, Router
from assistant.reading.likeness import Likeness
from assistant.steps.items import Items
from assistant.wording import Listening, Wording, load_listening
from guides.library import Library
from guides.model import FactKind, Guide
from guides.situation import UNSURE

MATTER = "matter"
"""The fact name of the question which matter is meant; its options are slugs."""
_FAQ_LIKE = 0.5
"""Likeness from which a question is taken for one the guide answers."""
_FAQ_HELD = 0.75
"""Share of a known question that may stand inside a longer one to count as asked in it."""
_FAQ_PART = 0.55
"""Share of a known question that must stand in a like one: what makes it that question may not be missing."""
_FAQ_SURE = 0.7
"""Likeness from which the known question is all that was asked."""
_REPLY_LENGTH = 16
"""Characters of the longest text still taken for a reply to our question."""
_ASKS = re.compile(r"[吗么呢？?]|怎|什么|啥|多少|哪|如何")
_GENERIC = re.compile(
    "那么|多少|几|如果|要是|换成|换|老婆|老公|爸爸|妈妈|爱人|孩子|怎么样?|如何|办理|办证|办事|办|需要|要|带|跑|几趟|什么|啥|在吗|咨询|问|想|手续|个|正规|[那还再您你我他她它俩有在去吗呢的了吧啊好能得]"
)
_PAPERS = re.compile("带|准备|材料|资料|证件|东西")


def route(
    router: Router, reader: FactReader, library: Library, wording: Wording, listening: Listening, items: Items
) -> Callable[[Draft], Draft | Answer]:
    """Make the step. The reader of facts tells a follow-up ("换成外地户口呢") from another matter.

    What no bundle is about is looked for among the single items of the place.
    """

    # Made once: a guide is long, and every question is held against all of them.
    prepared = {id(guide): _offer(guide) for guide in library.guides}

    def step(draft: Draft) -> Draft | Answer:
        draft = replace(draft, region=draft.inquiry.region)
        offered = {guide.slug: guide for guide in offers_in(library, draft.region)}
        slug = _chosen(draft, offered)
        if slug == UNSURE.value:
            return declined(draft, Reason.OUT_OF_SCOPE, wording, nearest=_matters(offered.values()))
        if not slug:
            offers = tuple(prepared[id(guide)] for guide in offered.values())
            routed = router.route(draft.text, offers) if draft.text else Routed("")
            routed = _as_rewritten(draft, routed, router, offered)
            last = offered.get(last_matter(draft))
            if last is not None and _stays(draft, last, routed, reader, library, listening):
                routed = Routed(last.slug)
            elif (single := _single(draft, routed, items, listening)) is not None:
                return single
            routed = _computed(draft, routed, offered, listening)
            if not routed.id:
                return _unclear(draft, routed, offered, wording, listening)
            slug = routed.id
        if slug not in offered:
            return _elsewhere(draft, slug, library, wording)
        if library.is_stopped(offered[slug]):
            draft = replace(draft, guide=offered[slug])
            return declined(draft, Reason.UNDER_REVIEW, wording, contacts=phones_of(offered[slug]))
        return _about(draft, offered[slug], wording, listening)

    return step


def _as_rewritten(draft: Draft, routed: Routed, router: Router, offered: dict[str, Guide]) -> Routed:
    """Where a follow-up names nothing, what it was rewritten to names matters worth offering, and decides none."""
    if not draft.standalone or routed.id or routed.candidates or routed.excluded:
        return routed
    found = router.route(draft.standalone, tuple(map(_offer, offered.values())))
    return Routed("", (found.id,) if found.id else found.candidates)


def _about(draft: Draft, guide: Guide, wording: Wording, listening: Listening) -> Draft | Answer:
    """Give the draft with its matter and what about it is asked."""
    if guide.slug != last_matter(draft):
        # Another matter: what was asked before is no longer what this answers.
        draft = replace(draft, asked="")
    heard = _heard(draft.text, guide, listening)
    # A bare reply keeps what was asked before.
    replied = not heard and bool(draft.turns) and (bool(draft.asked) or not draft.text)
    aspects = draft.turns[-1].aspects if replied else heard
    draft = replace(draft, guide=guide, aspects=aspects, aspects_heard=bool(heard))
    if not in_force(guide, draft.inquiry.on):
        return declined(draft, Reason.EXPIRED_GUIDE, wording, contacts=phones_of(guide))
    if Aspect.STATUS in draft.aspects:
        return declined(draft, Reason.STATUS, wording, contacts=phones_of(guide))
    faq, sure = _faq(draft.text, guide)
    return replace(draft, faq=faq, faq_sure=sure)


def offers_in(library: Library, region: str) -> tuple[Guide, ...]:
    """Give every guide that holds in a region: of each matter the city's, else the province's, else the nation's."""
    slugs = dict.fromkeys(guide.slug for guide in library.guides)
    found = (library.find(slug, region) for slug in slugs)
    return tuple(guide for guide in found if guide is not None)


def in_force(guide: Guide, on: date) -> bool:
    """Tell whether a guide may be used for this day."""
    return guide.valid_from <= on and (guide.valid_to is None or on <= guide.valid_to)


def phones_of(guide: Guide) -> tuple[Contact, ...]:
    """Give the guide's own numbers."""
    return tuple(Contact(phone.about, phone.number) for phone in guide.phones)


def _matters(guides: Iterable[Guide]) -> tuple[Matter, ...]:
    return tuple(Matter(guide.slug, guide.title, guide.region) for guide in guides)


def _chosen(draft: Draft, offered: dict[str, Guide]) -> str:
    """Give the matter chosen by button, page or the reply to our own question; "" where it has to be read."""
    if draft.inquiry.matter:
        return draft.inquiry.matter
    if MATTER in draft.inquiry.facts:
        return str(draft.inquiry.facts[MATTER])
    if draft.asked == MATTER:
        named = [guide.slug for guide in offered.values() if draft.text and draft.text in (guide.title, guide.slug)]
        return named[0] if len(named) == 1 else ""
    return ""


def _stays(
    draft: Draft, last: Guide, routed: Routed, reader: FactReader, library: Library, listening: Listening
) -> bool:
    """Tell whether a question goes on about the matter at hand.

    It does when it names no other, and replies to us, tells a fact of this matter, or names nothing at all.
    """
    if routed.named or routed.excluded:
        return routed.id == last.slug
    if not _names_something(draft.text, listening) or last.slug in routed.candidates:
        return True
    replied = draft.asked not in ("", MATTER) and len(draft.text) <= _REPLY_LENGTH
    if replied and not _ASKS.search(draft.text):
        return True
    context = ReadingContext(draft.inquiry.on, draft.region, library.regions, draft.asked)
    return bool(reader.read(draft.text, last.questions, context))


def _computed(draft: Draft, routed: Routed, offered: dict[str, Guide], listening: Listening) -> Routed:
    """Where a computed date is asked for and one matter alone can compute it, that is the matter."""
    able = [guide.slug for guide in offered.values() if guide.derived]
    if (
        not routed.id
        and len(able) == 1
        and listening.aspects[Aspect.CALCULATION].search(draft.text)
        and not routed.excluded
    ):
        return replace(routed, id=able[0])
    return routed


def last_matter(draft: Draft) -> str:
    """Give the matter this conversation was about last."""
    return next((turn.matter for turn in reversed(draft.turns) if turn.matter), "")


def _offer(guide: Guide) -> Offer:
    asks = tuple(ask for entry in guide.faq for ask in entry.asks)
    told = tuple(
        phrase
        for question in guide.questions
        for says in (*(option.says for option in question.options), question.says.yes, question.says.no)
        for phrase in says
    )
    papers = tuple(name for material in guide.materials for name in (material.name, *material.aliases))
    services = tuple(service.name for service in guide.services)
    hints = tuple(phrase for phrase in (*told, *papers, *services) if len(phrase) > 2)
    words = (
        *(text for question in guide.questions for text in (question.ask, question.why)),
        *(option.label for question in guide.questions for option in question.options),
        *(route.title for route in guide.routes),
    )
    return Offer(guide.slug, guide.title, guide.aliases, asks, guide.not_this, hints, guide.summary, words)


def _single(draft: Draft, routed: Routed, items: Items, listening: Listening) -> Answer | None:
    """Give the answer of a single item, where the question names one, no bundle, and not the progress of a case."""
    if routed.named or not draft.text or listening.aspects[Aspect.STATUS].search(draft.text):
        return None
    return items(draft, bool(routed.id or routed.candidates)) if _names_something(draft.text, listening) else None


def _unclear(draft: Draft, routed: Routed, offered: dict[str, Guide], wording: Wording, listening: Listening) -> Answer:
    if listening.aspects[Aspect.STATUS].search(draft.text):
        return declined(draft, Reason.STATUS, wording)
    near = tuple(offered[slug] for slug in routed.candidates if slug in offered)
    if routed.excluded:
        return declined(draft, Reason.OUT_OF_SCOPE, wording, nearest=_matters(near))
    if not near and _names_something(draft.text, listening):
        public = listening.screen[Reason.NO_GUIDE].heard(draft.text)
        reason = Reason.NO_GUIDE if public else Reason.OUT_OF_SCOPE
        return declined(draft, reason, wording, nearest=_matters(offered.values()))
    return asking(draft, _ask_matter(near or tuple(offered.values()), wording))


def _names_something(text: str, listening: Listening) -> bool:
    """Tell whether more was said than what is asked about every matter ("要带什么材料", "收费吗")."""
    for pattern in listening.aspects.values():
        text = pattern.sub("", text)
    return len(_GENERIC.sub("", _bare(text))) > 1


def _ask_matter(guides: Sequence[Guide], wording: Wording) -> AskBack:
    choices = (
        *(Choice(guide.slug, guide.title, guide.summary) for guide in guides),
        Choice(UNSURE.value, wording.ask_matter.none),
    )
    return AskBack(MATTER, wording.ask_matter.ask, wording.ask_matter.why, FactKind.ONE_OF, choices)


def _elsewhere(draft: Draft, slug: str, library: Library, wording: Wording) -> Answer:
    """Decline a matter that has a guide, but not for this place."""
    homes = [library.region(guide.region) for guide in library.guides if guide.slug == slug]
    if not homes:
        known = "、".join(dict.fromkeys(guide.slug for guide in library.guides))
        raise InquiryInvalid("matter", f"没有这件事：{slug}。可以选的有：{known}")
    place = library.region(draft.region)
    return declined(
        draft,
        Reason.OTHER_REGION,
        wording,
        place=place.name if place else "您说的地方",
        home="、".join(home.name for home in homes if home),
    )


def _heard(text: str, guide: Guide, listening: Listening) -> tuple[Aspect, ...]:
    """Give what is asked about, the most particular first; only a guide that computes something is asked for it."""
    heard = (aspect for aspect, pattern in listening.aspects.items() if pattern.search(text))
    return tuple(aspect for aspect in heard if guide.derived or aspect is not Aspect.CALCULATION)


def _faq(text: str, guide: Guide) -> tuple[tuple[str, ...], bool]:
    """Give the entries whose questions this one is like, best first, and whether the best is all that was asked."""
    folded = _bare(text)
    if not folded:
        return (), False
    likeness = _likeness(tuple(ask for entry in guide.faq for ask in entry.asks))
    scored: list[tuple[float, str]] = []
    for_all = _asks_for_all(folded)
    for entry in guide.faq:
        # "要带什么" asks for everything, "销户口要带什么" for one thing.
        asks = [ask for ask in map(_bare, entry.asks) if not for_all or _asks_for_all(ask)]
        alike = max((likeness.between(folded, ask) for ask in asks), default=0.0)
        held = max((likeness.covered(ask, folded) for ask in asks), default=0.0)
        if held >= _FAQ_HELD or (alike >= _FAQ_LIKE and held >= _FAQ_PART):
            scored.append((max(alike, held * _FAQ_SURE), entry.id))
    scored.sort(key=lambda one: -one[0])
    return tuple(name for _, name in scored), bool(scored) and scored[0][0] >= _FAQ_SURE


def _asks_for_all(bare: str) -> bool:
    """Tell that the papers of the whole matter are asked for and nothing in particular ("要带什么材料")."""
    return bool(_PAPERS.search(bare)) and len(_GENERIC.sub("", _PAPERS.sub("", bare))) <= 1


@lru_cache(maxsize=64)
def _likeness(asks: tuple[str, ...]) -> Likeness:
    return Likeness(map(_bare, asks))


@lru_cache(maxsize=8192)
def _bare(text: str) -> str:
    text = load_listening().same.canonical(text)
    return re.sub(r"[\W_]+|请问|你好|您好|麻烦|想问一?下?", "", text.lower())
