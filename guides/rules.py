"""The rules engine: what a situation makes of a guide on a day. No model, no clock, no guess.

`checklist` is the one calculation in which all rooms meet. A fact that is missing stays open: the list then holds
every line that is certain, marks the others UNDECIDED with the facts they depend on, and never reads silence as "no".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from guides.asking import asking, to_ask
from guides.checklist import Block, Checklist, ChecklistItem, Digests, NextQuestion, RouteTaken
from guides.compiled import CompiledGuide, Fired, compiled
from guides.condition import Condition
from guides.diagram import Node
from guides.digest import ENGINE_VERSION, digest_of_sources
from guides.model import (
    Citation,
    DocumentNeed,
    Guide,
    Handling,
    Impossible,
    Material,
    MaterialRule,
    Source,
    Status,
    Verification,
)
from guides.reading import FactInvalid, read_fact, read_facts
from guides.situation import Situation
from guides.view import Verdict, View, distinct, known_cells, view_of
from guides.words import name_of

__all__ = [
    "FactInvalid",
    "Verdict",
    "block_of",
    "checklist",
    "contradictions",
    "evaluate",
    "next_question",
    "prepare",
    "read_fact",
    "read_facts",
    "supported",
    "verification",
]


def checklist(
    guide: Guide, situation: Situation, *, on: date, sources: Mapping[str, Source], suppose_route: str = ""
) -> Checklist:
    """Give the personal list of `situation` for somebody who goes on the day `on`.

    With `suppose_route` (an id of the guide's routes) the list is the one that holds if that route is taken: it lets
    an answer say "如果走联办，…" while the facts that decide it are still asked for. It is ignored where the facts rule
    the route out, and never to be shown as the person's own list.

    Raises FactInvalid when a fact's value does not fit its question. Unknown fact names are ignored: they belong to
    another guide.
    """
    view = view_of(guide, situation, on, suppose_route)
    items = tuple(_item(view, material) for material in guide.materials)
    return Checklist(
        bundle=guide.slug,
        title=guide.title,
        region=guide.region,
        on=on,
        route=_route(view),
        services=tuple(s for s in guide.services if _flag(view, "service", s.id) is Verdict.YES),
        items=items,
        prerequisites=tuple(p for p in guide.prerequisites if _flag(view, "prerequisite", p.id) is Verdict.YES),
        may_precede=tuple(p for p in guide.prerequisites if _flag(view, "prerequisite", p.id) is Verdict.UNKNOWN),
        presence=tuple(p for p in guide.presence if _flag(view, "presence", p.id) is Verdict.YES),
        may_attend=tuple(p for p in guide.presence if _flag(view, "presence", p.id) is Verdict.UNKNOWN),
        conflicts=tuple(c for c in guide.conflicts if view.verdict(view.form.doubts[c.id]) is not Verdict.NO),
        derived=view.derived,
        open_facts=_open_facts(view),
        assumed=_assumed_in_use(guide, situation, view, on, suppose_route),
        unverified=tuple(item.requirement for item in items if not supported(item.citations, sources)),
        digests=Digests(
            guide=view.form.digest,
            sources=_digest_of(view.form, sources),
            engine=ENGINE_VERSION,
        ),
    )


def next_question(guide: Guide, situation: Situation, *, on: date) -> NextQuestion | None:
    """Give the one question worth asking now, or None when no answer can change the list any more."""
    view = view_of(guide, situation, on)
    found = asking(view.form).next_fact(view)
    if found is None:
        return None
    fact, remaining = found
    asked = next(question for question in guide.questions if question.fact == fact)
    return NextQuestion(asked, remaining)


def evaluate(guide: Guide, condition: Condition, situation: Situation, *, on: date) -> Verdict:
    """Tell whether a condition of the guide holds; UNKNOWN while a missing fact can still change it."""
    view = view_of(guide, situation, on)
    return view.verdict(view.form.node(condition))


def contradictions(guide: Guide, situation: Situation, *, on: date) -> tuple[Impossible, ...]:
    """Give the combinations of stated facts that cannot occur, each with the reason to show to the person."""
    form = compiled(guide, on)
    known = known_cells(form, situation, on)
    return tuple(
        impossible
        for impossible in guide.impossible
        if form.store.results(form.store.restrict(form.node(impossible.when), known)) == {True}
    )


def prepare(guide: Guide, on: date) -> None:
    """Draw a guide's diagrams now, so that the first person who asks does not wait for them."""
    next_question(guide, Situation(), on=on)


def supported(citations: Iterable[Citation], sources: Mapping[str, Source]) -> bool:
    """Tell whether every citation rests on a text that was read."""
    return all(verification(citation, sources) is Verification.READ for citation in citations)


def verification(citation: Citation, sources: Mapping[str, Source]) -> Verification:
    """Give the mark of a citation: its own, where it is weaker than its source's."""
    source = sources[citation.source].verification
    if source is Verification.READ and citation.verification is not None:
        return citation.verification
    return source


# --- what is still to be asked ----------------------------------------------------------------------------------------


def _open_facts(view: View) -> tuple[str, ...]:
    """Give the facts that can still change the route or a line and were not asked yet, those of the route first."""
    return asking(view.form).open_facts(view)


def _assumed_in_use(guide: Guide, situation: Situation, view: View, on: date, suppose_route: str) -> tuple[str, ...]:
    """Give the defaults that change the list: the others need not be shown."""
    if not view.assumed:
        return ()
    form = view.form
    without = view_of(guide, situation, on, suppose_route, defaults=False)
    waiting = set(view.assumed)
    for node in asking(form).outputs:
        waiting -= {form.variables[i].fact for i in form.cofactors.support(without.left(node))}
        if not waiting:
            break
    return tuple(fact for fact in view.assumed if fact not in waiting)


# --- the lines of the list ------------------------------------------------------------------------------------------


def _route(view: View) -> RouteTaken:
    routes = view.form.guide.routes
    fired = view.form.cofactors.results(view.left(view.form.routes))
    indices = sorted({i for rules in fired if isinstance(rules, frozenset) for i in rules})
    if len(fired) == 1 and len(indices) == 1:
        route = routes[indices[0]]
        return RouteTaken(route.id, route.kind, route.title, route.say, route.next_step, route.citations, (route.id,))
    return RouteTaken("", None, "", "", "", (), tuple(routes[i].id for i in indices))


def _digest_of(form: CompiledGuide, sources: Mapping[str, Source]) -> str:
    """Give the digest of a guide's sources; a library keeps its sources, so that the last ones are these again."""
    if form.sourced is None or form.sourced[0] is not sources:
        own = tuple(sources[name] for name in form.guide.sources if name in sources)
        form.sourced = (sources, digest_of_sources(own))
    return form.sourced[1]


def _flag(view: View, kind: str, name: str) -> Verdict:
    return view.verdict(view.form.flags[kind, name])


def _item(view: View, material: Material) -> ChecklistItem:
    """Give the line of a material; people in the same case as regards it share the finished line."""
    form = view.form
    left = view.left(form.lines[material.id])
    facts = tuple(dict.fromkeys(form.variables[i].fact for i in sorted(form.cofactors.support(left))))
    asked = tuple(dict.fromkeys(name for fact in facts for name in to_ask(form, fact, view.situation)))
    needs = tuple(view.verdict(node) is not Verdict.NO for node in form.needs[material.id]) if facts else ()
    key = (material.id, id(left), asked, needs)
    items = form.cofactors.items
    if (made := items.get(key)) is None:
        made = items[key] = _made(form, material, left, facts, asked, needs)
    return made


def _made(
    form: CompiledGuide,
    material: Material,
    left: Node,
    facts: tuple[str, ...],
    asked: tuple[str, ...],
    needs: tuple[bool, ...],
) -> ChecklistItem:
    results = form.cofactors.results(left)
    fired = sorted((line for line in results if isinstance(line, Fired)), key=lambda line: (line.rule, line.documents))
    rules = [material.rules[number] for number in dict.fromkeys(line.rule for line in fired)]
    kinds = {(rule.status, rule.handling, rule.ground, rule.still) for rule in rules}
    if not fired or len(fired) < len(results) or len(kinds) != 1:
        documents = tuple(need for need, may in zip(material.documents, needs, strict=False) if may)
        return _undecided(material, rules, facts, documents, _undecided_reason(form, facts, asked))
    documents = tuple(material.documents[i] for i in sorted({i for line in fired for i in line.documents}))
    rule = rules[0]
    return ChecklistItem(
        requirement=material.id,
        name=material.name,
        status=rule.status,
        handling=rule.handling,
        block=block_of(rule),
        reason="；".join(dict.fromkeys(r.why.rstrip("。") for r in rules)) + "。",
        ground=rule.ground,
        still=rule.still,
        fallback=rule.fallback,
        citations=distinct(r.citation for r in rules),
        may_be=(rule.status,),
        depends_on=(),
        documents=documents,
        supply_by=rule.supply_by,
        consequence=rule.consequence,
        material=material,
    )


def _undecided(
    material: Material,
    rules: list[MaterialRule],
    facts: tuple[str, ...],
    documents: tuple[DocumentNeed, ...],
    reason: str,
) -> ChecklistItem:
    return ChecklistItem(
        requirement=material.id,
        name=material.name,
        status=Status.UNDECIDED,
        handling=Handling.NONE,
        block=Block.MAYBE,
        reason=reason,
        ground=None,
        still="",
        fallback="",
        citations=distinct(rule.citation for rule in rules),
        may_be=tuple(dict.fromkeys(rule.status for rule in rules)),
        depends_on=facts,
        documents=documents,
        supply_by="",
        consequence="",
        material=material,
    )


_NAMED = 3
"""Facts named in a sentence: more than three are no help to anybody."""


def _undecided_reason(form: CompiledGuide, facts: tuple[str, ...], asked: tuple[str, ...]) -> str:
    """Say what the line depends on in the words of the questions that settle it, in the order they are asked."""
    wanted = set(asked or facts)
    order = [question for question in form.guide.questions if question.fact in wanted]
    if not order:
        return "现有依据没有说清这种情况，请向窗口或 12345 确认。"
    names = "、".join(dict.fromkeys(name_of(question) for question in order[:_NAMED]))
    return f"要不要带，取决于还没说清的情况：{names}{'等' if len(order) > _NAMED else ''}。"


def block_of(rule: MaterialRule) -> Block:
    """Give the block of the list in which a line stands."""
    match rule.status:
        case Status.EXEMPT | Status.NOT_REQUIRED:
            return Block.SHOW if rule.handling is Handling.INSPECT else Block.NOT_NEEDED
        case Status.ONLY_IF_CHECK_FAILS:
            return Block.IF_CHECK_FAILS
        case _:
            return Block.SHOW if rule.handling is Handling.INSPECT else Block.BRING
