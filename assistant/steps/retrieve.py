"""Retrieve: for what no field and no known question answers, the passages in force here; nothing written is said so."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.model import Answer, Aspect, Draft, Origin, Part, Reason, Statement
from assistant.outcomes import declined
from assistant.passages import pieces, source_of
from assistant.ports import Numbered, Writer
from assistant.reading.likeness import Likeness
from assistant.steps.compose import asked_items
from assistant.steps.route import phones_of
from assistant.telling.teller import mark, tidy
from assistant.wording import Wording, load_listening
from guides.library import Library
from guides.model import Citation, Guide, Source
from guides.passages import GuidePassage
from guides.rules import supported
from ingestion.model import Passage
from ingestion.ports import PassageIndex, Where

_LIMIT = 8
_LITTLE = 3
"""Characters beside the matter's name that still name nothing of their own."""
_COVERED = 0.45
"""Share of the question's characters and pairs, weighted by rarity, that a passage must hold to be an answer."""
_QUESTION = re.compile(
    r"[吗么呢嘛？?]|怎|什么|啥|多少|多久|几|哪|谁|能不能|可不可以|行不行|要不要|是不是|为什么|不$|没$"
)
_ASKS_HOW = re.compile(
    r"怎么?(?:办|弄|搞|申|报|拿|取|去|开|接|补|换|走|领|恢复|消|撤|加|分|做)|咋|如何|第一步|先干|哪(?:里|儿|边)|跑什么"
)
_BARE = re.compile(
    r"[\W_]+|请问|你好|您好|想问一?下?|怎么办|怎么|什么|哪些|由?谁|如何|可以|能不能|是不是|多少|吗|呢|的|了|我|要|有|啊|吧"
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A passage with the citations a sentence from it rests on."""

    title: str
    text: str
    searched: str
    """The text with the wordings people search by."""
    citations: tuple[Citation, ...]
    origin: Origin


def retrieve(
    index: PassageIndex, writer: Writer, library: Library, wording: Wording
) -> Callable[[Draft], Draft | Answer]:
    """Make the step."""
    known = pieces(library)
    likeness = Likeness(_bare(f"{piece.text}{''.join(piece.asks)}") for piece in known.values())

    def step(draft: Draft) -> Draft | Answer:
        guide = draft.guide
        if guide is None or not _needs_search(draft):
            return draft
        near: list[_Found] = []
        # Our own pieces first: they carry the clauses. Only then the sources' texts, of which there are many more.
        for sources in ((source_of(guide),), ()):
            where = Where(library.chain(draft.region), draft.inquiry.on, sources)
            hits = index.search(draft.text, where, _LIMIT)
            found = [one for hit in hits if (one := _found(hit.passage, guide, known, library)) is not None]
            near = [one for one in found if likeness.covered(_bare(draft.text), _bare(one.searched)) >= _COVERED]
            if near:
                break
        written = _write(draft.text, near, writer, library, wording)
        if not written and _names_matter_only(draft):
            return draft
        if not written and (_ASKS_HOW.search(draft.text) or not _names_matter(draft)):
            # Who tells a situation, or asks how it goes, is helped by the whole matter; that one point is left open.
            return replace(draft, notices=(*draft.notices, wording.notices.unwritten))
        if not written:
            return declined(draft, Reason.NOT_FOUND, wording, contacts=phones_of(guide))
        return replace(draft, statements=written)

    return step


def _needs_search(draft: Draft) -> bool:
    """Tell that nothing else will answer: no field was asked for, no known question, no fact was told or replied."""
    if draft.faq or draft.fresh or not _QUESTION.search(draft.text) or asked_items(draft):
        return False
    if draft.aspects and set(draft.aspects) != {Aspect.ELIGIBILITY}:
        return False
    return len(_leftover(draft)) > 1


def _names_matter_only(draft: Draft) -> bool:
    """Tell that little more than the matter's name was said ("给娃上户口麻烦不"): the list is the answer."""
    return len(_leftover(draft)) <= _LITTLE


def _names_matter(draft: Draft) -> bool:
    """Tell that the matter was called by a name: what was asked beside it is then a point of its own."""
    if draft.guide is None:
        return False
    bare = _bare(draft.text)
    return any(_bare(name) in bare for name in (draft.guide.title, *draft.guide.aliases))


def _leftover(draft: Draft) -> str:
    """Give what was said beside the matter's name and the words of every question."""
    rest = _bare(draft.text)
    if draft.guide is not None:
        for name in sorted((draft.guide.title, *draft.guide.aliases), key=len, reverse=True):
            rest = rest.replace(_bare(name), "")
    return rest


def _found(passage: Passage, guide: Guide, known: dict[str, GuidePassage], library: Library) -> _Found | None:
    """Give a hit with its clauses; what this guide neither says nor cites is left: it is about another matter."""
    piece = known.get(passage.id)
    if piece is not None:
        if piece.bundle != guide.slug:
            return None
        return _Found(piece.title, piece.text, passage.text, piece.citations, Origin.RULE)
    cited = (library.sources[name] for name in guide.sources if name in library.sources)
    source = next((source for source in cited if _is_held_as(source, passage)), None)
    if source is None:
        return None
    return _Found(
        source.title, passage.text, passage.text, (Citation(source=source.id, locator=passage.locator),), Origin.QUOTE
    )


def _is_held_as(source: Source, passage: Passage) -> bool:
    """Tell whether a passage stands in the text the registry names: that law in that edition, that guide."""
    held = source.held
    if held is None:
        return False
    _, _, name = passage.source.partition(":")
    title, _, edition = name.partition("@")
    # A code is held by its parts: 民法典 婚姻家庭编.
    same = title == held.key or title.startswith(f"{held.key} ")
    return same and held.edition in ("", edition)


def _write(
    question: str, found: list[_Found], writer: Writer, library: Library, wording: Wording
) -> tuple[Statement, ...]:
    told: list[Statement] = []
    for sentence in writer.write(question, tuple(Numbered(one.title, one.text) for one in found)):
        rests_on = [found[number - 1] for number in sentence.cites if 1 <= number <= len(found)]
        citations = tuple(dict.fromkeys(citation for one in rests_on for citation in one.citations))
        if not citations:
            continue
        verified = supported(citations, library.sources)
        text = tidy(sentence.text if verified else mark(sentence.text, wording.answer.unverified))
        origin = rests_on[0].origin if sentence.quoted else Origin.MODEL
        told.append(Statement(text, citations, origin, Part.DETAIL if told else Part.LEAD, verified=verified))
    return tuple(told)


@lru_cache(maxsize=8192)
def _bare(text: str) -> str:
    return _BARE.sub("", load_listening().same.canonical(text))
