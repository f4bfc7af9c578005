"""Ground: a sentence is shown only where its sources exist and say its figures, dates and names; else it is not said.

The proof does not trust what composed the sentence: it gathers anew what the guide's data, the engine's calculation
and, where the archive holds it, the source's own text say under exactly the citations the sentence names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from assistant.evidence import Evidence, beyond, places
from assistant.model import Answer, Draft, Origin, Part, Reason, Statement, Worded
from assistant.outcomes import answered, asking, declined
from assistant.ports import SourceText, SourceTexts
from assistant.proving import Proving, proven
from assistant.steps.route import phones_of
from assistant.wording import Wording
from guides.library import Library
from guides.model import Citation, Guide, Source

FORBIDDEN = ("审核通过", "保证受理", "包过", "最多跑一次", "您不符合条件", "不用带身份证", "不能落户")
"""Promises nobody may make, and refusals that are not true."""

_QUOTED = 160
"""Characters of a clause still short enough to be said instead of a sentence that could not be grounded."""


def ground(
    texts: SourceTexts, library: Library, wording: Wording, proving: Proving = proven
) -> Callable[[Draft], Draft | Answer]:
    """Make the step; it ends every walk. First the composed statements are proven, then a model's words for them."""
    evidence: dict[_Key, Evidence] = {}

    def step(draft: Draft) -> Draft | Answer:
        # A proof lasts one answer: what the archive holds may change between two.
        proof = _Proof(texts, library.sources, evidence, wording)
        grounded = [proof.checked(statement, draft) for statement in draft.statements]
        kept = proving(tuple(_of_what_stands(draft, grounded, proof)), grounded)
        if draft.ask is not None:
            return asking(draft, draft.ask, kept)
        if not kept:
            contacts = phones_of(draft.guide) if draft.guide is not None else ()
            return declined(draft, Reason.NOT_FOUND, wording, contacts=contacts)
        return answered(draft, kept)

    return step


def _of_what_stands(draft: Draft, grounded: list[Statement | None], proof: _Proof) -> Iterator[Worded]:
    """Give a model's sentences, but for those whose statement was replaced or rests on what is not in force."""
    for one in draft.worded:
        named = [(draft.statements[n - 1], grounded[n - 1]) for n in one.numbers if 1 <= n <= len(grounded)]
        if all(now is not None and now.text == then.text and proof.in_force(now, draft) for then, now in named):
            yield one


_Key = tuple[str, str, str]
"""Region, slug and version of a guide."""


class _Proof:
    def __init__(
        self,
        texts: SourceTexts,
        sources: Mapping[str, Source],
        evidence: dict[_Key, Evidence],
        wording: Wording,
    ) -> None:
        self._texts = texts
        self._sources = sources
        self._evidence = evidence
        self._wording = wording
        self._held: dict[tuple[str, str], SourceText | None] = {}

    def checked(self, statement: Statement, draft: Draft) -> Statement | None:
        """Give the statement with the citations that stand, or the source's own words instead, or None."""
        standing = tuple(citation for citation in statement.citations if self._stands(citation))
        if not standing or any(word in statement.text for word in FORBIDDEN):
            return None
        statement = replace(statement, citations=standing)
        if not beyond(statement.text, self._says(statement, draft)):
            return statement
        return self._own_words(statement)

    def in_force(self, statement: Statement, draft: Draft) -> bool:
        """Tell whether every source the statement rests on holds on the day asked for."""
        on = draft.inquiry.on
        sources = (self._sources[citation.source] for citation in statement.citations)
        return not any(
            (one.effective_from and one.effective_from > on) or (one.effective_to and one.effective_to < on)
            for one in sources
        )

    def _stands(self, citation: Citation) -> bool:
        """Tell whether the source is registered and, where its text is held, the clause is found in it."""
        if citation.source not in self._sources:
            return False
        return self._at(citation) is not None or not self._texts.holds(citation.source)

    def _at(self, citation: Citation) -> SourceText | None:
        place = (citation.source, citation.locator)
        if place not in self._held:
            self._held[place] = self._texts.at(citation)
        return self._held[place]

    def _says(self, statement: Statement, draft: Draft) -> list[str]:
        """Give everything said under the statement's citations, by the data, the engine and the source itself."""
        said: list[str] = []
        if draft.guide is not None:
            said += self._of(draft.guide).texts(statement.citations)
            said += self._numbered(draft.guide, statement)
        for citation in statement.citations:
            source = self._sources[citation.source]
            held = self._at(citation)
            said += [source.title, source.document_no, citation.locator, held.text if held else ""]
        if statement.part is Part.CALCULATION and draft.checklist is not None:
            cited = set(places(statement.citations))
            for derived in draft.checklist.derived:
                if cited & set(places(derived.citations)):
                    said += [derived.label, derived.text, *derived.steps]
        if statement.part in (Part.CONDITION, Part.LEAD) and draft.guide is not None:
            # A supposition names answers to the guide's questions, which are the person's to give and nobody's law.
            said += [
                f"{option.label} {option.short}" for question in draft.guide.questions for option in question.options
            ]
            said += [named.say for named in draft.guide.conditions]
        return said

    def _numbered(self, guide: Guide, statement: Statement) -> Iterator[str]:
        """Give the cited steps with the number that is theirs by their place in the guide, which no source says."""
        cited = set(places(statement.citations))
        for number, step in enumerate(guide.steps, 1):
            if cited & set(places((step.citation,))):
                yield self._wording.answer.step.format(n=number, text=step.text)

    def _of(self, guide: Guide) -> Evidence:
        key = (guide.region, guide.slug, guide.version)
        if key not in self._evidence:
            self._evidence[key] = Evidence(guide)
        return self._evidence[key]

    def _own_words(self, statement: Statement) -> Statement | None:
        """Give the clause itself where it is held and short enough to be said."""
        for citation in statement.citations:
            held = self._at(citation)
            if held is not None and len(held.text) <= _QUOTED:
                return replace(statement, text=held.text, citations=(citation,), origin=Origin.QUOTE)
        return None
