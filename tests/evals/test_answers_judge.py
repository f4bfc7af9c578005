"""The judge of answers: right sentences pass, each kind of fault is named."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from evals.answers.evidence import Evidence
from evals.answers.figures_in import numbers
from evals.answers.judging import Judge
from evals.answers.model import Fault, GivenAnswer, GivenCitation, GivenFact, GivenMatter, GivenStatement
from guides.library import load_library
from guides.model import Citation
from guides.rules import verification

LIBRARY = load_library()
JUDGE = Judge(LIBRARY, Evidence(LIBRARY.sources))
NEWBORN = LIBRARY.find("newborn", "430100")


def cited(citation: Citation) -> GivenCitation:
    source = LIBRARY.source(citation.source)
    mark = verification(citation, LIBRARY.sources).value
    return GivenCitation(
        source=source.id,
        title=source.title,
        document_no=source.document_no,
        locator=citation.locator,
        verification=mark,
    )


def the_answer(statement: GivenStatement, **facts: bool | int | float | str) -> GivenAnswer:
    return GivenAnswer(
        answer_id="a",
        outcome="answered",
        asked="问",
        on="2026-11-22",
        understood=tuple(GivenFact(fact=name, value=value) for name, value in facts.items()),
        statements=(statement,),
        matter=GivenMatter(slug="newborn", region="430100"),
    )


def limit_statement() -> GivenStatement:
    """出生登记: 10 working days, said from the guide's own limit."""
    assert NEWBORN is not None
    service = next(s for s in NEWBORN.services if s.limit and s.limit.days == 10)
    assert service.limit is not None
    return GivenStatement(
        text=f"{service.name}承诺10个工作日办好。", origin="rule", citations=(cited(service.limit.citation),)
    )


def faults(statement: GivenStatement) -> set[Fault]:
    return {complaint.fault for complaint in JUDGE.complaints(the_answer(statement))}


def test_a_right_sentence_passes() -> None:
    assert faults(limit_statement()) == set()


def _swap(statement: GivenStatement, **change: str) -> GivenStatement:
    return statement.model_copy(
        update={"citations": tuple(given.model_copy(update=change) for given in statement.citations)}
    )


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda s: s.model_copy(update={"text": s.text.replace("10", "15")}), Fault.NUMBER),
        (lambda s: s.model_copy(update={"text": s.text.replace("10个工作日", "三个月")}), Fault.NUMBER),
        (lambda s: s.model_copy(update={"text": s.text + "收费86元。"}), Fault.NUMBER),
        (lambda s: s.model_copy(update={"citations": ()}), Fault.UNCITED),
        (lambda s: _swap(s, locator="approveList/不存在的事项"), Fault.NO_SUCH_PLACE),
        (lambda s: _swap(s, source="nothing"), Fault.UNKNOWN_SOURCE),
        (lambda s: _swap(s, document_no="国发〔2099〕99号"), Fault.UNKNOWN_SOURCE),
        (lambda s: _swap(s, title="另一份文件"), Fault.UNKNOWN_SOURCE),
    ],
)
def test_each_fault_is_named(spoil: Callable[[GivenStatement], GivenStatement], fault: Fault) -> None:
    assert fault in faults(spoil(limit_statement()))


def faq_statement() -> GivenStatement:
    """A sentence of a FAQ with a 不 in its middle."""
    assert NEWBORN is not None
    for entry in NEWBORN.faq:
        for sentence in entry.answer:
            if "不" in sentence[5:-8] and "不一" not in sentence and sentence.count("。") <= 1:
                citations = tuple(cited(citation) for citation in entry.citations)
                if all(given.verification == "read" for given in citations):
                    return GivenStatement(text=sentence, origin="rule", citations=citations)
    raise AssertionError("no FAQ sentence with a negation")


def test_a_dropped_negation_is_named() -> None:
    right = faq_statement()
    assert faults(right) == set()
    at = right.text.index("不", 5)
    wrong = right.model_copy(update={"text": right.text[:at] + right.text[at + 1 :]})
    assert Fault.NEGATION in faults(wrong)


def test_another_real_clause_is_the_wrong_place() -> None:
    right = faq_statement()
    other = Citation(source="portal_newborn_changsha", locator="approveList/预防接种证办理")
    assert all(given.locator != other.locator for given in right.citations)
    assert faults(right.model_copy(update={"citations": (cited(other),)})) & {Fault.WRONG_PLACE, Fault.NUMBER}


def test_doubt_may_not_be_hidden() -> None:
    right = limit_statement()
    doubtful = right.model_copy(
        update={"citations": tuple(g.model_copy(update={"verification": "inferred"}) for g in right.citations)}
    )
    assert Fault.HIDDEN_DOUBT in faults(doubtful)
    assert Fault.HIDDEN_DOUBT not in faults(doubtful.model_copy(update={"text": doubtful.text + "（未核实）"}))


def test_saying_the_opposite_of_the_list_is_named() -> None:
    assert NEWBORN is not None
    entry = LIBRARY.entry("newborn", "430100")
    assert entry is not None
    example = next(one for one in entry.examples if "not_required" in one.items.values())
    name = next(name for name, status in example.items.items() if status == "not_required")
    material = next(m for m in NEWBORN.materials if m.id == name)
    rule = next(r for r in material.rules if r.status == "not_required")
    wrong = GivenStatement(
        text=f"{material.name}：要交。", origin="rule", citations=(cited(rule.citation),), requirement=material.id
    )
    assert Fault.STATUS in {complaint.fault for complaint in JUDGE.complaints(the_answer(wrong, **example.facts))}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("六个月内", {"6"}),
        ("6个月", {"6"}),
        ("2025年5月", {"2025", "5"}),
        ("10.0个工作日", {"10"}),
        ("十五年", {"15"}),
        ("一百二十天", {"120"}),
        ("０７３１-88665266", {"0731-88665266"}),
        ("一件事", set()),
        ("1,200元", {"1200"}),
        ("二〇二五年", {"2025"}),
        ("一般流程", set()),
        ("上午9：00-12：00", {"9", "0", "12"}),
    ],
)
def test_numbers_are_read_alike_however_they_are_written(text: str, found: set[str]) -> None:
    assert numbers(text) == found
