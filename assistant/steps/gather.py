"""Gather: the facts of this turn and of the talk so far, the list they give, and the one question worth asking."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from assistant.chips import chip
from assistant.model import Answer, AskBack, Aspect, Choice, Draft, Reason, Understood
from assistant.outcomes import declined
from assistant.ports import FactReader, InquiryInvalid, ReadingContext
from assistant.reading.places import Near, find_places
from assistant.steps.route import MATTER
from assistant.wording import Wording
from guides.library import Library
from guides.model import FactKind, Guide, Question
from guides.rules import FactInvalid, checklist, next_question, read_fact
from guides.situation import UNSURE, Fact, Origin, Situation

Facts = Mapping[str, Fact]


def gather(reader: FactReader, library: Library, wording: Wording) -> Callable[[Draft], Draft | Answer]:
    """Make the step. Facts chosen by button outrank words, and these outrank what was said before."""

    def step(draft: Draft) -> Draft | Answer:
        guide = _guide(draft)
        before = _earlier(draft, guide)
        chosen = _chosen(draft, guide, library)
        read = _read(draft, guide, reader, library, {**before, **chosen})
        fresh = {**read, **chosen}
        # Words of earlier turns may only now be understood: whose household was meant, which matter it was about.
        late = _reread(draft, guide, reader, library, {**before, **fresh})
        situation = Situation({**late, **before, **fresh})
        try:
            found = checklist(guide, situation, on=draft.inquiry.on, sources=library.sources)
        except FactInvalid as error:
            raise InquiryInvalid(error.fact, error.remedy) from error
        understood = _understood(guide, situation, found.assumed)
        draft = replace(draft, situation=situation, fresh=fresh, checklist=found, understood=understood)
        other = _other_place(draft, library)
        if other:
            home = library.region(draft.region)
            return declined(
                replace(draft, understood=()),
                Reason.OTHER_REGION,
                wording,
                place=other,
                home=home.name if home else "",
            )
        return _noted(replace(draft, ask=_ask(draft, guide, wording)), wording)

    return step


def _noted(draft: Draft, wording: Wording) -> Draft:
    """Say so when a reply to our question was not understood, before it is asked again."""
    again = draft.ask is not None and draft.ask.fact == draft.asked and draft.asked not in draft.fresh
    said_nothing_else = draft.text and not draft.fresh and not draft.aspects_heard
    if again and said_nothing_else:
        return replace(draft, notices=(*draft.notices, wording.notices.unread))
    return draft


def _guide(draft: Draft) -> Guide:
    if draft.guide is None:
        raise ValueError("route comes before gather")
    return draft.guide


def _earlier(draft: Draft, guide: Guide) -> dict[str, Fact]:
    """Give the facts of earlier turns about this matter, the later ones outranking the earlier."""
    facts: dict[str, Fact] = {}
    for turn in draft.turns:
        if turn.matter == guide.slug:
            facts.update(turn.facts)
    return facts


def _chosen(draft: Draft, guide: Guide, library: Library) -> dict[str, Fact]:
    """Read the facts that came by button, form or file; raises InquiryInvalid with the remedy."""
    questions = {question.fact: question for question in guide.questions}
    facts: dict[str, Fact] = {}
    for name, raw in draft.inquiry.facts.items():
        if name == MATTER:
            continue
        if name not in questions:
            if not any(question.fact == name for other in library.guides for question in other.questions):
                raise InquiryInvalid(name, f"没有“{name}”这个情况项。“{guide.title}”可以写的有：{'、'.join(questions)}")
            continue
        try:
            facts[name] = Fact(read_fact(questions[name], raw))
        except FactInvalid as error:
            raise InquiryInvalid(error.fact, error.remedy) from error
    return facts


def _read(draft: Draft, guide: Guide, reader: FactReader, library: Library, known: Facts) -> dict[str, Fact]:
    if not draft.text:
        return {}
    context = _context(draft, library, known, draft.asked)
    return _as_facts(reader.read(draft.text, guide.questions, context))


def _reread(draft: Draft, guide: Guide, reader: FactReader, library: Library, known: Facts) -> dict[str, Fact]:
    """Read the facts still missing from the words of earlier turns of this matter (or before the matter was known)."""
    late: dict[str, Fact] = {}
    for turn in draft.turns:
        if turn.question and turn.matter in ("", guide.slug):
            context = _context(draft, library, known, "")
            late.update(_as_facts(reader.read(turn.question, guide.questions, context)))
    return {name: fact for name, fact in late.items() if name not in known}


def _context(draft: Draft, library: Library, known: Facts, asked: str) -> ReadingContext:
    values = {name: fact.value for name, fact in known.items()}
    return ReadingContext(draft.inquiry.on, draft.region, library.regions, asked, values)


def _as_facts(understood: tuple[Understood, ...]) -> dict[str, Fact]:
    return {one.fact: Fact(one.value, Origin.STATED, one.words) for one in understood}


def _understood(guide: Guide, situation: Situation, assumed: tuple[str, ...]) -> tuple[Understood, ...]:
    """Give the chips of 我理解您…: what was said in the guide's order, then what is only assumed."""
    said = []
    for question in guide.questions:
        fact = situation.facts.get(question.fact)
        if fact is not None:
            said.append(Understood(question.fact, fact.value, fact.words, chip(question, fact.value, fact.words)))
    taken = [
        Understood(question.fact, question.default, "", chip(question, question.default), assumed=True)
        for question in guide.questions
        if question.fact in assumed and question.default is not None
    ]
    return (*said, *taken)


