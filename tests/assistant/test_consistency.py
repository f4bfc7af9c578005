"""The same thing asked in other words gives the same list; so does saying it in another order or over several turns."""

from __future__ import annotations

import pytest

from assistant.model import Answer, Asking
from tests.assistant.desk import Talk

GROUPS = {
    "newborn": (
        "我家宝宝上周在长沙出生，我是湖北户口，她爸是长沙户口，需要带什么？",
        "她爸是长沙户口，我是湖北户口，宝宝上周在长沙出生，要带啥",
        "我老公长沙户口，我湖北户口，娃上周在长沙生的，给娃上户口要准备哪些材料",
        "宝宝上周长沙出生，上户口带什么？妈妈户口湖北的，爸爸户口长沙的",
        "上周在长沙生了宝宝，要带哪些证件，我的户口在湖北，孩子他爸户口在长沙",
    ),
    "retirement": (
        "我75年3月的女工人啥时候能退",
        "女工人，1975年3月出生，什么时候可以退休",
        "我是一九七五年三月生的女工人，哪年能退休",
        "1975.3的女工，几时退休",
    ),
}


def shape(answer: Answer) -> object:
    assert answer.checklist is not None
    items = tuple((item.requirement, item.status) for item in answer.checklist.items)
    facts = sorted((one.fact, str(one.value)) for one in answer.understood)
    return facts, answer.checklist.route.candidates, items, [d.text for d in answer.checklist.derived]


@pytest.mark.parametrize("name", GROUPS)
def test_other_words_same_list(talk: Talk, name: str) -> None:
    shapes = {question: shape(talk.ask(question)) for question in GROUPS[name]}
    first = shapes[GROUPS[name][0]]
    assert {question for question, found in shapes.items() if found != first} == set()


def test_one_breath_or_many_turns(talk: Talk) -> None:
    whole = talk.ask("宝宝上周在长沙的医院出生，随爸爸上户口，爸爸长沙家庭户，妈妈湖北户口，已婚，要带什么")
    talk.ask("宝宝上周在长沙的医院出生，上户口要带什么", "turns")
    talk.ask("妈妈湖北户口，爸爸长沙户口", "turns")
    talk.ask("随爸爸上户口", "turns")
    talk.ask("家庭户", "turns")
    last = talk.ask("", "turns", facts={"marriage": "married"})
    assert shape(last) == shape(whole)


def test_words_and_buttons_agree(talk: Talk) -> None:
    by_words = talk.ask("孩子上户口要带什么，不用报销，双胞胎")
    by_button = talk.ask("孩子上户口要带什么", facts={"claims_maternity": False, "multiple_birth": "是"})
    assert shape(by_words) == shape(by_button)


def test_a_later_word_corrects_an_earlier_one(talk: Talk) -> None:
    talk.ask("宝宝上周在长沙出生，妈妈湖北户口，要带什么", "mend")
    answer = talk.ask("不对，妈妈是长沙户口", "mend")
    values = {one.fact: one.value for one in answer.understood}
    assert values["mother_hukou"] == "hunan"
    assert values["birth_place"] == "hunan"


def test_words_that_were_unclear_are_read_again_when_more_is_known(talk: Talk) -> None:
    first = talk.ask("孩子上周在长沙医院出生，我媳妇是长沙集体户，要带什么", "again")
    assert "hukou_kind" not in {one.fact for one in first.understood}
    later = talk.ask("", "again", facts={"household_side": "mother"})
    assert {one.fact: one.value for one in later.understood}["hukou_kind"] == "collective"


def test_another_matter_and_back(talk: Talk) -> None:
    talk.ask("宝宝上周在长沙出生，要带什么", "back")
    away = talk.ask("那退休呢，我75年3月的女工人啥时候能退", "back")
    assert away.matter is not None
    assert away.matter.slug == "retirement"
    assert "birth_place" not in {one.fact for one in away.understood}
    back = talk.ask("孩子上户口要带什么", "back")
    assert back.matter is not None
    assert back.matter.slug == "newborn"
    assert {one.fact for one in back.understood} >= {"birth_place", "birth_date"}


@pytest.mark.parametrize("other", ["交通违章在哪里处理", "护照去哪里办", "狗证怎么办理"])
def test_a_matter_without_a_guide_is_not_answered_from_the_one_before(talk: Talk, other: str) -> None:
    talk.ask("宝宝上周在长沙出生，要带什么", f"other {other}")
    answer = talk.ask(other, f"other {other}")
    assert answer.statements == ()
    assert answer.checklist is None


@pytest.mark.parametrize("follow", ["要多久", "那要钱吗", "换成集体户呢", "如果没领证呢", "电话多少", "还要带什么"])
def test_a_follow_up_stays_with_the_matter(talk: Talk, follow: str) -> None:
    talk.ask("宝宝上周在长沙出生，妈妈湖北户口，要带什么", f"follow {follow}")
    answer = talk.ask(follow, f"follow {follow}")
    assert answer.matter is not None
    assert answer.matter.slug == "newborn"
    assert answer.statements
    assert "mother_hukou" in {one.fact for one in answer.understood}


def test_a_reply_that_was_not_understood_is_said_so_and_asked_again(talk: Talk) -> None:
    first = talk.ask("宝宝上周在长沙出生，妈妈湖北户口，爸爸长沙户口，要带什么", "unread")
    again = talk.ask("看情况吧", "unread")
    assert isinstance(first, Asking)
    assert isinstance(again, Asking)
    assert again.ask.fact == first.ask.fact
    assert any("没读出答案" in notice for notice in again.notices)
    understood = talk.ask("随爸爸", "unread")
    assert not understood.notices


def test_the_joint_steps_are_not_told_on_another_route(talk: Talk) -> None:
    answer = talk.ask("孩子随我老婆上户口，她是长沙集体户，孩子上周长沙医院生的，怎么办理，流程是什么")
    said = "\n".join(s.text for s in answer.statements)
    assert "在线签名" not in said
    assert "派出所" in said


def test_an_unclear_matter_is_asked_and_the_words_are_kept(talk: Talk) -> None:
    first = talk.ask("我们是集体户口，想问一下", "open")
    assert isinstance(first, Asking)
    assert first.ask.fact == "matter"
    then = talk.ask("", "open", matter="newborn")
    assert then.matter is not None
    assert {one.fact for one in then.understood} >= {"hukou_kind"}
