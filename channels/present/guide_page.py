"""What the public page of a guide says about the guide itself: its proof, its sources, its days, its editors' notes."""

from __future__ import annotations

import re
from datetime import date

from channels.present.history import ReleaseView
from guides.citations import citations_of
from guides.condition import Value
from guides.digest import digest_of
from guides.ending import endings, turns
from guides.library import Entry, Library
from guides.model import FilingMode, Guide, Source, Verification
from guides.national import coverage, load_national
from guides.proof import situations
from guides.rules import verification
from guides.sheets.plan import plan


class SourceMarkView(Value):
    """A source of the guide: how far it was read, and on which days it holds."""

    id: str
    title: str
    issuer: str
    document_no: str
    url: str
    published: date | None
    effective_from: date | None
    effective_to: date | None
    retrieved: date | None
    verification: Verification
    cited: int
    """Statements of the guide that rest on it."""


class EndingView(Value):
    """What ends within 60 days or has ended: the guide, a rule or a source."""

    kind: str
    name: str
    until: date
    over: bool
    cited: int


class TurnView(Value):
    """A day on which rules change, with a sentence for each change."""

    on: date
    changes: tuple[str, ...]


class LayerView(Value):
    """A dated layer over the guide: a notice of the year, on its days only."""

    version: str
    valid_from: date
    valid_to: date | None


class ConflictView(Value):
    """Official texts that contradict each other."""

    about: str
    say: str
    resolution: str


class NoteView(Value):
    """What the editor says about the guide."""

    about: str
    text: str


class ListedView(Value):
    """A national list that names this matter."""

    title: str
    name: str


class AboutView(Value):
    """Everything about a guide that is not the list itself."""

    lead_agency: str
    filing: FilingMode
    version: str
    digest: str
    """The first digits of what the guide says, word by word; another edition, another digest."""
    situations: int
    """How many situations it tells apart; each was walked through by the proof."""
    examples: int
    statements: int
    unverified: int
    marks: tuple[SourceMarkView, ...]
    endings: tuple[EndingView, ...]
    turns: tuple[TurnView, ...]
    layers: tuple[LayerView, ...]
    releases: tuple[ReleaseView, ...]
    """Versions the editors released, the newest first."""
    conflicts: tuple[ConflictView, ...]
    notes: tuple[NoteView, ...]
    listed: tuple[ListedView, ...]


def about(entry: Entry, library: Library, on: date, releases: tuple[ReleaseView, ...] = ()) -> AboutView:
    """Tell about one guide as it stands on a day, with what was released of it."""
    guide = entry.guide
    cited = list(citations_of(guide))
    used = [citation.source for citation in cited]
    return AboutView(
        lead_agency=guide.lead_agency,
        filing=guide.filing,
        version=guide.version,
        digest=digest_of(guide)[:12],
        situations=situations(guide, on),
        examples=len(entry.examples),
        statements=len(cited),
        unverified=sum(verification(one, library.sources) is not Verification.READ for one in cited),
        marks=tuple(_mark(library.sources[name], used.count(name)) for name in guide.sources),
        endings=tuple(
            EndingView(kind=one.kind.value, name=one.name, until=one.until, over=one.over(on), cited=one.cited)
            for one in endings(guide, library.sources, on)
        ),
        turns=tuple(TurnView(on=one.on, changes=one.changes) for one in turns(guide)),
        layers=tuple(_layers(guide, library)),
        releases=releases,
        conflicts=tuple(
            ConflictView(about=one.about, say=one.say, resolution=one.resolution) for one in guide.conflicts
        ),
        notes=tuple(NoteView(about=_in_words(guide, one.about), text=one.text) for one in entry.notes),
        listed=_listed(guide, library),
    )


def _in_words(guide: Guide, written: str) -> str:
    """Say what a note is about by names instead of codes: materials/id_card → 材料：居民身份证."""
    names = {m.id: m.name for m in guide.materials} | {s.id: s.name for s in guide.services}
    names |= {r.id: r.title for r in guide.routes} | {c.id: c.about for c in guide.conflicts}
    names |= {q.fact: q.short or q.ask.rstrip("？?") for q in guide.questions}
    parts = {part.path[0]: part.title for part in plan() if len(part.path) == 1}

    def said(found: re.Match[str]) -> str:
        code, slash = found[1], found[2]
        return (
            f"{parts.get(code, code)}：" if slash and code in parts else names.get(code, parts.get(code, code)) + slash
        )

    return re.sub(r"(?<![A-Za-z0-9_])([a-z][a-z0-9_]*)(/?)", said, written)


def _mark(source: Source, cited: int) -> SourceMarkView:
    return SourceMarkView(
        id=source.id,
        title=source.title,
        issuer=source.issuer,
        document_no=source.document_no,
        url=source.url,
        published=source.published,
        effective_from=source.effective_from,
        effective_to=source.effective_to,
        retrieved=source.retrieved,
        verification=source.verification,
        cited=cited,
    )


def _layers(guide: Guide, library: Library) -> list[LayerView]:
    here = [one.guide for one in library.layers if (one.guide.slug, one.guide.region) == (guide.slug, guide.region)]
    return [LayerView(version=one.version, valid_from=one.valid_from, valid_to=one.valid_to) for one in here]


def _listed(guide: Guide, library: Library) -> tuple[ListedView, ...]:
    return tuple(
        ListedView(title=one.list.title, name=covered.item.name)
        for one in coverage(load_national(), library)
        for covered in one.items
        if guide.slug in {here.slug for here in covered.guides}
    )
