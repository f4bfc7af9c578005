"""An answer and a checklist as plain values: what the JSON front door prints and the ledger keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from assistant.model import Answer, Answered, AskBack, Asking, Contact, Declined, HandedOff, Matter, Origin, Statement
from assistant.views import (
    AnswerView,
    ChecklistView,
    ChoiceView,
    CitationView,
    ConflictView,
    ContactView,
    DerivedView,
    DigestsView,
    ItemView,
    MatterView,
    PrerequisiteView,
    PresenceView,
    QuestionView,
    RouteView,
    ServiceView,
    StatementView,
    UnderstoodView,
)
from assistant.wording import load_wording
from guides.checklist import Checklist, ChecklistItem, RouteTaken
from guides.jurisdiction import ServiceHere
from guides.model import Citation, Source
from guides.rules import supported, verification
from guides.situation import plain

Sources = Mapping[str, Source]

_OUTCOMES: dict[type, str] = {
    Answered: "answered",
    Asking: "asking",
    Declined: "declined",
    HandedOff: "handed_off",
}


def outcome_of(answer: Answer) -> str:
    """Give the outcome's name: answered, asking, declined or handed_off."""
    return _OUTCOMES[type(answer)]


def view(answer: Answer, sources: Sources, model: str = "") -> AnswerView:
    """Give the answer as it is given out; `sources` is the registry of the library it was made with.

    `model` is the name of the model in use; it stands in the answer only where a sentence is that model's.
    """
    ended = answer if isinstance(answer, Declined | HandedOff) else None
    return AnswerView(
        answer_id=answer.answer_id,
        outcome=outcome_of(answer),
        understood=tuple(
            UnderstoodView(fact=u.fact, value=plain(u.value), words=u.words, label=u.label, assumed=u.assumed)
            for u in answer.understood
        ),
        question=question_view(answer.ask) if isinstance(answer, Asking) else None,
        statements=tuple(_statement(statement, sources) for statement in answer.statements),
        checklist=None if answer.checklist is None else checklist_view(answer.checklist, sources),
        asked=answer.question,
        on=answer.on,
        region=answer.region,
        matter=_matter(answer.matter),
        aspects=tuple(aspect.value for aspect in answer.aspects),
        reason=ended.reason.value if ended else "",
        message=ended.message if ended else "",
        next_step=ended.next_step if ended else "",
        contacts=tuple(map(_contact, ended.contacts)) if ended else (),
        nearest=tuple(v for m in answer.nearest if (v := _matter(m))) if isinstance(answer, Declined) else (),
        notices=answer.notices,
        summary=answer.summary if isinstance(answer, HandedOff) else "",
        model=model if any(statement.origin is Origin.MODEL for statement in answer.statements) else "",
    )


def question_view(ask: AskBack) -> QuestionView:
    """Give the question asked back with its buttons."""
    return QuestionView(
        fact=ask.fact,
        ask=ask.ask,
        options=tuple(ChoiceView(value=c.value, label=c.label, hint=c.hint) for c in ask.choices),
        why=ask.why,
        kind=ask.kind.value,
        unit=ask.unit,
        hint=ask.hint,
        remaining=ask.remaining,
    )


def citation_view(citation: Citation, sources: Sources) -> CitationView:
    """Give a citation with what people need to find it."""
    source = sources[citation.source]
    return CitationView(
        source=source.id,
        title=source.title,
        document_no=source.document_no,
        url=source.url,
        locator=citation.locator,
        verification=verification(citation, sources).value,
    )


def checklist_view(checklist: Checklist, sources: Sources, here: Sequence[ServiceHere] = ()) -> ChecklistView:
    """Give the personal list as it is given out; with `here`, each service under the place that decides it."""
    decided = {one.service.id: one for one in here}
    return ChecklistView(
        bundle=checklist.bundle,
        title=checklist.title,
        region=checklist.region,
        on=checklist.on,
        digests=DigestsView(
            guide=checklist.digests.guide, sources=checklist.digests.sources, engine=checklist.digests.engine
        ),
        route=_route(checklist.route, sources),
        items=tuple(_item(item, sources) for item in checklist.items),
        prerequisites=tuple(
            PrerequisiteView(
                id=p.id,
                text=p.text,
                how_to_check=p.how_to_check,
                where=p.where,
                citation=citation_view(p.citation, sources),
            )
            for p in checklist.prerequisites
        ),
        presence=tuple(
            PresenceView(
                id=p.id, who=p.who, what=p.what, delegate=p.delegate, citation=citation_view(p.citation, sources)
            )
            for p in checklist.presence
        ),
        services=tuple(
            ServiceView(
                id=s.id,
                name=s.name,
                agency=s.agency,
                place=s.place,
                output=s.output,
                citation=citation_view(s.citation, sources),
                region=decided[s.id].region if s.id in decided else "",
                recorded=decided[s.id].recorded if s.id in decided else True,
                say=decided[s.id].say if s.id in decided else "",
            )
            for s in checklist.services
        ),
        derived=tuple(
            DerivedView(fact=d.fact, label=d.label, text=d.text, steps=d.steps, citations=_cited(d.citations, sources))
            for d in checklist.derived
        ),
        conflicts=tuple(
            ConflictView(id=c.id, say=c.say, resolution=c.resolution, citations=_cited(c.citations, sources))
            for c in checklist.conflicts
        ),
        open_facts=checklist.open_facts,
        assumed=checklist.assumed,
        unverified=checklist.unverified,
        reference_only=checklist.reference_only,
        reference_why=checklist.reference_why,
    )


def _statement(statement: Statement, sources: Sources) -> StatementView:
    return StatementView(
        text=statement.text,
        origin=statement.origin.value,
        citations=_cited(statement.citations, sources),
        part=statement.part.value,
        requirement=statement.requirement,
        verified=statement.verified,
        label=load_wording().labels[statement.origin],
    )


def _route(route: RouteTaken, sources: Sources) -> RouteView:
    return RouteView(
        id=route.id,
        kind=route.kind.value if route.kind else "",
        title=route.title,
        say=route.say,
        next_step=route.next_step,
        citations=_cited(route.citations, sources),
        candidates=route.candidates,
    )


def _item(item: ChecklistItem, sources: Sources) -> ItemView:
    citations = _cited(item.citations, sources)
    return ItemView(
        requirement=item.requirement,
        name=item.name,
        status=item.status.value,
        handling=item.handling.value,
        block=item.block.value,
        reason=item.reason,
        ground=item.ground.value if item.ground else "",
        fallback=item.fallback,
        citation=citations[0] if citations else None,
        citations=citations,
        still=item.still,
        supply_by=item.supply_by,
        consequence=item.consequence,
        may_be=tuple(status.value for status in item.may_be),
        depends_on=item.depends_on,
        originals=item.material.originals,
        copies=item.material.copies,
        form=item.material.form,
        criteria=item.material.criteria,
        where_to_get=item.material.where_to_get,
        issuer=item.material.issuer,
        verified=supported(item.citations, sources),
    )


def _cited(citations: Iterable[Citation], sources: Sources) -> tuple[CitationView, ...]:
    return tuple(citation_view(citation, sources) for citation in citations)


def _contact(contact: Contact) -> ContactView:
    return ContactView(name=contact.name, number=contact.number, about=contact.about)


def _matter(matter: Matter | None) -> MatterView | None:
    return None if matter is None else MatterView(slug=matter.slug, title=matter.title, region=matter.region)
