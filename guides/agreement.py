"""A draft held against the guide written by hand: every difference by name, and which of them an editor explained."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from guides.citations import citations_of
from guides.draft import Draft
from guides.model import Citation, Example, Guide, Material, MaterialRule, Note, RouteKind, Source, Status

_NUMBER = re.compile(r"\d{3,4}-\d{5,8}|\d{5,11}")
_WAIVED = (Status.EXEMPT, Status.ONLY_IF_CHECK_FAILS)


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a draft and a guide say different things; `name` is how a note names it under `explains`."""

    about: str
    """A part of the guide ("materials/photo"), or a place of the source that the guide has nothing for."""
    aspect: str
    draft: str
    guide: str

    @property
    def name(self) -> str:
        """Give the difference its name: "materials/photo:necessity"."""
        return f"{self.about}:{self.aspect}"


def differences(
    draft: Draft, guide: Guide, examples: Sequence[Example], sources: Mapping[str, Source]
) -> tuple[Difference, ...]:
    """Compare services, materials, necessity, waiving, limits, points, phones, figures, questions and conditions.

    The two meet at the places of the official guide that the hand-written one cites. Necessity is read off the named
    situations that take the joint route, since the official list speaks of that route alone.
    """
    code = draft.source.held.key if draft.source.held else ""
    ours = {name for name in guide.sources if (held := sources[name].held) is not None and held.key == code}
    meeting = _Meeting(draft.guide, guide, examples, frozenset(ours))
    return (
        *meeting.services(),
        *meeting.materials(),
        *meeting.limits(),
        *meeting.points(),
        *meeting.phones(),
        *meeting.claims(),
        *meeting.uncited(),
    )


def unexplained(found: Iterable[Difference], notes: Iterable[Note]) -> tuple[Difference, ...]:
    """Give the differences no note explains."""
    explained = {name for note in notes for name in note.explains}
    return tuple(one for one in found if one.name not in explained)


def outlived(found: Iterable[Difference], notes: Iterable[Note]) -> tuple[str, ...]:
    """Give the names notes explain although there is no such difference (any more)."""
    named = {one.name for one in found}
    return tuple(name for note in notes for name in note.explains if name not in named)


