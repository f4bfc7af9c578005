"""Facts by rules: the phrases a guide carries, the general notion of a question, and short replies to ours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.chips import chip
from assistant.model import Understood
from assistant.ports import ReadingContext
from assistant.reading.notions import notion_of
from assistant.reading.people import FATHER, MOTHER, Mention, find_people
from assistant.reading.phrases import find_phrase, find_varied
from assistant.reading.replies import reply
from assistant.reading.spans import Span
from assistant.reading.variants import turned_round
from assistant.reading.words import Candidate, Words
from guides.model import Option, Question, Says
from guides.situation import FactValue

_SURNAME = re.compile("的?姓")
"""Being named after somebody (随爸爸姓) is not being registered with them."""


class RulesFactReader:
    """Reads what the words say and nothing more; where two readings disagree, none is taken and the fact is asked."""

    def read(self, text: str, questions: Sequence[Question], context: ReadingContext) -> tuple[Understood, ...]:
        """Read facts of `questions` from `text`; each value is one the question allows, `words` stand in `text`."""
        known = dict(context.known)
        topics = {question.topic: question.fact for question in questions if question.topic}
        words = Words(text, context.on, context.region, context.regions, context.asked, known, topics)
        found = []
        # In the guide's order: whose household is followed decides whose kind of household is meant.
        for question in questions:
            best = _choose([*_phrases(words, question), *_notion(words, question), *reply(words, question)])
            if best is not None:
                known[question.fact] = best.value
                found.append(Understood(question.fact, best.value, best.words, chip(question, best.value, best.words)))
        return tuple(found)


def _choose(candidates: list[Candidate]) -> Candidate | None:
    """Take the strongest; of overlapping words the longer say more; equal ones that disagree cancel out."""
    clear = [
        one
        for one in candidates
        if not any(
            other is not one and other.span.overlaps(one.span) and _length(other.span) > _length(one.span)
            for other in candidates
        )
    ]
    if not clear:
        return None
    best = max(clear, key=lambda candidate: (candidate.weight, _length(candidate.span)))
    rivals = [one for one in clear if one.value != best.value and one.weight >= best.weight]
    return None if rivals else best


def _length(span: Span) -> int:
    return span.end - span.start


def _notion(words: Words, question: Question) -> Iterator[Candidate]:
    notion = notion_of(question)
    return iter(()) if notion is None else notion(words, question)


# --- phrases of the guide -------------------------------------------------------------------------------------------


def _phrases(words: Words, question: Question) -> Iterator[Candidate]:
    for phrase, value in _sayings(question.options, question.says, question.of):
        for found in (*find_phrase(words.text, phrase), *find_varied(words.text, phrase)):
            if (
                found.asked
                or _only_names(phrase, question, words)
                or (_person_missing(phrase) and not _said_of(words, question, found.span))
            ):
                continue
            if question.topic == "household_side" and _SURNAME.match(words.text, found.span.end):
                continue
            said = _turned(question, value) if found.negated else value
            if said is not None:
                start = found.span.end - len(found.words)
                yield Candidate(said, Span(start, found.span.end), found.words, 3)


@lru_cache(maxsize=1024)
def _sayings(options: tuple[Option, ...], says: Says, of: str) -> tuple[tuple[str, FactValue], ...]:
    """Give each phrase with the value it says; of "妈妈外省户口" also what is said of her alone, "外省户口"."""
    pairs: list[tuple[str, FactValue]] = [(phrase, option.value) for option in options for phrase in option.says]
    pairs += [(phrase, True) for phrase in says.yes] + [(phrase, False) for phrase in says.no]
    bare = [(said, value) for phrase, value in pairs for said in _without_person(phrase, of)]
    pairs += bare
    pairs += [(said, value) for phrase, value in pairs for said in _already(phrase)]
    pairs += [(said, value) for phrase, value in pairs for said in turned_round(phrase)]
    return tuple(dict.fromkeys(pairs))


def _already(phrase: str) -> Iterator[str]:
    """Give the other way of saying that something is done: 领证了, 已领证, 已经领证."""
    if phrase.endswith("了") and len(phrase) >= 3:
        yield f"已{phrase[:-1]}"
        yield f"已经{phrase[:-1]}"


def _without_person(phrase: str, of: str) -> Iterator[str]:
    if of not in (MOTHER, FATHER):
        return
    mentions = find_people(phrase)
    if len(mentions) == 1 and mentions[0].span.start == 0:
        said = phrase[mentions[0].span.end :]
        for bare in (said, said.removeprefix("是")):
            if len(bare) >= 3:
                yield bare


def _only_names(phrase: str, question: Question, words: Words) -> bool:
    """Tell that a phrase only names a person, which says nothing of who goes unless that was asked."""
    people = _people_in(phrase)
    whole = Span(0, len(phrase))
    return question.topic == "applicant" and question.fact != words.asked and any(p.span == whole for p in people)


def _person_missing(phrase: str) -> bool:
    return not any(mention.roles & {MOTHER, FATHER} for mention in _people_in(phrase))


@lru_cache(maxsize=4096)
def _people_in(phrase: str) -> tuple[Mention, ...]:
    return find_people(phrase)


def _said_of(words: Words, question: Question, span: Span) -> bool:
    """Count a phrase for a parent only where it is said of that parent; so too for the household that is followed."""
    who = words.whose(span) & {MOTHER, FATHER}
    if question.of in (MOTHER, FATHER):
        return question.of in who or (question.fact == words.asked and not who)
    if question.topic == "hukou_kind" and len(who) == 1:
        return words.known.get(words.facts_by_topic.get("household_side", "")) in who
    return True


def _turned(question: Question, value: FactValue) -> FactValue | None:
    """Give what a negated phrase says: the opposite of a yes or no, the other of two options, else nothing."""
    if isinstance(value, bool):
        return not value
    others = [option.value for option in question.options if option.value != value]
    return others[0] if len(others) == 1 else None
