"""Facts from the person's own words, with the real guides: what was said is read, what was not is left open."""

from __future__ import annotations

import pytest

from assistant.ports import InquiryInvalid
from guides.situation import plain
from tests.assistant.desk import Talk

NEWBORN = {
    "我媳妇是长沙集体户，我是衡阳的，孩子五个月了，上户口": {"mother_hukou": "hunan", "father_hukou": "hunan"},
    "孩子随我老婆上户口，她是长沙集体户": {"household_side": "mother", "hukou_kind": "collective"},
    "我老婆是长沙的，孩子随她上户口": {"household_side": "mother", "mother_hukou": "hunan"},
    "我和老公都是湖北户口，孩子上户口": {"mother_hukou": "other_province", "father_hukou": "other_province"},
    "宝宝爸爸汉族，妈妈苗族，孩子上户口": {"same_ethnicity": False},
    "没领证孩子能上户口吗": {"marriage": "unmarried"},
    "已领证，孩子上户口": {"marriage": "married"},
    "娃在家里生的，怎么上户口": {"birth_place": "outside_institution"},
    "孩子出生在广东，怎么上户口": {"birth_place": "other_province"},
    "妈妈是美国人，孩子上户口": {"mother_hukou": "outside_mainland"},
    "我不是集体户，是家庭户，孩子上户口": {"hukou_kind": "family"},
    "双胞胎上户口，不用报销，去窗口办": {"multiple_birth": True, "claims_maternity": False, "channel": "window"},
    "爸爸去办行不行，给孩子上户口": {"applicant": "father"},
    "随爸爸姓，孩子上户口": {},
    "爸爸妈妈要不要领证了才能给孩子上户口": {},
    "是不是双胞胎上户口都一样": {},
}
RETIREMENT = {
    "我妈1976年9月的女干部，社保交了22年，退休": {
        "worker_kind": "female_55",
        "birth_month": "1976-09-01/1976-09-30",
        "contribution_years": 22,
    },
    "我是灵活就业，男，1970年5月的，缴费18年半，想办退休": {
        "insured_kind": "flexible",
        "worker_kind": "male",
        "birth_month": "1970-05-01/1970-05-31",
        "contribution_years": 18.5,
    },
    "差两年不够15年咋整，退休": {"contribution_years": 13},
    "档案生日比身份证大一岁，退休按哪个": {"archive_birth_same": False},
}


@pytest.mark.parametrize(("text", "facts"), [*NEWBORN.items(), *RETIREMENT.items()])
def test_what_was_said_is_read(talk: Talk, text: str, facts: dict[str, object]) -> None:
    answer = talk.ask(text, matter="newborn" if text in NEWBORN else "retirement")
    read = {one.fact: plain(one.value) for one in answer.understood if not one.assumed}
    assert facts.items() <= read.items()
    if not facts:
        assert not {"household_side", "marriage", "multiple_birth"} & read.keys()
    for one in answer.understood:
        assert one.words in text


def test_a_speaker_who_may_be_either_parent_is_not_guessed(talk: Talk) -> None:
    answer = talk.ask("我是湖北户口，给孩子上户口要带什么")
    assert not {"mother_hukou", "father_hukou"} & {one.fact for one in answer.understood}


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"no_such_fact": True}, "no_such_fact"),
        ({"marriage": "perhaps"}, "marriage"),
        ({"birth_date": "去年"}, "birth_date"),
        ({"multiple_birth": "maybe"}, "multiple_birth"),
    ],
)
def test_a_fact_that_does_not_exist_is_refused_with_a_remedy(talk: Talk, facts: dict[str, str], field: str) -> None:
    with pytest.raises(InquiryInvalid) as refused:
        talk.ask("", matter="newborn", facts=dict(facts))
    assert refused.value.field == field
    assert any("一" <= char <= "鿿" for char in refused.value.remedy)


def test_a_matter_that_does_not_exist_is_refused_with_the_ones_that_do(talk: Talk) -> None:
    with pytest.raises(InquiryInvalid, match="newborn"):
        talk.ask("要带什么", matter="passport")


def test_facts_of_another_matter_are_left_aside(talk: Talk) -> None:
    answer = talk.ask("", matter="newborn", facts={"worker_kind": "male", "marriage": "married"})
    assert [one.fact for one in answer.understood if not one.assumed] == ["marriage"]


def test_a_chosen_answer_outranks_the_words(talk: Talk) -> None:
    answer = talk.ask("没领证孩子能上户口吗", facts={"marriage": "married"})
    assert {one.fact: one.value for one in answer.understood}["marriage"] == "married"
