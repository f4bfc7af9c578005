"""The stories the product must be able to tell, from one question to the whole answer, with the real library."""

from __future__ import annotations

import pytest

from assistant.model import Answered, Asking, Declined, Origin, Part, Said, Statement
from assistant.steps.route import MATTER
from guides.model import RouteKind, Status
from guides.situation import DateRange
from tests.assistant.desk import ON, Talk, the_library

NEWBORN = "我家宝宝上周在长沙出生，我是湖北户口，她爸是长沙户口，需要带什么？"
EVERY = [guide.slug for guide in the_library().guides]
FIRST = ("newborn", "retirement", "open-restaurant")
REFUSALS = ("不能落户", "不能上户口", "不符合条件", "审核通过", "保证受理", "包过", "最多跑一次", "不用带身份证")


def told(answer: Said, part: Part | None = None) -> str:
    return "\n".join(s.text for s in answer.statements if part is None or s.part is part)


def of(answer: Said, requirement: str) -> Statement:
    return next(s for s in answer.statements if s.requirement == requirement)


def understood(answer: Said) -> dict[str, object]:
    return {one.fact: one.value for one in answer.understood if not one.assumed}


def test_the_newborn_question_is_understood_as_it_was_said(talk: Talk) -> None:
    answer = talk.ask(NEWBORN)
    facts = understood(answer)
    assert facts["birth_place"] == "hunan"
    assert facts["mother_hukou"] == "other_province"
    assert facts["father_hukou"] == "hunan"
    assert isinstance(facts["birth_date"], DateRange)
    assert (facts["birth_date"].earliest.isoformat(), facts["birth_date"].latest.isoformat()) == (
        "2026-11-09",
        "2026-11-15",
    )
    words = {one.fact: one.words for one in answer.understood}
    assert all(words[fact] in NEWBORN for fact in facts)
    assert "household_side" not in facts
    assert "marriage" not in facts


def test_the_newborn_question_is_answered_with_what_need_not_be_handed_in(talk: Talk) -> None:
    answer = talk.ask(NEWBORN)
    assert isinstance(answer, Asking)
    assert "人脸认证" in of(answer, "parents_id").text
    assert "照片" in of(answer, "parents_id").text
    assert "联办里" in of(answer, "birth_certificate").text
    assert "不用您先办好再带来" in of(answer, "birth_certificate").text
    assert "户口簿" in of(answer, "household_booklet").text
    conflict = next(s for s in answer.statements if s.part is Part.CONFLICT)
    assert "两处说法不一，以窗口为准" in conflict.text
    assert {c.locator for c in conflict.citations} >= {
        "guideCondition/2",
        "questionInfo/省外户籍或身份证是否能进行办理？",
    }


def test_the_newborn_question_asks_only_what_can_still_change_the_list(talk: Talk) -> None:
    answer = talk.ask(NEWBORN)
    assert isinstance(answer, Asking)
    assert answer.checklist is not None
    assert answer.ask.fact in answer.checklist.open_facts
    assert answer.ask.fact not in understood(answer)
    assert answer.ask.choices[-1].label == "不清楚"
    assert answer.ask.why


def test_every_sentence_has_a_registered_source(talk: Talk) -> None:
    for statement in talk.ask(NEWBORN).statements:
        assert statement.citations
        assert all(citation.source in talk.library.sources for citation in statement.citations)
        assert statement.origin is Origin.RULE


def test_answering_the_questions_leads_to_a_whole_list(talk: Talk) -> None:
    replies = {
        "household_side": "随爸爸",
        "hukou_kind": "家庭户",
        "marriage": "领了",
        "has_certificate": "是",
        "applicant": "妈妈",
        "claims_maternity": "不报销",
        "multiple_birth": "单胎",
    }
    answer = talk.ask(NEWBORN, "whole")
    asked: list[str] = []
    while isinstance(answer, Asking):
        fact = answer.ask.fact
        asked.append(fact)
        said = replies.get(fact, "")
        answer = talk.ask(said, "whole") if said else talk.ask("", "whole", facts={fact: "unknown"})
    assert len(asked) == len(set(asked)), "nothing is asked twice"
    assert isinstance(answer, Answered)
    assert answer.checklist is not None
    assert answer.checklist.route.id == "joint"
    items = {item.requirement: item.status for item in answer.checklist.items}
    assert items["birth_record"] is Status.REQUIRED
    assert items["parents_id"] is Status.EXEMPT
    assert items["birth_certificate"] is Status.EXEMPT
    assert items["invoices"] is Status.NOT_REQUIRED
    assert answer.statements[0].part is Part.LEAD
    assert answer.statements[-1].part is Part.NEXT