# --- the place ------------------------------------------------------------------------------------------------------


def _other_place(draft: Draft, library: Library) -> str:
    """Give the other city the question is about, "" when it is about here.

    A place that says something of a person (户口, 出生, 工作) was read as a fact or is no place of doing; what is left
    and lies outside this city is where somebody wants to get it done.
    """
    spoken = [fact.words for fact in draft.fresh.values() if fact.words]
    for place in find_places(draft.text, draft.region, library.regions):
        if place.region is None or place.near is Near.CITY or place.region.code in library.chain(draft.region):
            continue
        if any(place.words in words for words in spoken):
            continue
        if _about_a_person(draft.text[: place.span.start], draft.text[place.span.end :]):
            continue
        return place.region.name
    return ""


_LIVES = re.compile(
    r"(?:市|省|区|县)?(?:那边|这边|本地)?的?(?:农村|城镇|集体|家庭)?"
    r"(?:户口|户籍|户|打工|上班|工作|干活|读书|上学|住|租|出差|出生|生的|生了|生孩子|人(?!民)|交社保|交的|参保|社保|缴|嫁|回|来|迁|当兵)"
)
_FROM = re.compile(r"(?:户口(?:在|是)|户籍(?:在|是)|老家(?:在|是)?|来自|社保在|从|嫁到|籍贯|住在?|人在)$")


def _about_a_person(before: str, after: str) -> bool:
    return _LIVES.match(after) is not None or _FROM.search(before) is not None


# --- the question back ------------------------------------------------------------------------------------------------


def _ask(draft: Draft, guide: Guide, wording: Wording) -> AskBack | None:
    """Give the one question that can still change the result; for a computed date first what it is computed from."""
    if Aspect.CALCULATION in draft.aspects and (missing := _input_missing(draft, guide)):
        return ask_back(missing, 1, wording)
    open_facts = draft.checklist.open_facts if draft.checklist is not None else ()
    if not open_facts:
        return None
    found = next_question(guide, draft.situation, on=draft.inquiry.on)
    return None if found is None else ask_back(found.question, found.remaining, wording)


def _input_missing(draft: Draft, guide: Guide) -> Question | None:
    """Give the first input that the first calculation still lacks and that was not asked in vain."""
    if not guide.derived:
        return None
    for name in guide.derived[0].inputs:
        if draft.situation.value(name) is None:
            return next((question for question in guide.questions if question.fact == name), None)
    return None


def ask_back(question: Question, remaining: int, wording: Wording) -> AskBack:
    """Give a guide's question as it is asked, 不清楚 always the last choice."""
    choices: list[Choice] = []
    if question.kind is FactKind.YES_NO:
        choices = [Choice(True, wording.ask.yes), Choice(False, wording.ask.no)]
    choices += [Choice(option.value, option.label, option.hint) for option in question.options]
    choices.append(Choice(UNSURE.value, wording.ask.unsure))
    return AskBack(
        question.fact,
        question.ask,
        question.why,
        question.kind,
        tuple(choices),
        question.unit,
        question.hint,
        remaining,
    )
