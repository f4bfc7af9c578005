"""What the checks say of one family's papers: each fault alone, named on its line, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from guides.model import DocumentNeed, Status
from guides.situation import Fact, Origin
from prereview.model import Check, Outcome, Readiness
from prereview.pipeline import judge
from prereview.values import check_character
from tests.prereview import papers
from tests.prereview.cases import FACTS, ON, changed, good_files, judged, library, of, only, the_list, unread
from tests.prereview.pages import file, read

OTHER_ID = "99010219900101"


def number(stem: str) -> str:
    return stem + check_character(stem)


STRANGER, STRANGER_ID = "何敏雅", number("99010219900101002")


# --- nothing wrong ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("heap", [False, True])
def test_good_papers_are_fine_with_and_without_the_right_button(heap: bool) -> None:
    report = judged(good_files(), heap=heap)
    assert {one.outcome for one in report.findings} == {Outcome.FINE}
    assert len(report.findings) > 25
    assert report.undecided == ()


def test_the_order_of_uploading_does_not_matter() -> None:
    files = list(good_files().values())
    backwards = judged(files[::-1], heap=True)
    assert {(one.requirement, one.check, one.outcome) for one in backwards.findings} == {
        (one.requirement, one.check, one.outcome) for one in judged(files, heap=True).findings
    }


def test_every_finding_on_a_line_has_a_clause_and_a_place() -> None:
    report = judged({**good_files(), "letter": unread("x.pdf", certain=False)})
    for one in report.findings:
        if one.requirement:
            assert one.citations
        assert one.expected
        assert one.found
        if one.box:
            assert one.page
            assert one.file


def test_a_line_without_papers_that_is_exempt_is_not_missed() -> None:
    online = {**FACTS, "channel": "online"}
    files = {name: one for name, one in good_files().items() if name in ("marriage", "record", "letter")}
    report = judged(files, online)
    lines = {one.requirement for one in report.findings}
    assert "parents_id" not in lines
    assert "household_booklet" not in lines
    assert of(report, "informed_notice", Check.PRESENT)[0].outcome is Outcome.NOT_PROVIDED


def test_an_exempt_paper_handed_in_all_the_same_is_still_looked_at() -> None:
    online = {**FACTS, "channel": "online"}
    report = judged(changed("mother_back", papers.id_back("2005.01.01-2015.01.01")), online)
    assert of(report, "parents_id", Check.IN_DATE)[0].outcome is Outcome.FIX
    assert not of(report, "parents_id", Check.NOT_NEEDED)


# --- one fault at a time ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("gone", ["marriage", "record", "letter"])
def test_a_missing_paper_is_missed(gone: str) -> None:
    files = good_files()
    requirement = files.pop(gone).requirement
    finding = only(judged(files), requirement, Check.PRESENT, Outcome.NOT_PROVIDED)
    assert "12345" in finding.remedy


def test_a_page_nobody_can_read_may_be_the_missing_one() -> None:
    files = good_files()
    del files["marriage"]
    files["blur"] = file("模糊.jpg", read([(100, 100, "看不清")]))
    report = judged(files)
    assert of(report, "marriage_certificate", Check.PRESENT)[0].outcome is Outcome.UNSURE
    assert of(report, "", Check.RIGHT_DOCUMENT)[0].outcome is Outcome.UNSURE
    assert report.readiness is Readiness.ASK_A_PERSON


@pytest.mark.parametrize("heap", [False, True])
def test_a_divorce_certificate_is_no_marriage_certificate(heap: bool) -> None:
    report = judged(changed("marriage", papers.marriage("离婚证")), heap=heap)
    finding = only(report, "marriage_certificate", Check.RIGHT_DOCUMENT, Outcome.FIX)
    assert "离婚证" in finding.found
    assert not of(report, "marriage_certificate", Check.PRESENT)


def test_a_residence_permit_is_no_identity_card() -> None:
    files = changed("mother_front", papers.residence_permit())
    del files["mother_back"]
    finding = only(judged(files), "parents_id", Check.RIGHT_DOCUMENT, Outcome.FIX)
    assert "居住证" in finding.found
    assert "妈妈" in finding.title


def test_one_parents_card_is_missed() -> None:
    files = good_files()
    del files["father_both"]
    assert "爸爸" in only(judged(files), "parents_id", Check.PRESENT, Outcome.NOT_PROVIDED).expected


def test_a_missing_side_is_missed_and_named() -> None:
    files = good_files()
    del files["mother_back"]
    finding = only(judged(files), "parents_id", Check.COMPLETE_SIDES, Outcome.FIX)
    assert "国徽面" in finding.found
    assert "妈妈" in finding.title


@pytest.mark.parametrize(("gone", "word"), [("head", "首页"), ("member", "本人页")])
def test_a_missing_page_of_the_booklet_is_missed(gone: str, word: str) -> None:
    files = good_files()
    del files[gone]
    assert word in only(judged(files), "household_booklet", Check.COMPLETE_SIDES, Outcome.FIX).found


@pytest.mark.parametrize(
    ("period", "confidence", "outcome"),
    [
        ("2006.11.21-2026.11.21", 0.99, Outcome.FIX),
        ("2006.11.21-2026.11.21", 0.9, Outcome.UNSURE),
        ("2006.11.22-2026.11.22", 0.99, Outcome.FINE),
        ("2006.11.22-长期", 0.99, Outcome.FINE),
        ("2026.12.01-2046.12.01", 0.99, Outcome.UNSURE),
    ],
)
def test_a_card_is_judged_on_the_planned_day(period: str, confidence: float, outcome: Outcome) -> None:
    report = judged(changed("mother_back", papers.id_back(period), weak={period: confidence}))
    found = [one for one in of(report, "parents_id", Check.IN_DATE) if one.file == "妈妈反面.jpg"]
    assert [one.outcome for one in found] == [outcome]


def test_a_card_that_runs_out_before_the_planned_day_is_expired_on_it() -> None:
    files = changed("mother_back", papers.id_back("2006.12.01-2026.12.01"))
    assert {one.outcome for one in of(judged(files), "parents_id", Check.IN_DATE)} == {Outcome.FINE}
    later = judged(files, on=date(2026, 12, 2))
    assert Outcome.FIX in {one.outcome for one in of(later, "parents_id", Check.IN_DATE)}


@pytest.mark.parametrize(("confidence", "outcome"), [(0.99, Outcome.FIX), (0.9, Outcome.UNSURE)])
def test_a_wrong_check_character_is_a_suspected_slip(confidence: float, outcome: Outcome) -> None:
    wrong = papers.MOTHER_ID[:17] + "0"
    files = changed("mother_front", papers.id_front(number=wrong), weak={wrong: confidence})
    alone = judged([files["mother_front"], files["mother_back"]])
    finding = of(alone, "parents_id", Check.ID_CHECKSUM)[0]
    assert finding.outcome is outcome
    assert "无效" not in finding.remedy


def test_a_wrong_check_character_may_be_misread_where_another_paper_has_it_right() -> None:
    wrong = papers.MOTHER_ID[:17] + "0"
    report = judged(changed("mother_front", papers.id_front(number=wrong)))
    assert of(report, "parents_id", Check.ID_CHECKSUM)[0].outcome is Outcome.UNSURE


@pytest.mark.parametrize(("confidence", "outcome"), [(0.99, Outcome.FIX), (0.9, Outcome.UNSURE)])
def test_another_name_on_the_certificate_is_named(confidence: float, outcome: Outcome) -> None:
    words = papers.marriage(wife=STRANGER)
    report = judged(changed("marriage", words, weak={STRANGER: confidence}))
    finding = only(report, "marriage_certificate", Check.NAMES_CONSISTENT, outcome)
    assert STRANGER in finding.found
    assert papers.MOTHER in finding.expected


def test_another_valid_number_on_the_certificate_is_named() -> None:
    report = judged(changed("marriage", papers.marriage(husband_id=number(papers.FATHER_ID[:14] + "331"))))
    finding = only(report, "marriage_certificate", Check.NUMBERS_CONSISTENT, Outcome.FIX)
    assert finding.box is not None


def test_another_mother_on_the_record_is_named() -> None:
    report = judged(changed("record", papers.birth_record(mother=STRANGER, mother_id=STRANGER_ID)))
    amiss = {(one.requirement, one.check, one.outcome) for one in report.findings if one.outcome is not Outcome.FINE}
    assert ("birth_record", Check.NAMES_CONSISTENT, Outcome.FIX) in amiss
    assert {line for line, _, _ in amiss} == {"birth_record"}


@pytest.mark.parametrize(
    ("name", "other_number", "whose"),
    [(STRANGER, STRANGER_ID, STRANGER), (papers.MOTHER, papers.MOTHER_ID, "妈妈")],
)
def test_the_page_of_somebody_else_is_named(name: str, other_number: str, whose: str) -> None:
    report = judged(changed("member", papers.household_member(name, other_number)))
    finding = only(report, "household_booklet", Check.SAME_PERSON, Outcome.FIX)
    assert whose in finding.found
    assert "爸爸" in finding.expected


def test_a_letter_about_another_child_is_named() -> None:
    report = judged(changed("letter", papers.authorization(child="蔡明轩")))
    assert "蔡明轩" in only(report, "authorization_letter", Check.NAMES_CONSISTENT, Outcome.FIX).found


@pytest.mark.parametrize(("ink", "outcome"), [(0.0, Outcome.FIX), (0.02, Outcome.UNSURE), (None, Outcome.UNSURE)])
def test_an_empty_place_to_sign_is_seen(ink: float | None, outcome: Outcome) -> None:
    report = judged(changed("letter", papers.authorization(signature=""), ink=ink))
    finding = only(report, "authorization_letter", Check.SIGNED, outcome)
    assert finding.box is not None
    assert "委托人" in finding.expected


def test_ink_without_letters_is_a_signature() -> None:
    report = judged(changed("letter", papers.authorization(signature=""), ink=0.06))
    assert of(report, "authorization_letter", Check.SIGNED)[0].outcome is Outcome.FINE


@pytest.mark.parametrize(("ink", "outcome"), [(0.0, Outcome.FIX), (0.05, Outcome.UNSURE)])
@pytest.mark.parametrize("field", ["child", "born", "mother"])
def test_an_unfilled_record_is_seen(field: str, ink: float, outcome: Outcome) -> None:
    report = judged(changed("record", papers.birth_record(**{field: ""}), ink=ink))
    assert of(report, "birth_record", Check.FILLED)[0].outcome is outcome


def test_a_collective_household_is_asked_about() -> None:
    report = judged(changed("head", papers.household_head("集体户")))
    finding = only(report, "household_booklet", Check.FACT_CONFLICT, Outcome.FACT_CONFLICT)
    assert finding.contradiction is not None
    assert (finding.contradiction.fact, finding.contradiction.read) == ("hukou_kind", "collective")
    assert "以哪个为准" in finding.remedy
    assert report.readiness is Readiness.ASK_A_PERSON


@pytest.mark.parametrize(
    ("stated", "outcome"),
    [
        ("2026-08-08", Outcome.FINE),
        ("2026-08", Outcome.FINE),
        ("2026-08-01/2026-08-10", Outcome.FINE),
        ("2026-08-07", Outcome.FACT_CONFLICT),
        ("2026-07", Outcome.FACT_CONFLICT),
    ],
)
def test_a_stated_birth_date_is_compared_as_far_as_it_was_stated(stated: str, outcome: Outcome) -> None:
    report = judged(good_files(), {**FACTS, "birth_date": stated})
    assert [one.outcome for one in of(report, "birth_record", Check.FACT_CONFLICT)] == [outcome]


def test_what_was_only_assumed_is_never_a_contradiction() -> None:
    own_list, situation = the_list()
    guide = library().find("newborn", "430100")
    assert guide is not None
    assumed = situation.with_fact("hukou_kind", Fact("collective", Origin.ASSUMED))
    report = judge(list(good_files().values()), own_list, assumed, ON, questions=guide.questions)
    assert not [one for one in report.findings if one.outcome is Outcome.FACT_CONFLICT]


def test_what_is_not_needed_is_said_kindly() -> None:
    files = {**good_files(), "more": file("护照.jpg", read(_passport()))}
    finding = only(judged(files), "", Check.NOT_NEEDED, Outcome.NOT_NEEDED)
    assert "收好" in finding.remedy
    assert judged(files).readiness is not Readiness.FIX_FIRST


def _passport() -> list[tuple[float, float, str]]:
    return [
        (100, 80, "护照 PASSPORT"), (800, 80, "护照号/Passport No."), (1250, 80, "E99063610"),
        (500, 200, "姓名/Name"), (900, 200, "孙霞婷"), (500, 400, "出生地点"),
        (500, 500, "签发日期"), (500, 600, "有效期至"),
        (900, 600, "2032.04.12"),
    ]  # fmt: skip


def test_a_letter_nobody_asked_for_is_kindly_left_at_home() -> None:
    report = judged(good_files(), {**FACTS, "applicant": "mother"})
    finding = only(report, "authorization_letter", Check.NOT_NEEDED, Outcome.NOT_NEEDED)
    assert "不用交" in finding.remedy


def test_the_same_picture_twice_is_one_too_many() -> None:
    files = good_files()
    files["again"] = replace(files["marriage"], name="结婚证2.jpg")
    finding = only(judged(files), "marriage_certificate", Check.DUPLICATE, Outcome.NOT_NEEDED)
    assert "结婚证.jpg" in finding.found


@pytest.mark.parametrize(("signed", "outcome"), [("2026年11月23日", Outcome.FIX), ("2026年11月22日", Outcome.FINE)])
def test_nothing_is_signed_after_the_planned_day(signed: str, outcome: Outcome) -> None:
    report = judged(changed("letter", papers.authorization(signed=signed)))
    assert [one.outcome for one in of(report, "authorization_letter", Check.DATES_IN_ORDER)] == [outcome]


def test_birth_before_marriage_is_nobodys_business() -> None:
    words = [(x, y, "2026年9月9日" if text == "2024年7月6日" else text) for x, y, text in papers.marriage()]
    assert {one.outcome for one in judged(changed("marriage", words)).findings} == {Outcome.FINE}


def test_one_of_several_documents_is_enough_where_one_may_be_chosen() -> None:
    own_list, situation = the_list()
    both = (DocumentNeed(kind="marriage_certificate"), DocumentNeed(kind="passport"))
    items = tuple(
        replace(item, status=Status.CHOOSE_ONE, documents=both) if item.requirement == "marriage_certificate" else item
        for item in own_list.items
    )
    files = good_files()
    assert {
        one.outcome for one in judge([*files.values()], replace(own_list, items=items), situation, ON).findings
    } == {Outcome.FINE}
    del files["marriage"]
    report = judge([*files.values()], replace(own_list, items=items), situation, ON)
    (missing,) = [one for one in report.findings if one.outcome is not Outcome.FINE]
    assert (missing.check, missing.outcome) == (Check.PRESENT, Outcome.NOT_PROVIDED)
    assert "任选一样" in missing.remedy


def test_a_paper_without_a_profile_goes_to_a_person() -> None:
    own_list, situation = the_list()
    items = tuple(
        replace(item, documents=(DocumentNeed(kind="hologram"),)) if item.requirement == "birth_record" else item
        for item in own_list.items
    )
    report = judge([*good_files().values()], replace(own_list, items=items), situation, ON)
    outcomes = {one.check: one.outcome for one in report.of("birth_record")}
    assert outcomes[Check.RIGHT_DOCUMENT] is Outcome.UNSURE
    assert report.readiness is Readiness.ASK_A_PERSON