OTHER_WAYS = {
    "集体户": "孩子上周在长沙医院出生，随我老婆上户口，她是长沙集体户，领了结婚证，要带什么",
    "非婚": "我们没领证，孩子上周在长沙医院出生，随妈妈上户口，妈妈是长沙家庭户，爸爸也是长沙户口，要带什么",
    "超过六个月": "孩子已经八个月了，长沙的医院生的，随妈妈上户口，妈妈长沙家庭户，爸爸长沙户口，已婚，要带什么",
}


@pytest.mark.parametrize("name", OTHER_WAYS)
def test_outside_the_joint_route_each_service_has_its_own_list_and_place(talk: Talk, name: str) -> None:
    answer = talk.ask(OTHER_WAYS[name])
    assert answer.checklist is not None
    route = answer.checklist.route
    assert route.kind is RouteKind.SINGLE_SERVICES
    assert "分开办" in told(answer, Part.LEAD)
    assert answer.checklist.services
    for service in answer.checklist.services:
        assert any(s.text.startswith(service.name) and service.place in s.text for s in answer.statements), service.name
    assert "要带" in told(answer)
    assert "派出所" in told(answer)
    assert not any(word in told(answer) for word in REFUSALS)
    assert told(answer, Part.NEXT)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("集体户能办吗，给孩子上户口", "落户地派出所"),
        ("没领证孩子能上户口吗", "能上"),
        ("孩子一岁了还没上户口", "户口照样能上"),
    ],
)
def test_never_a_refusal(talk: Talk, question: str, says: str) -> None:
    answer = talk.ask(question)
    assert says in told(answer)
    assert not any(word in told(answer) for word in REFUSALS)


def test_retirement_month_is_computed_with_its_steps(talk: Talk) -> None:
    answer = talk.ask("我75年3月的女工人啥时候能退")
    assert isinstance(answer, Answered)
    first, *steps = [s for s in answer.statements if s.part is Part.CALCULATION]
    assert "2025年5月" in first.text
    assert "测算" in first.text
    assert "以核定为准" in first.text
    assert "1975年3月出生" in steps[0].text
    assert "延迟2个月" in steps[1].text
    assert all(s.citations for s in (first, *steps))


def test_a_computed_month_asks_for_what_it_lacks(talk: Talk) -> None:
    answer = talk.ask("什么时候能退休", "when")
    assert isinstance(answer, Asking)
    assert answer.ask.fact == "birth_month"
    answer = talk.ask("75年3月", "when")
    assert isinstance(answer, Asking)
    assert answer.ask.fact == "worker_kind"
    answer = talk.ask("女工人", "when")
    assert isinstance(answer, Answered)
    assert "2025年5月" in told(answer)


def test_a_small_restaurant_and_fire_safety(talk: Talk) -> None:
    answer = talk.ask("二十平的小店也要消防吗")
    assert isinstance(answer, Answered)
    assert answer.matter is not None
    assert answer.matter.slug == "open-restaurant"
    assert "没有写面积下限" in told(answer)
    assert "以窗口为准" in told(answer)
    assert any(c.source == "fire_law" or "fire" in c.source for s in answer.statements for c in s.citations)


@pytest.mark.parametrize("slug", EVERY)
def test_what_a_guide_says_people_ask_is_answered_by_that_guide(talk: Talk, slug: str) -> None:
    guide = talk.library.find(slug, "430100")
    assert guide is not None
    missed, lost = [], []
    for entry in guide.faq:
        ask = entry.asks[0]
        if not talk.ask(ask, matter=slug).statements:
            missed.append(ask)
        answer = talk.ask(ask)
        offered = [choice.value for choice in answer.ask.choices] if isinstance(answer, Asking) else []
        if slug not in (answer.matter.slug if answer.matter else "", *offered):
            lost.append(ask)
    assert missed == []
    assert lost == []


