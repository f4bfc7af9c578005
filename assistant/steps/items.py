"""Items: a question that names no bundle but a single item of this place is answered with the item's own words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.model import Answer, Draft, Origin, Part, Statement
from assistant.outcomes import answered
from assistant.ports import SourceTexts
from assistant.reading.likeness import grams
from assistant.wording import ItemWords
from guides.library import Library
from guides.model import Citation, Source
from ingestion.items import cited_as, code_of
from ingestion.ports import PassageIndex, Where

KIND = "item"
_POOL = 40
"""Passages looked through: the best items have up to three each."""
_HELD, _COVERED, _LEAST = 0.6, 0.75, 3
"""Share of an item's name that must stand in the question, or of the question in the name, and grams in common."""
_SURE = 0.8
"""Share of its name that must be said where a bundle might be meant as well."""
_LIKE, _SEVERAL = 3, 6
_LONGEST = 300
"""Characters of a quoted condition; the whole stands on the item's page."""
_ASKING = re.compile(
    r"[\W_]+|请问|你好|您好|想问一?下?|我[想要]|怎么样?|如何|哪里|哪儿|什么|哪些|需要|要带|准备|材料|资料|证件|手续|流程|条件"
    r"|多少|多久|几天|可以|能不能|怎样|[办弄搞][理下一]?|申请|吗|呢|的|了|我|要|有|啊|吧|在|去|带"
)
_BRACKETS = re.compile(r"[（(][^（）()]*[)）]")


@dataclass(frozen=True, slots=True)
class _Found:
    """An item whose name is like the question, how much so, and the share of its name that stands in the question."""

    code: str
    name: str
    alike: float
    held: float

    @property
    def said(self) -> bool:
        """Tell that most of its name was said."""
        return self.held >= _HELD


Items = Callable[[Draft, bool], Answer | None]
"""Answers from the items of the place; told whether a bundle might be meant as well."""


def items(index: PassageIndex, texts: SourceTexts, library: Library, words: ItemWords) -> Items:
    """Make the search: it gives an answer of quotes with their places, never a list of ours; None where none is named.

    Only items listed for the person's own region or one that contains it are looked at.
    """

    def answer(draft: Draft, bundle_too: bool) -> Answer | None:
        found = _named(index, library, draft)
        if not found or (bundle_too and found[0].held < _SURE):
            return None
        best = found[0]
        others = [one for one in found if one.name != best.name][:_LIKE]
        source = library.sources.get(cited_as(best.code))
        if source is None:
            return None
        told = _Quoting(source, texts, words)
        # Several that are named alike are several matters: which of them is meant is the person's to say.
        level = [one for one in found if one.alike == best.alike] if best.said else list(found)
        if not best.said or len({one.name for one in level}) > 1:
            statements: tuple[Statement, ...] = (told.several(level[:_SEVERAL]), told.next())
        else:
            statements = (told.lead(library), *told.quotes(), *told.like(others), told.next())
        return answered(told.noticed(draft), statements)

    return answer


