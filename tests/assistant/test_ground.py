"""Nothing unsupported is ever said: a sentence with a wrong figure, date, name or source does not pass."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.evidence import beyond, dates, figures
from assistant.model import Answer, Answered, Declined, Draft, Inquiry, Origin, Part, Statement
from assistant.steps.ground import ground
from assistant.wording import load_wording
from guides.model import Citation
from tests.assistant.desk import AT, ON, Talk

PORTAL = "portal_newborn_changsha"
LIMIT = Citation(source=PORTAL, locator="basicInfo/completedLimit")
FEE = Citation(source=PORTAL, locator="basicInfo/isCharge")
PHONE = Citation(source=PORTAL, locator="basicInfo/zxdh")
ARTICLE = Citation(source="household_registration", locator="第七条")


@pytest.fixture(scope="module")
def walk_end(talk: Talk) -> Callable[[Statement], Answer]:
    step = ground(talk.texts, talk.library, load_wording())
    guide = talk.library.find("newborn", "430100")

    def end(statement: Statement) -> Answer:
        draft = Draft(Inquiry("问", "ground", ON, AT), "问", guide=guide, region="430100", statements=(statement,))
        answer = step(draft)
        assert not isinstance(answer, Draft)
        return answer

    return end


TRUE = (
    ("整件事承诺5个工作日。", LIMIT),
    ("办这件事不收费。", FEE),
    ("咨询电话：0731-88665266。", PHONE),
    ("宝宝出生后一个月以内，到落户地派出所申报出生登记。", ARTICLE),
)


@pytest.mark.parametrize(("text", "citation"), TRUE)
def test_what_the_source_says_is_said(walk_end: Callable[[Statement], Answer], text: str, citation: Citation) -> None:
    answer = walk_end(Statement(text, (citation,)))
    assert isinstance(answer, Answered)
    assert [s.text for s in answer.statements] == [text]


FALSE = (
    ("整件事承诺3个工作日。", LIMIT),
    ("整件事承诺5个工作日，加急20元。", LIMIT),
    ("办这件事收费50元。", FEE),
    ("咨询电话：0731-88665299。", PHONE),
    ("宝宝出生后三个月以内申报出生登记。", ARTICLE),
    ("2027年1月1日以后不再办理。", ARTICLE),
    ("依据《新生儿加急办法》。", ARTICLE),
    ("整件事承诺十五个工作日。", LIMIT),
)


@pytest.mark.parametrize(("text", "citation"), FALSE)
def test_what_the_source_does_not_say_is_not_said(
    walk_end: Callable[[Statement], Answer], text: str, citation: Citation
) -> None:
    answer = walk_end(Statement(text, (citation,)))
    assert text not in [s.text for s in answer.statements]
    assert all(s.origin is Origin.QUOTE for s in answer.statements)


@pytest.mark.parametrize(
    "citation",
    [
        Citation(source="no_such_source", locator="第一条"),
        Citation(source="household_registration", locator="第九百条"),
        Citation(source=PORTAL, locator="materialList/没有这份材料"),
    ],
)
def test_a_source_or_clause_that_does_not_exist_supports_nothing(
    walk_end: Callable[[Statement], Answer], citation: Citation
) -> None:
    answer = walk_end(Statement("办这件事不收费。", (citation,)))
    assert isinstance(answer, Declined)
    assert answer.statements == ()


def test_a_false_citation_is_taken_off_a_true_sentence(walk_end: Callable[[Statement], Answer]) -> None:
    wrong = Citation(source=PORTAL, locator="materialList/没有这份材料")
    answer = walk_end(Statement("整件事承诺5个工作日。", (LIMIT, wrong)))
    assert [s.citations for s in answer.statements] == [(LIMIT,)]


@pytest.mark.parametrize("word", ["审核通过", "保证受理", "包过", "最多跑一次", "您不符合条件", "不用带身份证"])
def test_promises_nobody_may_make_are_not_said(walk_end: Callable[[Statement], Answer], word: str) -> None:
    assert walk_end(Statement(f"放心，{word}。", (FEE,))).statements == ()


def test_a_computed_figure_must_be_the_engines(talk: Talk) -> None:
    answer = talk.ask("我75年3月的女工人啥时候能退")
    assert answer.checklist is not None
    guide = talk.library.find("retirement", "430100")
    first = next(s for s in answer.statements if s.part is Part.CALCULATION)
    lie = replace(first, text=first.text.replace("2025年5月", "2024年5月"))
    step = ground(talk.texts, talk.library, load_wording())
    draft = Draft(
        Inquiry("问", "ground", ON, AT), "问", guide=guide, checklist=answer.checklist, statements=(first, lie)
    )
    checked = step(draft)
    assert not isinstance(checked, Draft)
    assert first.text in [s.text for s in checked.statements]
    assert lie.text not in [s.text for s in checked.statements]


def test_an_unsupported_sentence_cannot_be_built() -> None:
    with pytest.raises(ValueError, match="citation"):
        Statement("没有依据的话。", ())


def test_figures_and_dates_of_a_text() -> None:
    assert figures("六个月内，5个工作日，0731-88665266") == {
        (6.0, "month"),
        (5.0, "working_day"),
        (731.0, ""),
        (88665266.0, ""),
    }
    assert dates("2025年5月，2025年6月1日") == {(2025, 5, 0), (2025, 6, 1)}
    assert not beyond("六个月内", ["6个月内"])
    assert beyond("依据《甲》", ["依据《乙》"])
    assert beyond("收5元", ["5个工作日"])
    assert beyond("5天办好", ["5个工作日办好"])


def test_every_step_of_every_guide_is_told_by_its_number(talk: Talk) -> None:
    numbered = load_wording().answer.step
    for guide in talk.library.guides:
        end = ground(talk.texts, talk.library, load_wording())
        for number, one in enumerate(guide.steps, 1):
            said = Statement(numbered.format(n=number, text=one.text), (one.citation,), Origin.RULE, Part.DETAIL)
            draft = Draft(Inquiry("问", "step", ON, AT), "问", guide=guide, region="430100", statements=(said,))
            answer = end(draft)
            assert isinstance(answer, Answered), (guide.slug, number)
            assert answer.statements == (said,)


def test_no_sentence_of_the_guides_own_answers_is_lost(talk: Talk) -> None:
    lost = []
    for guide in talk.library.guides:
        for entry in guide.faq:
            answer = talk.ask(entry.asks[0], matter=guide.slug, region=guide.region)
            if any(statement.part is Part.CALCULATION for statement in answer.statements):
                continue
            said = [statement.text.removesuffix("（未核实）。") for statement in answer.statements]
            lost += [text for text in entry.answer if not any(text.rstrip("。") in one for one in said)]
    assert lost == []
