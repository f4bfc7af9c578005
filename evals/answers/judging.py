"""Judges every sentence of an answer against the sources' own words, the guide's lines and the rules.

Shares nothing with the assistant: it reads the front door's JSON, recomputes the list with the rules engine, and opens
each cited place itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property

from evals.answers.authored import Authored, Place, clauses, of_calculations, of_guide
from evals.answers.evidence import Evidence
from evals.answers.figures_in import numbers
from evals.answers.model import Complaint, Fault, GivenAnswer, GivenCitation, GivenStatement
from guides.checklist import Block, Checklist, ChecklistItem
from guides.library import Library
from guides.model import Citation, Guide, Status, Verification
from guides.rules import checklist, read_facts, verification

HOTLINE = "12345"
"""The government hotline of every place in the country."""

_NOTHING_TO_HAND_IN = frozenset({Status.EXEMPT, Status.NOT_REQUIRED})
_NEGATIVE = (
    "不用交",
    "不用带",
    "不必交",
    "不必带",
    "免交",
    "不需要",
    "不用您",
    "不交",
    "无须",
    "无需",
    "不要交",
    "用不到",
    "不用先",
    "不用另",
)
_POSITIVE = ("要交", "必须带", "要带", "需要带", "要上传", "请上传", "请带", "要签")


class Judge:
    """Judges answers over one library."""

    def __init__(self, library: Library, evidence: Evidence) -> None:
        self._library = library
        self._evidence = evidence
        self._authored: dict[str, Authored] = {}

    def complaints(self, answer: GivenAnswer) -> list[Complaint]:
        """Give everything that is wrong with an answer; a right one gives nothing."""
        context = _Context(self._library, answer)
        return [
            Complaint(answer.answer_id, statement.text, fault, detail)
            for statement in answer.statements
            for fault, detail in self._statement(context, statement)
        ]

    def _statement(self, context: _Context, statement: GivenStatement) -> Iterator[tuple[Fault, str]]:
        if not statement.citations:
            yield Fault.UNCITED, ""
            return
        broken = list(self._citations(statement))
        yield from broken
        if broken:
            return
        yield from self._numbers(context, statement)
        if context.guide is not None:
            yield from self._wording(context.guide, context, statement)
        yield from _status(context, statement)
        if re.search("到场要出示(?!（不收）)", statement.text):
            yield Fault.STATUS, "到场出示的材料要说明不收"

    def _citations(self, statement: GivenStatement) -> Iterator[tuple[Fault, str]]:
        for given in statement.citations:
            source = self._library.sources.get(given.source)
            if source is None or (source.title, source.document_no) != (given.title, given.document_no):
                yield Fault.UNKNOWN_SOURCE, f"{given.source}《{given.title}》{given.document_no}"
            elif self._evidence.holds(given.source) and self._evidence.at(given.source, given.locator) is None:
                yield Fault.NO_SUCH_PLACE, f"{given.source} {given.locator}"
        marks = {self._mark(given) for given in statement.citations}
        if marks - {Verification.READ.value} and "未核实" not in statement.text:
            yield Fault.HIDDEN_DOUBT, "、".join(sorted(marks))

    def _mark(self, given: GivenCitation) -> str:
        mark = Verification(given.verification) if given.verification in set(Verification) else None
        if given.source not in self._library.sources:
            return given.verification
        return verification(
            Citation(source=given.source, locator=given.locator, verification=mark), self._library.sources
        ).value

    def _numbers(self, context: _Context, statement: GivenStatement) -> Iterator[tuple[Fault, str]]:
        words = " ".join(
            self._evidence.at(given.source, given.locator) or self._said_of(context, given)
            for given in statement.citations
        )
        allowed = numbers(words) | context.numbers | self._names(statement)
        for number in sorted(numbers(context.uncounted(statement.text)) - allowed):
            yield Fault.NUMBER, number

    def _names(self, statement: GivenStatement) -> set[str]:
        """Numbers in the cited sources' titles, document numbers and places may be said."""
        return numbers(" ".join(f"{given.title} {given.document_no} {given.locator}" for given in statement.citations))

    def _said_of(self, context: _Context, given: GivenCitation) -> str:
        """Where a source's text is not held, the guide's own lines with that place have to support the sentence."""
        if context.guide is None:
            return ""
        place = (given.source, given.locator)
        return " ".join(one.text for one in self._of(context.guide).sentences if place in one.places)

    def _wording(self, guide: Guide, context: _Context, statement: GivenStatement) -> Iterator[tuple[Fault, str]]:
        authored = self._of(guide).joined(context.calculations)
        places = set(context.named(statement.text))
        for clause in clauses(statement.text):
            places |= authored.places_of(clause)
            suspects = [authored.cut_short(clause), *(authored.altered(rest) for rest in authored.beyond(clause))]
            for sentence, difference in (suspect for suspect in suspects if suspect is not None):
                if sentence.text not in context.said:
                    yield Fault.NEGATION, f"{difference}（{sentence.text}）"
        cited = {(given.source, given.locator) for given in statement.citations}
        if stray := cited - (places | context.route if places else context.places):
            yield Fault.WRONG_PLACE, "、".join(f"{source} {place}" for source, place in sorted(stray))

    def _of(self, guide: Guide) -> Authored:
        key = f"{guide.region}/{guide.slug}"
        if key not in self._authored:
            self._authored[key] = of_guide(guide)
        return self._authored[key]


