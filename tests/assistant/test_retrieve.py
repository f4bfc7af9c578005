"""What no field and no known question answers is looked up; what is written nowhere is not answered."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.model import Answered, Declined, Origin
from guides.model import Citation
from ingestion.adapters.lexical_index import LexicalIndex
from ingestion.model import Passage
from tests.assistant.desk import NoTexts, Talk, sit_down, the_library


def test_a_piece_of_the_guide_is_said_with_its_clauses(talk: Talk) -> None:
    answer = talk.ask("孩子报户口能不能附加前置条件")
    assert isinstance(answer, Answered)
    assert "不得附加" in answer.statements[0].text
    assert answer.statements[0].citations[0].source == "hukou_96_2015"


@pytest.mark.parametrize("question", ["给孩子上户口，派出所不受理能行政复议吗", "退休后能不能返聘算工伤"])
def test_what_is_written_nowhere_is_not_answered(talk: Talk, question: str) -> None:
    answer = talk.ask(question)
    assert isinstance(answer, Declined)
    assert answer.reason.value == "not_found"
    assert answer.statements == ()
    assert answer.matter is not None
    guide = talk.library.find(answer.matter.slug, "430100")
    assert guide is not None
    numbers = [contact.number for contact in answer.contacts]
    assert numbers[0] == guide.phones[0].number
    assert "12345" in numbers


def law(
    text: str, *, title: str = "中华人民共和国户口登记条例", edition: str = "1958-01-09", region: str = ""
) -> Passage:
    return Passage(
        f"{title}-{edition}-{region}", f"law:{title}@{edition}", title, "第十七条", text, region=region, kind="law"
    )


@pytest.fixture
def with_law(tmp_path: Path) -> Talk:
    talk = sit_down(tmp_path / "index", NoTexts(), the_library())
    index = LexicalIndex(tmp_path / "index")
    text = "户口登记的内容需要变更或者更正的时候，由户主或者本人向户口登记机关申报，机关审查属实后予以变更或者更正。"
    index.replace("law:中华人民共和国户口登记条例@1958-01-09", (law(text),))
    index.replace(
        "law:某地户口规定@2000-01-01", (law(f"{text}每次交二十元。", title="某地户口规定", edition="2000-01-01"),)
    )
    return talk


def test_a_cited_law_is_quoted_at_its_clause(with_law: Talk) -> None:
    answer = with_law.ask("孩子上户口登记的内容需要变更更正，由谁申报")
    assert isinstance(answer, Answered)
    assert [s.origin for s in answer.statements] == [Origin.QUOTE]
    assert "由户主或者本人向户口登记机关申报" in answer.statements[0].text
    assert answer.statements[0].citations == (Citation(source="household_registration", locator="第十七条"),)


def test_a_text_no_guide_cites_is_not_quoted(with_law: Talk) -> None:
    answer = with_law.ask("孩子上户口登记的内容需要变更更正，每次交二十元，由谁申报")
    assert "二十元" not in " ".join(s.text for s in answer.statements)
