"""No personal number survives the first step, however it is written."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.masking import is_identity_number, mask

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@st.composite
def identity_numbers(draw: st.DrawFn) -> str:
    region = draw(st.sampled_from(["430102", "110101", "420106", "820000", "510104"]))
    born = draw(st.dates(date(1930, 1, 1), date(2026, 11, 22))).strftime("%Y%m%d")
    body = region + born + f"{draw(st.integers(0, 999)):03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


WORDS = st.text("我家宝宝的身份证号是，。 户口在长沙abcX1-\n", max_size=12)


@given(identity_numbers(), WORDS, WORDS, st.sampled_from(["", " ", "-", "　", "\u200b"]), st.booleans())
def test_no_identity_number_survives(number: str, before: str, after: str, gap: str, wide: bool) -> None:
    written = gap.join([number[:6], number[6:14], number[14:]])
    if wide:
        written = "".join(chr(ord(char) + 0xFEE0) if char.isalnum() and ord(char) < 128 else char for char in written)
    masked = mask(f"{before}{written}{after}")
    bare = re.sub(r"[^0-9X]", "", masked.text)
    assert number[6:17] not in bare
    assert masked.kinds


@given(st.integers(10**14, 10**15 - 1))
def test_no_old_identity_number_survives(number: int) -> None:
    assert str(number) not in mask(f"老身份证{number}").text


@given(st.integers(3, 9), st.integers(10**8, 10**9 - 1), st.sampled_from(["", " ", "-"]))
def test_no_mobile_number_survives(second: int, rest: int, gap: str) -> None:
    digits = f"1{second}{rest}"
    written = gap.join([digits[:3], digits[3:7], digits[7:]])
    masked = mask(f"我电话{written}，麻烦了")
    assert digits not in re.sub(r"\D", "", masked.text)
    assert masked.kinds == ("手机号",)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("我的身份证43010219900307001X办了吗", "我的身份证〔号码〕办了吗"),
        ("身份证 11010519491231002X", "身份证 〔身份证号〕"),
        ("卡号6222 0212 3456 7890 129", "卡号〔号码〕"),
        ("卡号 4111 1111 1111 1111", "卡号 〔银行卡号〕"),
        ("打我+86 138-1234-5678", "打我〔手机号〕"),
        ("一三八一二三四五六七八", "〔号码〕"),
        ("发我zhang.san@example.com", "发我〔邮箱〕"),
        ("护照E12345678丢了", "护照〔证件号〕丢了"),
        ("湘A12345的车", "〔车牌号〕的车"),
        ("我叫张小明，要办退休", "我叫〔姓名〕，要办退休"),
        ("名字还没想好能先办吗", "名字还没想好能先办吗"),
    ],
)
def test_what_is_covered(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "孩子2026-11-09 2026-11-15之间出生",
        "我75年3月的女工人啥时候能退",
        "湘卫发〔2025〕8号",
        "打12345还是0731-88665110",
        "20平的小店，12个座位，月租3500元",
        "我叫不到号怎么办",
    ],
)
def test_what_stays_as_it_is(text: str) -> None:
    assert mask(text).text == text


def test_check_character() -> None:
    assert is_identity_number("11010519491231002X")
    assert not is_identity_number("110105194912310021")