@dataclass(frozen=True, slots=True)
class _Quoting:
    """Words an item: each sentence the list's own, with the place it stands at."""

    source: Source
    texts: SourceTexts
    words: ItemWords

    def noticed(self, draft: Draft) -> Draft:
        """Say first what this is: quoted, not filtered, and from when."""
        published = self.source.published
        when = self.words.dated.format(year=published.year, month=published.month) if published else self.words.undated
        return Draft(
            draft.inquiry,
            draft.text,
            notices=(*draft.notices, self.words.notice, when),
            region=draft.region,
            aspects=draft.aspects,
        )

    def lead(self, library: Library) -> Statement:
        region = library.region(self.source.region)
        name = self._at("TASK_NAME")
        text = self.words.lead.format(
            place=region.name if region else self.source.region, name=name, agency=self.source.issuer
        )
        return Statement(text, self._cited("TASK_NAME", "DEPT_NAME"), Origin.RULE, Part.LEAD)

    def quotes(self) -> tuple[Statement, ...]:
        around = (
            self._quote(self.words.place, "handle_location"),
            self._quote(self.words.limit, "handle_time_limit"),
            self._quote(self.words.phone, "consult_phone"),
        )
        return (
            self._quote(self.words.conditions, "accept_standard") or self._none(self.words.no_conditions),
            self._materials() or self._none(self.words.no_materials),
            *(one for one in around if one is not None),
        )

    def several(self, level: Sequence[_Found]) -> Statement:
        names = "、".join(f"“{one.name}”" for one in level)
        cited = tuple(Citation(source=cited_as(one.code), locator="TASK_NAME") for one in level)
        return Statement(self.words.several.format(names=names), cited, Origin.RULE, Part.LEAD)

    def like(self, others: Sequence[_Found]) -> tuple[Statement, ...]:
        if not others:
            return ()
        names = "、".join(f"“{one.name}”" for one in others)
        cited = tuple(Citation(source=cited_as(one.code), locator="TASK_NAME") for one in others)
        return (Statement(self.words.like.format(names=names), cited, Origin.RULE, Part.DETAIL),)

    def next(self) -> Statement:
        return Statement(self.words.next, self._cited("TASK_NAME"), Origin.RULE, Part.NEXT)

    def _materials(self) -> Statement | None:
        listed = self._at("material_intro").splitlines()
        if not listed or self._nothing(listed[0]):
            return None
        names = "；".join(f"{n}. {name}" for n, name in enumerate(listed, 1))
        return Statement(
            self.words.materials.format(names=names), self._cited("material_intro"), Origin.QUOTE, Part.DETAIL
        )

    def _quote(self, label: str, key: str) -> Statement | None:
        words = self._at(key)
        if self._nothing(words):
            return None
        cut = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}{self.words.more}"
        return Statement(label.format(words=cut), self._cited(key), Origin.QUOTE, Part.DETAIL)

    def _none(self, text: str) -> Statement:
        return Statement(text, self._cited("TASK_NAME"), Origin.RULE, Part.DETAIL)

    def _nothing(self, words: str) -> bool:
        return words.strip() in ("", "无", "暂无", "/", "-")

    def _at(self, locator: str) -> str:
        held = self.texts.at(Citation(source=self.source.id, locator=locator))
        return held.text if held else ""

    def _cited(self, *locators: str) -> tuple[Citation, ...]:
        return tuple(Citation(source=self.source.id, locator=locator) for locator in locators)


def _named(index: PassageIndex, library: Library, draft: Draft) -> tuple[_Found, ...]:
    """Give the items the question names, the most alike first."""
    asked = _ASKING.sub("", draft.text)
    if len(asked) < 2:
        return ()
    where = Where(library.chain(draft.region), draft.inquiry.on, kinds=(KIND,))
    found: dict[str, _Found] = {}
    for hit in index.search(draft.text, where, _POOL):
        code, name = code_of(hit.passage.source), hit.passage.title.rpartition("（")[0]
        if code not in found and (one := _alike(asked, code, name)) is not None:
            found[code] = one
    return tuple(sorted(found.values(), key=lambda one: (not one.said, -one.alike, len(one.name), one.code)))


def _alike(asked: str, code: str, name: str) -> _Found | None:
    """Give how alike a question and a name are, None where the question does not name it.

    What stands in brackets tells variants apart: it counts only where the question says it.
    """
    bare = _ASKING.sub("", _BRACKETS.sub("", name)) or name
    theirs, ours = grams(bare), grams(asked)
    shared = theirs & ours
    held, covered = len(shared) / len(theirs), len(shared) / len(ours)
    if len(shared) < _LEAST or not any(len(gram) > 1 for gram in shared):
        return None
    if held < _HELD and covered < _COVERED:
        return None
    variant = grams("".join(_BRACKETS.findall(name)).strip("（）()")) - theirs
    more = len(variant & ours) / len(variant) if variant else 0.0
    return _Found(code, name, held + covered + more, held)
