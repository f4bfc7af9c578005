"""A guide cut into pieces that can be found and said: each a few sentences of ours with the clauses they state.

The pieces are indexed beside the sources' own texts. An answer built from one cites the piece's citations, never the
guide itself: our guide is the statement of the law, not its source.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from guides.condition import ALWAYS, Condition
from guides.model import Citation, Guide, Material


@dataclass(frozen=True, slots=True)
class GuidePassage:
    """One piece: `section/entry` within the guide, its sentences, when it applies, and the clauses behind it.

    `asks` are wordings under which people look for it; they are searched but never shown.
    """

    bundle: str
    region: str
    title: str
    locator: str
    text: str
    citations: tuple[Citation, ...]
    when: Condition
    asks: tuple[str, ...]
    valid_from: date
    valid_to: date | None

    @property
    def id(self) -> str:
        """Stable name of the piece over versions of the guide."""
        return f"{self.region or 'cn'}/{self.bundle}/{self.locator}"


def passages(guide: Guide) -> tuple[GuidePassage, ...]:
    """Give every piece of a guide, in the order of the guide."""
    return tuple(_pieces(guide))


def _pieces(guide: Guide) -> Iterator[GuidePassage]:
    for locator, text, citations, when, asks in (*_way(guide), *_papers(guide), *_around(guide)):
        yield GuidePassage(
            guide.slug,
            guide.region,
            guide.title,
            locator,
            text,
            citations,
            when,
            asks,
            guide.valid_from,
            guide.valid_to,
        )


_Piece = tuple[str, str, tuple[Citation, ...], Condition, tuple[str, ...]]


def _way(guide: Guide) -> Iterator[_Piece]:
    for route in guide.routes:
        yield f"routes/{route.id}", f"{route.title}：{route.say}{route.next_step}", route.citations, route.when, ()
    for service in guide.services:
        text = f"{service.name}由{service.agency}办理。单独办的地方：{service.place}。"
        if service.output:
            text += f"结果：{service.output}。"
        yield f"services/{service.id}", text, (service.citation,), service.when, ()
    for need in guide.prerequisites:
        text = f"先办好：{need.text}。怎么查：{need.how_to_check}。到哪办：{need.where}。"
        yield f"prerequisites/{need.id}", text, (need.citation,), need.when, ()
    for person in guide.presence:
        text = f"{person.who}：{person.what}。{person.delegate}"
        yield f"presence/{person.id}", text, (person.citation,), person.when, ()
    for i, step in enumerate(guide.steps, 1):
        yield f"steps/{i}", f"第{i}步：{step.text}", (step.citation,), ALWAYS, ()
    for deadline in guide.deadlines:
        yield f"deadlines/{deadline.id}", deadline.text + deadline.consequence, (deadline.citation,), deadline.when, ()


def _papers(guide: Guide) -> Iterator[_Piece]:
    for material in guide.materials:
        text = f"{material.name}：{_describe(material)}"
        citations = tuple(dict.fromkeys(rule.citation for rule in material.rules))
        yield f"materials/{material.id}", text, citations, ALWAYS, (material.name, *material.aliases)
        for i, correction in enumerate(material.corrections, 1):
            where = f"materials/{material.id}/corrections/{i}"
            yield where, f"{material.name}常见的问题：{correction.text}", (correction.citation,), ALWAYS, ()
    for i, line in enumerate(guide.never_ask, 1):
        yield f"never_ask/{i}", line.text, (line.citation,), line.when, ()


def _describe(material: Material) -> str:
    reasons = "；".join(dict.fromkeys(rule.why.rstrip("。") for rule in material.rules)) + "。"
    return reasons + "".join(
        f"{label}：{text}。"
        for label, text in (("要求", material.criteria.rstrip("。")), ("到哪拿", material.where_to_get.rstrip("。")))
        if text
    )


def _around(guide: Guide) -> Iterator[_Piece]:
    for fee in guide.fees:
        yield f"fees/{fee.id}", fee.text, (fee.citation,), fee.when, ()
    for i, point in enumerate(guide.points, 1):
        text = f"{point.name}：{point.address}。{point.hours}{point.phone}"
        yield f"points/{i}", text, (point.citation,), ALWAYS, ()
    for i, phone in enumerate(guide.phones, 1):
        yield f"phones/{i}", f"{phone.about}：{phone.number}", (phone.citation,), ALWAYS, ()
    for entry in guide.faq:
        yield f"faq/{entry.id}", "".join(entry.answer), entry.citations, entry.when, entry.asks
    for conflict in guide.conflicts:
        text = f"{conflict.say}{conflict.resolution}"
        yield f"conflicts/{conflict.id}", text, conflict.citations, conflict.when, ()
