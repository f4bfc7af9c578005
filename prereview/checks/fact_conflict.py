"""Fact conflict: a document says otherwise than the person did. Asked, never decided by us."""

from __future__ import annotations

from collections.abc import Iterator

from guides.model import Evidence, FactKind, Question
from guides.situation import DateRange, FactValue, Origin, Unsure
from prereview.case import CONFIDENT, Case, Paper, Slot
from prereview.checks.slots import papers
from prereview.model import Check, Contradiction, ExtractedField, Finding, Outcome
from prereview.say import fact_words
from prereview.values import as_day


def fact_conflict(case: Case) -> Iterator[Finding]:
    """Compare every stated fact with the fields its question names as evidence."""
    for question in case.questions:
        fact = case.situation.facts.get(question.fact)
        if fact is None or isinstance(fact.value, Unsure) or fact.origin is Origin.ASSUMED:
            continue
        for evidence in question.evidence:
            kind = case.profiles.kind(evidence.document)
            for slot, paper in papers(case):
                field = paper.field(evidence.field) if paper.kind == kind else None
                if field is not None:
                    yield from _judged(case, slot, paper, question, evidence, field, fact.value)


def _judged(
    case: Case,
    slot: Slot,
    paper: Paper,
    question: Question,
    evidence: Evidence,
    field: ExtractedField,
    stated: FactValue,
) -> Iterator[Finding]:
    read = read_as_fact(question, evidence, field)
    if read is None:
        return
    said, shown = fact_words(question, stated), fact_words(question, read)
    if _agree(stated, read):
        yield case.finding(Check.FACT_CONFLICT, Outcome.FINE, "agrees", slot, paper, field, stated=said, read=shown)
    elif field.confidence >= CONFIDENT:
        contradiction = Contradiction(question.fact, stated, read)
        yield case.finding(
            Check.FACT_CONFLICT,
            Outcome.FACT_CONFLICT,
            "conflict",
            slot,
            paper,
            field,
            contradiction=contradiction,
            stated=said,
            read=shown,
        )
    else:
        yield case.finding(Check.FACT_CONFLICT, Outcome.UNSURE, "doubt", slot, paper, field, stated=said, read=shown)


def read_as_fact(question: Question, evidence: Evidence, field: ExtractedField) -> FactValue | None:
    """Give the value a field has as this fact; None where the guide does not say what the words mean."""
    if question.kind in (FactKind.DATE, FactKind.MONTH):
        return as_day(field.value)
    if question.kind is FactKind.NUMBER:
        try:
            return float(field.value)
        except ValueError:
            return None
    exact = evidence.values.get(field.value)
    if exact is not None:
        return exact
    likely = {
        value for words, value in evidence.values.items() if words.startswith(field.value) or words in field.value
    }
    return likely.pop() if len(likely) == 1 else None


def _agree(stated: FactValue, read: FactValue) -> bool:
    if isinstance(stated, DateRange) and not isinstance(read, (bool, str, float, DateRange, Unsure)):
        return stated.earliest <= read <= stated.latest
    return stated == read