def test_no_guide_asks_for_a_fact_by_the_name_of_the_question_which_matter_is_meant(talk: Talk) -> None:
    assert [g.slug for g in talk.library.guides if any(q.fact == MATTER for q in g.questions)] == []


def test_another_city_never_gets_this_citys_list(talk: Talk) -> None:
    for question in ("在武汉给孩子上户口要带什么", "株洲新生儿落户要哪些材料", "在广州开面馆要办哪些证"):
        answer = talk.ask(question)
        assert isinstance(answer, Declined), question
        assert answer.reason.value == "other_region"
        assert answer.checklist is None
        assert "12345" in [contact.number for contact in answer.contacts]


def test_a_region_without_a_guide_gets_no_list_of_another(talk: Talk) -> None:
    answer = talk.ask("给孩子上户口要带什么", region="420100")
    assert answer.checklist is None
    assert not answer.statements


def test_an_expired_guide_is_not_applied(talk: Talk) -> None:
    answer = talk.ask("退休要准备什么材料", on=ON.replace(year=2020))
    assert isinstance(answer, Declined)
    assert answer.reason.value == "expired_guide"


def test_unverified_is_said_so(talk: Talk) -> None:
    answer = talk.ask(OTHER_WAYS["集体户"])
    weak = [s for s in answer.statements if not s.verified]
    assert weak
    assert all(s.text.endswith("（未核实）。") for s in weak)
    assert not any("未核实" in s.text for s in answer.statements if s.verified)


def test_the_same_question_gives_the_same_answer(talk: Talk) -> None:
    first, second = talk.ask(NEWBORN), talk.ask(NEWBORN)
    assert first.statements == second.statements
    assert first.checklist == second.checklist
    assert first.understood == second.understood


@pytest.mark.parametrize("slug", EVERY)
def test_every_named_situation_is_told_as_the_rules_decide_it(talk: Talk, slug: str) -> None:
    entry = talk.library.entry(slug, "430100")
    assert entry is not None
    assert len(entry.examples) >= (20 if len(entry.guide.services) > 6 or slug in FIRST else 12)
    for example in entry.examples:
        answer = talk.ask("要带什么", matter=slug, facts=dict(example.facts), on=example.on)
        assert answer.checklist is not None, example.name
        assert answer.checklist.route.id == example.route, example.name
        assert {item.requirement: item.status for item in answer.checklist.items} == dict(example.items), example.name
        assert answer.statements[0].part is Part.LEAD, example.name
        assert answer.checklist.route.say.rstrip("。") in told(answer, Part.LEAD), example.name
        assert not any(word in told(answer) for word in REFUSALS), example.name
        exempt = {name for name, status in example.items.items() if status is Status.EXEMPT}
        names = {item.requirement: item.name for item in answer.checklist.items}
        assert all(names[one] in told(answer, Part.EXEMPTION) for one in exempt), example.name


UNMARRIED = "我们没领证，宝宝上周在长沙出生，随我长沙家庭户"


def test_what_leads_off_the_joint_route_is_said_before_anything_is_asked(talk: Talk) -> None:
    answer = talk.ask(UNMARRIED)
    assert isinstance(answer, Asking)
    assert "没有领结婚证" in answer.statements[0].text
    assert "目前不走新生儿出生“一件事”联办" in answer.statements[0].text
    assert "照样有办法办" in answer.statements[0].text


def test_who_follows_me_is_read_again_once_it_is_known_who_i_am(talk: Talk) -> None:
    talk.ask(UNMARRIED, "who-am-i")
    answer = talk.ask("", "who-am-i", facts={"household_side": "mother"})
    facts = understood(answer)
    assert facts["mother_hukou"] == "hunan"
    assert "father_hukou" not in facts


def test_where_somebody_lives_is_not_where_they_want_to_get_it_done(talk: Talk) -> None:
    assert isinstance(talk.ask("我妈跟我住深圳，医保在长沙，看病报销要什么"), Asking)
    assert isinstance(talk.ask("我要在深圳给宝宝上户口"), Declined)


def test_of_several_joint_routes_none_is_said_to_be_closed_while_another_is_open(talk: Talk) -> None:
    answer = talk.ask("二手房过户要带什么，我和老婆一起买的")
    assert isinstance(answer, Asking)
    assert "目前不走" not in told(answer)
