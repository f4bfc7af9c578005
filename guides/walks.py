"""Walks through situations: facts told one after the other, to see that knowing more never overturns what was said.

The diagrams cannot overturn a verdict by themselves; calculations, months read as days and facts that do not apply
could. So the check walks the way people do: facts in a drawn order, the real list after each.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from guides.cells import Measure, Variable
from guides.checklist import Checklist
from guides.compiled import CompiledGuide, compiled
from guides.model import FactKind, Guide, Question, Source, Status
from guides.rules import checklist, contradictions
from guides.situation import FactValue, Situation
from guides.words import say_situation, say_value


def overturned(
    guide: Guide, on: date, sources: Mapping[str, Source], *, walks: int = 4, seed: int = 0
) -> Iterator[str]:
    """Walk through some situations of a guide; give a sentence for each thing that knowing more overturned."""
    chance = random.Random(f"{seed} {guide.slug} {guide.region}")  # noqa: S311 — draws cases, keeps no secret
    form = compiled(guide, on)
    defaults = {q.fact: q.default for q in guide.questions if q.default is not None}
    for _ in range(walks):
        told = _possible(form, on, chance)
        if told is None:
            continue
        order = sorted(told)
        chance.shuffle(order)
        known: dict[str, FactValue] = {fact: told[fact] for fact in defaults if fact in told}
        before = _list(guide, known, on, sources)
        for fact in (name for name in order if name not in known):
            known[fact] = told[fact]
            after = _list(guide, known, on, sources)
            for what in _differences(before, after):
                shown = {name: say_value(form.asked[name], value) for name, value in known.items()}
                last = say_situation(form.asked, {fact: shown[fact]})
                yield f"{what}：知道“{last}”之后变了——{say_situation(form.asked, shown)}"
            before = after


def _differences(before: Checklist, after: Checklist) -> Iterator[str]:
    for old, new in zip(before.items, after.items, strict=True):
        if old.status is not Status.UNDECIDED and old.status is not new.status:
            yield f"材料“{old.name}”从“{old.status}”变成“{new.status}”"
        elif new.status is not Status.UNDECIDED and new.status not in old.may_be:
            yield f"材料“{old.name}”成了原先说不会有的“{new.status}”"
    if before.route.id and after.route.id != before.route.id:
        yield f"路线从“{before.route.title}”变成“{after.route.title or '未定'}”"


def _list(guide: Guide, known: Mapping[str, FactValue], on: date, sources: Mapping[str, Source]) -> Checklist:
    return checklist(guide, Situation.of(**known), on=on, sources=sources)


_TRIES = 60


def _possible(form: CompiledGuide, on: date, chance: random.Random) -> dict[str, FactValue] | None:
    """Draw a value for every question so that the whole can occur; None where luck does not find one."""
    for _ in range(_TRIES):
        drawn = {question.fact: _value(form, question, on, chance) for question in form.guide.questions}
        if not contradictions(form.guide, Situation.of(**drawn), on=on):
            return drawn
    return None


def _value(form: CompiledGuide, question: Question, on: date, chance: random.Random) -> FactValue:
    variables = form.by_fact.get(question.fact, [])
    match question.kind:
        case FactKind.YES_NO:
            return chance.random() < 0.5
        case FactKind.ONE_OF:
            return chance.choice(question.options).value
        case FactKind.NUMBER:
            cuts = [cut.at for variable in variables for cut in variable.cuts] or [1.0]
            return max(0.0, chance.choice(cuts) + chance.choice((-1, 0, 1)))
        case FactKind.DATE | FactKind.MONTH:
            return chance.choice(sorted(_days(variables, on)))


def _days(variables: list[Variable], on: date) -> set[date]:
    """Give days on both sides of every bound a date is held against."""
    days = {on - timedelta(days=400), on - timedelta(days=40), on}
    for variable in variables:
        for cut in variable.cuts:
            bound = (
                date.fromordinal(int(cut.at)) if variable.measure is Measure.DAY else on - timedelta(days=int(cut.at))
            )
            days |= {bound + timedelta(days=days_) for days_ in (-2, 0, 2)}
    if not variables:  # only a calculation looks at it: years of birth and work
        days |= {date(on.year - years, month, 1) for years in (20, 45, 52, 58, 62) for month in (1, 7)}
    return {day for day in days if day.year > 1900}