def _status(context: _Context, statement: GivenStatement) -> Iterator[tuple[Fault, str]]:
    """Hold what is said of one material against the rule it gives as its reason, else against the list."""
    item = context.items.get(statement.requirement)
    if item is None:
        return
    rule = next((rule for rule in item.material.rules if _bare(rule.why) in _bare(statement.text)), None)
    status = rule.status if rule is not None else item.status
    own = _bare(statement.text).replace(_bare(rule.why), "") if rule is not None else _bare(statement.text)
    denies = any(words in own for words in _NEGATIVE)
    demands = any(words in own for words in _POSITIVE) and not denies
    if status in _NOTHING_TO_HAND_IN and (demands or (rule is not None and not denies)):
        yield Fault.STATUS, f"{item.name}：规则是 {status}，答案没有说不用"
    if status is Status.REQUIRED and denies:
        yield Fault.STATUS, f"{item.name}：规则是 {status}，答案说不用"
    fallbacks = [rule.fallback for rule in item.material.rules if rule.fallback]
    backed = next((words for words in fallbacks if _bare(words) in own and rule is None), None)
    if backed is not None and not re.search("不到|不成|不了|没", own.replace(_bare(backed), "")):
        yield Fault.STATUS, f"{item.name}：备用办法没有说是核验不到的时候"


class _Context:
    """What the rules themselves say in the situation the answer understood."""

    def __init__(self, library: Library, answer: GivenAnswer) -> None:
        self._library = library
        self._answer = answer
        self.guide = library.find(answer.matter.slug, answer.matter.region) if answer.matter else None

    @cached_property
    def made(self) -> Checklist | None:
        """The list, recomputed from the facts as understood."""
        if self.guide is None:
            return None
        facts = {fact.fact: fact.value for fact in self._answer.understood}
        day = date.fromisoformat(self._answer.on)
        return checklist(self.guide, read_facts(self.guide, facts), on=day, sources=self._library.sources)

    @cached_property
    def items(self) -> Mapping[str, ChecklistItem]:
        """Lines by requirement."""
        return {} if self.made is None else {item.requirement: item for item in self.made.items}

    @cached_property
    def numbers(self) -> set[str]:
        """Numbers that need no source: the person's own, phones, and what was calculated for them."""
        said = [self._answer.asked, *(str(fact.value) for fact in self._answer.understood)]
        if self.guide is not None:
            said += [phone.number for phone in self.guide.phones]
        if self.made is not None:
            said += [step for derived in self.made.derived for step in (derived.text, *derived.steps)]
        return numbers(" ".join(said)) | {HOTLINE}

    def uncounted(self, text: str) -> str:
        """Take out the day itself and what is merely counted off: 第2步, the right number of 样 in a block."""
        day = date.fromisoformat(self._answer.on)
        text = text.replace(f"{day.year}年{day.month}月{day.day}日", "")
        sizes = [] if self.made is None else [len(self.made.block(block)) for block in Block]
        counted = "|".join(rf"(?<!\d){size}样" for size in sizes)
        return re.sub(rf"第\d+步{'|' + counted if counted else ''}", "", text)

    @cached_property
    def calculations(self) -> Authored:
        """What was calculated, to be repeated exactly."""
        return of_calculations(self.made.derived if self.made else ())

    @cached_property
    def route(self) -> set[Place]:
        """Places of the routes that are still possible."""
        if self.guide is None or self.made is None:
            return set()
        return _places(c for r in self.guide.routes if r.id in self.made.route.candidates for c in r.citations)

    @cached_property
    def places(self) -> set[Place]:
        """Every place the list rests on, for sentences about the list as a whole."""
        if self.guide is None or self.made is None:
            return set()
        lines = _places(c for item in self.made.items for rule in item.material.rules for c in (rule.citation,))
        return self.route | lines | _places(c for derived in self.made.derived for c in derived.citations)

    def named(self, text: str) -> set[Place]:
        """Places of the materials and services a sentence names."""
        if self.guide is None:
            return set()
        bare = _bare(text)
        materials = [m for m in self.guide.materials if any(_bare(name) in bare for name in (m.name, *m.aliases))]
        services = [s for s in self.guide.services if _bare(s.name) in bare]
        limits = [s.limit.citation for s in services if s.limit is not None]
        return _places([rule.citation for m in materials for rule in m.rules] + [s.citation for s in services] + limits)

    @cached_property
    def said(self) -> str:
        """What the person said, so that their own words are not held against the guide's."""
        return self._answer.asked


def _places(citations: Iterable[Citation]) -> set[Place]:
    return {(citation.source, citation.locator) for citation in citations}


def _bare(text: str) -> str:
    return re.sub(r"[\s“”（）()《》]", "", text)
