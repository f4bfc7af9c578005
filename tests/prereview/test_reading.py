"""Values, fuzzy words, upright rows, recognition and fields, on pages written down as words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prereview import fuzzy
from prereview.layout import make_box
from prereview.model import Certainty, RecognisedPage
from prereview.profile_model import FieldSpec, FieldType
from prereview.values import (
    as_day,
    birth_in,
    check_character,
    id_number_fits,
    plain,
    read_dates,
    read_value,
    sex_in,
)
from tests.prereview import papers
from tests.prereview.pages import document, fields, page, read, upright

DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


def spec(kind: FieldType, *choices: str) -> FieldSpec:
    return FieldSpec(name="x", anywhere=True, type=kind, choices=choices)


def value(kind: FieldType, text: str, *choices: str) -> str | None:
    found = read_value(spec(kind, *choices), plain(text))
    return found.value if found else None


# --- values -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (FieldType.DATE, "2026年8月8日 16:31", "2026-08-08"),
        (FieldType.DATE, "1992 年 5 月 7 日", "1992-05-07"),
        (FieldType.DATE, "20260808", "2026-08-08"),
        (FieldType.DATE, "二〇二六年十一月二十一日", "2026-11-21"),
        (FieldType.DATE, "2026年13月8日", None),
        (FieldType.PERIOD, "2016.05.06-2036.05.06", "2016-05-06/2036-05-06"),
        (FieldType.PERIOD, "2016.05.06－长期", "2016-05-06/长期"),
        (FieldType.PERIOD, "2016.05.06", None),
        (FieldType.ID_NUMBER, "990101 19920507 726x", "99010119920507726X"),
        (FieldType.ID_NUMBER, "9901011992050772", None),
        (FieldType.NAME, "孙霞婷（签名）", "孙霞婷"),
        (FieldType.NAME, "阿依古丽·买买提", "阿依古丽·买买提"),
        (FieldType.NAME, "蔡明性别男", "蔡明"),
        (FieldType.NAME, "12", None),
        (FieldType.SEX, "女", "女"),
        (FieldType.SEX, "男女", None),
        (FieldType.ETHNICITY, "：土家族", "土家"),
        (FieldType.MONEY, "¥ 2,750.00 元", "2750.00"),
        (FieldType.CARD, "6999 9929 3780 0562 779", "6999992937800562779"),
        (FieldType.PHONE, "电话199-6331", None),
        (FieldType.TEXT, "：样例县公安局。", "样例县公安局"),
        (FieldType.TEXT, " ：", None),
    ],
)
def test_values_have_one_normal_form(kind: FieldType, text: str, expected: str | None) -> None:
    assert value(kind, text) == expected


def test_a_choice_is_the_one_that_stands_first_and_longest() -> None:
    assert value(FieldType.CHOICE, "非农业集体户口", "家庭户", "集体户", "集体") == "集体户"


@given(day=DAYS, form=st.sampled_from(["{0}年{1}月{2}日", "{0}-{1:02}-{2:02}", "{0}.{1}.{2}", "{0}/{1}/{2}"]))
def test_every_printed_date_is_read_back(day: date, form: str) -> None:
    printed = form.format(day.year, day.month, day.day)
    assert [found for found, _, _ in read_dates(printed)] == [day]
    assert as_day(day.isoformat()) == day


@given(st.text(max_size=60))
def test_no_words_break_a_reader(text: str) -> None:
    words = plain(text)
    for kind in FieldType:
        found = read_value(spec(kind, *(("甲",) if kind is FieldType.CHOICE else ())), words)
        if found is not None:
            assert 0 <= found.start < found.end <= len(words)
            assert found.value


@given(birth=DAYS, order=st.integers(0, 999), prefix=st.integers(100000, 999999), wrong=st.integers(0, 9))
def test_the_check_character_tells_every_single_wrong_digit(birth: date, order: int, prefix: int, wrong: int) -> None:
    body = f"{prefix}{birth:%Y%m%d}{order:03d}"
    number = body + check_character(body)
    assert id_number_fits(number)
    assert birth_in(number) == birth
    assert sex_in(number) == ("男" if order % 2 else "女")
    for place in range(17):
        if str(wrong) != number[place]:
            assert not id_number_fits(number[:place] + str(wrong) + number[place + 1 :])


def test_a_number_is_never_judged_by_its_region() -> None:
    body = "000000" + "19900101" + "001"
    assert id_number_fits(body + check_character(body))
    assert not id_number_fits("99010119920230001X")


# --- words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "text", "expected"),
    [
        ("公民身份号码", "公民身份号玛", True),
        ("公民身份号码", "990公民身份号玛990", True),
        ("公民身份号码", "公民身扮号玛990", False),
        ("结婚证", "结婚登", False),
        ("结婚证号", "结婚证", False),
        ("出生医学证明", "出生医学记录", False),
        ("居民身份证", "居住证", False),
    ],
)
def test_misread_words_are_found_and_others_are_not(word: str, text: str, expected: bool) -> None:
    assert fuzzy.found(word, text) is expected


@given(a=st.text("甲乙丙", max_size=6), b=st.text("甲乙丙", max_size=6))
def test_distance_is_a_distance(a: str, b: str) -> None:
    assert fuzzy.distance(a, b) == fuzzy.distance(b, a)
    assert (fuzzy.distance(a, b) == 0) == (a == b)
    assert fuzzy.distance(a, b) <= max(len(a), len(b))


# --- recognition and fields -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "kind", "side"),
    [
        (papers.id_front(), "id_card", "front"),
        (papers.id_back(), "id_card", "back"),
        (papers.household_head(), "household_booklet", "head"),
        (papers.household_member(), "household_booklet", "member"),
        (papers.marriage(), "marriage_certificate", "inside"),
        (papers.marriage("离婚证"), "divorce_certificate", "inside"),
        (papers.birth_record(), "birth_record", "form"),
        (papers.authorization(), "authorization_letter", "letter"),
        (papers.residence_permit(), "residence_permit", "front"),
    ],
)
@pytest.mark.parametrize(("turn", "tilt"), [(0, 0.0), (90, 3.0), (180, -4.0), (270, 2.0)])
def test_documents_are_recognised_however_they_lie(words, kind: str, side: str, turn: int, tilt: float) -> None:
    found = document(words, turn=turn, tilt=tilt)
    assert (found.kind, found.side, found.certainty, found.turn) == (kind, side, Certainty.SURE, turn)


def test_a_residence_permit_is_never_an_identity_card_even_without_its_title() -> None:
    found = document([word for word in papers.residence_permit() if word[2] != "居住证"])
    assert (found.kind, found.certainty) != ("id_card", Certainty.SURE)


def test_too_few_words_are_nobodys() -> None:
    for words in ([(100, 100, "姓名")], [(100, 100, "今天天气很好"), (100, 300, "我们去爬山")]):
        assert document(words).certainty is Certainty.UNKNOWN
    assert read([]).documents == ()


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_both_sides_on_one_picture_are_two_documents(turn: int) -> None:
    both = [*papers.id_front(), *papers.id_back(top=1000)]
    found = read(both, size=(1600, 2000), turn=turn).documents
    assert [(one.kind, one.side) for one in found] == [("id_card", "front"), ("id_card", "back")]
    front, back = found
    assert fields(front)["id_number"] == papers.MOTHER_ID
    assert fields(back)["validity"] == "2022-04-13/2042-04-13"
    assert not _overlap(front, back)


def test_two_cards_side_by_side_are_two_documents() -> None:
    father = papers.id_front(papers.FATHER, papers.FATHER_ID, "男")
    both = [*papers.id_front(), *[(x + 1200, y, text) for x, y, text in father]]
    found = read(both, size=(2400, 1000)).documents
    assert [fields(one)["id_number"] for one in found] == [papers.MOTHER_ID, papers.FATHER_ID]


def _overlap(a: RecognisedPage, b: RecognisedPage) -> bool:
    return min(a.box.x1, b.box.x1) > max(a.box.x0, b.box.x0) and min(a.box.y1, b.box.y1) > max(a.box.y0, b.box.y0)


def test_merged_labels_and_wrapped_values_are_taken_apart() -> None:
    found = fields(document(papers.id_front()))
    assert found["sex"] == "女"
    assert found["ethnicity"] == "汉"
    assert found["address"] == "样例省样例市示范区演示大道245号"


@pytest.mark.parametrize(("at", "name", "read"), [(165, "名", ""), (220, "名", "名")])
def test_a_label_s_last_character_seen_by_two_boxes_is_no_part_of_a_name(at: int, name: str, read: str) -> None:
    words = [(x, y, text) for x, y, text in papers.id_front() if text != papers.MOTHER]
    found = fields(document([*words, (at, 100, name + papers.MOTHER)]))
    assert found["name"] == read + papers.MOTHER


def test_a_letter_whose_matter_was_not_read_lacks_it() -> None:
    words = [(x, y, text) for x, y, text in papers.authorization() if "办理" not in text]
    assert "matter" in fields(document(papers.authorization()))
    assert "matter" not in fields(document(words))


def test_a_value_in_a_taller_cell_belongs_to_its_label() -> None:
    assert fields(document(papers.household_head()))["address"] == "样例省样例市示范区152号"


@pytest.mark.parametrize("swapped", [False, True])
def test_husband_and_wife_are_told_apart_by_where_their_block_stands(swapped: bool) -> None:
    words = list(papers.marriage())
    if swapped:
        words.reverse()
    found = fields(document(words))
    assert (found["husband_name"], found["husband_id_number"]) == (papers.FATHER, papers.FATHER_ID)
    assert (found["wife_name"], found["wife_id_number"]) == (papers.MOTHER, papers.MOTHER_ID)


def test_husband_and_wife_side_by_side() -> None:
    words = [word for word in papers.marriage() if word[0] < 900]
    for x, name, sex, number in (
        (700, papers.MOTHER, "女", papers.MOTHER_ID),
        (1200, papers.FATHER, "男", papers.FATHER_ID),
    ):
        words += [(x, 200, f"姓名{name}"), (x, 280, f"性别{sex}"), (x, 440, "身份证件号"), (x, 500, number)]
    found = fields(document(words, size=(1900, 1000)))
    assert (found["husband_name"], found["husband_id_number"]) == (papers.FATHER, papers.FATHER_ID)
    assert (found["wife_name"], found["wife_id_number"]) == (papers.MOTHER, papers.MOTHER_ID)


def test_each_parent_keeps_their_number_on_the_record() -> None:
    found = fields(document(papers.birth_record()))
    assert found["child_name"] == papers.CHILD
    assert found["birth_date"] == "2026-08-08"
    assert (found["mother_name"], found["mother_id_number"]) == (papers.MOTHER, papers.MOTHER_ID)
    assert (found["father_name"], found["father_id_number"]) == (papers.FATHER, papers.FATHER_ID)


def test_running_text_gives_its_values() -> None:
    found = fields(document(papers.authorization()))
    assert found["child_name"] == papers.CHILD
    assert found["until"] == "2027-03-19"
    assert (found["principal_name"], found["agent_id_number"]) == (papers.MOTHER, papers.FATHER_ID)


@pytest.mark.parametrize("titles", [("授权方", "代办人"), ("托付的人", "代为办理的人"), ("甲方", "受托人")])
def test_parties_under_unheard_of_names_come_giver_first(titles: tuple[str, str]) -> None:
    giver, taker = titles
    words = [(x, y, text.replace("受托人（父亲）", taker)) for x, y, text in papers.authorization()]
    words = [(x, y, text.replace("委托人：", f"{giver}：")) for x, y, text in words]
    found = fields(document(words))
    assert (found["principal_name"], found["principal_id_number"]) == (papers.MOTHER, papers.MOTHER_ID)
    assert (found["agent_name"], found["agent_id_number"]) == (papers.FATHER, papers.FATHER_ID)


@pytest.mark.parametrize(
    "words", [("母亲名字", "父亲名字"), ("产妇姓名", "配偶姓名"), ("孩子母亲姓名", "生父姓名"), ("母亲", "父亲")]
)
def test_parents_are_found_however_the_form_words_them(words: tuple[str, str]) -> None:
    placed = [
        (x, y, {"母亲姓名": words[0], "父亲姓名": words[1], "母亲身份证号码": "身份证件编号"}.get(text, text))
        for x, y, text in papers.birth_record()
    ]
    found = fields(document(placed))
    assert (found["mother_name"], found["mother_id_number"]) == (papers.MOTHER, papers.MOTHER_ID)
    assert (found["father_name"], found["father_id_number"]) == (papers.FATHER, papers.FATHER_ID)


def test_the_one_date_under_no_known_label_is_the_birth_date() -> None:
    words = [(x, y, text.replace("出生日期", "降生之日")) for x, y, text in papers.birth_record()]
    assert fields(document(words))["birth_date"] == "2026-08-08"
    two = [*words, (100, 950, "入院"), (400, 950, "2026年8月6日")]
    assert "birth_date" not in fields(document(two))


def test_a_field_carries_the_place_it_was_read_from() -> None:
    made = page(papers.id_front(), turn=90, tilt=2.0)
    line = next(line for line in made.lines if papers.MOTHER_ID in line.text)
    found = document(papers.id_front(), turn=90, tilt=2.0).field("id_number")
    assert found is not None
    assert abs(found.box.x0 - line.box.x0) < 0.02
    assert abs(found.box.y1 - line.box.y1) < 0.02


def test_an_empty_field_is_a_blank_beside_its_label() -> None:
    found = document([word for word in papers.birth_record() if word[2] != papers.CHILD])
    assert "child_name" in found.missing
    (blank,) = [one for one in found.blanks if one.name == "child_name"]
    assert blank.box.x0 > 100 / 1600


def test_words_across_the_page_are_a_watermark() -> None:
    tilted = page([(300, 300, "仅用于办理新生儿落户")], tilt=25.0).lines
    lines = (*page(papers.id_front()).lines, *tilted)
    from prereview.layout import set_upright

    assert all("仅用于" not in word.text for word in set_upright(lines, 1600, 1000).words)


@given(
    turn=st.sampled_from([0, 90, 180, 270]),
    tilt=st.floats(-5, 5),
    size=st.tuples(st.integers(1200, 3000), st.integers(1000, 3000)),
)
def test_rows_stay_rows_however_the_page_lies(turn: int, tilt: float, size: tuple[int, int]) -> None:
    words = [
        (100, 200, "第一行左边的字"),
        (700, 200, "第一行右边的字"),
        (100, 400, "第二行左边的字"),
        (700, 400, "第二行右边的字"),
    ]
    texts = [row.text for row in upright(words, size=size, turn=turn, tilt=tilt).rows]
    assert texts == ["第一行左边的字第一行右边的字", "第二行左边的字第二行右边的字"]


@given(
    st.lists(st.floats(-0.5, 1.5), min_size=1, max_size=6),
    st.lists(st.floats(-0.5, 1.5), min_size=1, max_size=6),
)
def test_boxes_never_leave_the_page(xs: list[float], ys: list[float]) -> None:
    box = make_box(xs, ys)
    assert box is None or (0 <= box.x0 < box.x1 <= 1 and 0 <= box.y0 < box.y1 <= 1)
