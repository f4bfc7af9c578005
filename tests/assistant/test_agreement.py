"""A model's sentence stands only where it says what its statement says: what is changed is left over somewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.agreement import agrees

LIMIT = "出生登记（报户口）：承诺10个工作日内办好。"
FREE = "办这件事不收费；选邮寄的，邮寄费用自理。"
BRING = "要交的：结婚证、身份证、户口簿。"
FALLBACK = "结婚证核验不到时：请拍照上传。"
EXEMPT = "身份证不用交，户口簿要带原件。"
DUTY = "父母应当在一个月内到派出所申报；可以委托他人。"

SAME = (
    ("出生登记（报户口）承诺在十个工作日内办完。", LIMIT),
    ("您好，出生登记（报户口）：承诺10个工作日之内办结。", LIMIT),
    ("办理这件事免费；选邮寄的，邮寄费用自理。", FREE),
    ("您好，要交的：结婚证、身份证以及户口簿。", BRING),
    ("您需要提交结婚证、身份证和户口簿。", BRING),
    ("如果结婚证核验不到，就请您拍照上传。", FALLBACK),
    ("身份证无需提交，户口簿需要带上原件。", EXEMPT),
    ("父母应该在1个月以内前往派出所申报；能够委托他人。", DUTY),
)
OTHER = (
    ("出生登记（报户口）：承诺3个工作日内办好。", LIMIT),
    ("出生登记（报户口）：承诺10天内办好。", LIMIT),
    ("出生登记（报户口）：10个工作日内办好。", LIMIT),
    ("出生登记（报户口）：大概承诺10个工作日内办好。", LIMIT),
    ("办这件事收费；选邮寄的，邮寄费用自理。", FREE),
    ("办这件事不收费。", FREE),
    ("办这件事不收费；邮寄费用自理。", FREE),
    ("办这件事不收费；选邮寄的，邮寄费用自理，另收工本费10元。", FREE),
    ("要交的：结婚证、身份证。", BRING),
    ("要交的：结婚证、身份证、户口簿、居住证。", BRING),
    ("要交的：结婚证、身份证或户口簿。", BRING),
    ("最好交结婚证、身份证、户口簿。", BRING),
    ("要交的：结婚证、身份证、户口簿？", BRING),
    ("结婚证：请拍照上传。", FALLBACK),
    ("结婚证核验得到时：请拍照上传。", FALLBACK),
    ("身份证要交，户口簿不用带原件。", EXEMPT),
    ("身份证不用交户口簿，要带原件。", EXEMPT),
    ("户口簿不用交，身份证要带原件。", EXEMPT),
    ("父母可以在一个月内到派出所申报；应当委托他人。", DUTY),
    ("父母应当在一个月内到街道办申报；可以委托他人。", DUTY),
    ("父母应当在一个月内到派出所申报；不可以委托他人。", DUTY),
    ("父母应当在一个月内到派出所申报；可以委托他人，咨询电话0731-8888 8888。", DUTY),
    ("爸爸应当在一个月内到派出所申报；可以委托他人。", DUTY),
    ("", DUTY),
    ("您好。", DUTY),
)


@pytest.mark.parametrize(("said", "statement"), SAME)
def test_the_same_in_other_words_stands(said: str, statement: str) -> None:
    assert agrees(said, [statement])


@pytest.mark.parametrize(("said", "statement"), OTHER)
def test_another_sense_does_not_stand(said: str, statement: str) -> None:
    assert not agrees(said, [statement])


def test_two_who_act_on_each_other_cannot_change_places() -> None:
    assert not agrees("医院通知派出所。", ["派出所通知医院。"])
    assert not agrees("爸爸签授权书，妈妈签承诺书。", ["妈妈签授权书，爸爸签承诺书。"])


def test_several_statements_have_to_be_said_all() -> None:
    assert agrees("办这件事免费；选邮寄的，邮寄费用自理。需要交结婚证、身份证和户口簿。", [FREE, BRING])
    assert not agrees("需要交结婚证、身份证和户口簿。", [FREE, BRING])


WORD = st.sampled_from("结婚证 承诺书 派出所 医院 30元 15天 不 必须 可以 除外 才 至少 12345".split())


@given(WORD, st.integers(0, 30), st.sampled_from((LIMIT, BRING, EXEMPT, DUTY)))
def test_no_word_that_says_something_can_be_put_in(word: str, at: int, statement: str) -> None:
    at = min(at, len(statement) - 1)
    changed = statement[:at] + word + statement[at:]
    assert not agrees(changed, [statement])


@given(st.integers(0, 40), st.integers(2, 6), st.sampled_from((LIMIT, BRING, EXEMPT, DUTY)))
def test_no_piece_can_be_left_out(at: int, length: int, statement: str) -> None:
    cut = statement[:at] + statement[at + length :]
    gone = statement[at : at + length].strip("，。；、：的请（）")
    if len(gone) >= 2 and gone not in ("这件", "件事"):
        assert not agrees(cut, [statement])