@dataclass(frozen=True, slots=True)
class _Meeting:
    draft: Guide
    guide: Guide
    examples: Sequence[Example]
    sources: frozenset[str]
    """The guide's own names of the official source."""

    def services(self) -> Iterator[Difference]:
        met: set[str] = set()
        for proposed in self.draft.services:
            where = proposed.citation.locator
            limits = ((one, one.limit.citation if one.limit else one.citation) for one in self.guide.services)
            found = next((one for one, limit in limits if self._cites((one.citation, limit), where)), None)
            if found is None:
                yield Difference(where, "missing", proposed.name, "没有这个事项")
                continue
            met.add(found.id)
            days = (proposed.limit.days if proposed.limit else 0, found.limit.days if found.limit else 0)
            if days[0] != days[1]:
                yield Difference(f"services/{found.id}", "limit", f"{days[0]:g}", f"{days[1]:g}")
            if _bare(proposed.output) != _bare(found.output):
                yield Difference(f"services/{found.id}", "result", proposed.output or "没写", found.output or "没写")
        for one in self.guide.services:
            if one.id not in met:
                yield Difference(f"services/{one.id}", "added", "清单没有", one.name)

    def materials(self) -> Iterator[Difference]:
        met: set[str] = set()
        for proposed in self.draft.materials:
            if proposed.id.endswith("_more"):
                continue
            where = proposed.rules[0].citation.locator
            found = self._material(proposed, where)
            if found is None:
                yield Difference(where, "missing", proposed.name, "没有这样材料")
                continue
            met.add(found.id)
            yield from self._compared(proposed, found)
        for one in self.guide.materials:
            if one.id not in met:
                yield Difference(f"materials/{one.id}", "added", "清单没有单列", one.name)

    def _material(self, proposed: Material, where: str) -> Material | None:
        """Give the material of a name among those that cite the place, else of that name at all, else the first."""
        citing = [one for one in self.guide.materials if self._cites(citations_of(one), where)]
        ruled = [one for one in citing if self._cites((rule.citation for rule in one.rules), where)]
        named = [one for one in (*citing, *self.guide.materials) if _bare(one.name) == _bare(proposed.name)]
        return next(iter((*named, *ruled, *citing)), None)

    def _compared(self, proposed: Material, found: Material) -> Iterator[Difference]:
        about = f"materials/{found.id}"
        joint = {route.id for route in self.guide.routes if route.kind is RouteKind.BUNDLE}
        seen = {one.items[found.id] for one in self.examples if one.route in joint and found.id in one.items}
        always, spared = len(proposed.rules) == 1, Status.NOT_REQUIRED in seen
        if always and spared:
            yield Difference(about, "necessity", "联办都要", "联办里有的情形不要")
        elif not always and not spared:
            yield Difference(about, "necessity", "只在一种情形要", "联办都要")
        waived = sorted({str(rule.ground) for rule in found.rules if rule.status in _WAIVED and rule.ground})
        said = _way(proposed.rules[0])
        agrees = said in waived if proposed.rules[0].ground else not waived
        if proposed.rules[0].status is Status.SIGN:
            agrees = any(rule.status is Status.SIGN for rule in found.rules)
        if not agrees:
            yield Difference(about, "exemption", said, "、".join(waived) or "不免交")

    def limits(self) -> Iterator[Difference]:
        for proposed in self.draft.limits:
            days = [one.days for one in self.guide.limits if self._cites((one.citation,), proposed.citation.locator)]
            if proposed.days not in days:
                yield Difference(
                    "limits", "days", f"{proposed.days:g}", "、".join(f"{one:g}" for one in days) or "没写"
                )

    def points(self) -> Iterator[Difference]:
        for proposed in self.draft.points:
            where = proposed.citation.locator
            found = next((one for one in self.guide.points if self._cites((one.citation,), where)), None)
            if found is None:
                yield Difference(where, "missing", proposed.name, "没有这个办理点")
                continue
            theirs, ours = _bare(proposed.address), _bare(found.address)
            if ours not in theirs and theirs not in ours:
                yield Difference(f"points/{found.name}", "address", proposed.address, found.address)
            if re.findall(r"\d+", proposed.hours) != re.findall(r"\d+", found.hours):
                yield Difference(f"points/{found.name}", "hours", proposed.hours, found.hours)

    def phones(self) -> Iterator[Difference]:
        theirs = {phone.number for phone in self.draft.phones}
        ours = {phone.number for phone in self.guide.phones}
        ours |= {number for point in self.guide.points for number in _NUMBER.findall(point.phone)}
        for number in sorted(theirs - ours):
            yield Difference(f"phones/{number}", "missing", number, "没有这个号码")
        for number in sorted(ours - theirs):
            yield Difference(f"phones/{number}", "added", "清单没有", number)

    def claims(self) -> Iterator[Difference]:
        """Give before-and-now figures the guide tells of this source otherwise than it states them."""
        stated = {one.kind: one for one in self.draft.burden}
        for one in self.guide.burden:
            said = stated.get(one.kind)
            if one.citation.source in self.sources and said and (one.before, one.now) != (said.before, said.now):
                told = f"{one.before:g} → {one.now:g}"
                yield Difference(f"burden/{one.kind}", "figures", f"{said.before:g} → {said.now:g}", told)

    def uncited(self) -> Iterator[Difference]:
        """Give official questions and conditions the guide nowhere rests on."""
        cited = {one.locator for one in citations_of(self.guide) if one.source in self.sources}
        conditions = (one.locator for route in self.draft.routes for one in route.citations)
        for where in dict.fromkeys((*conditions, *(one.citations[0].locator for one in self.draft.faq))):
            if where.startswith(("guideCondition/", "questionInfo/")) and where not in cited:
                yield Difference(where, "missing", "官方写了", "没有引用")

    def _cites(self, citations: Iterable[Citation], where: str) -> bool:
        return any(one.locator == where and one.source in self.sources for one in citations)


def _way(rule: MaterialRule) -> str:
    return str(rule.ground) if rule.ground else str(rule.status)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)
