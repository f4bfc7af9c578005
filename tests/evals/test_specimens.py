"""The drawing kit keeps its promises: known values where it says, a mark on every page, the same seed the same page."""

from __future__ import annotations

import ast
import json
from datetime import date
from pathlib import Path
from random import Random

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.specimens import damage, fonts, ink, layout, model
from evals.specimens.business import business_licence, credit_code
from evals.specimens.draw import draw, picture
from evals.specimens.money import medical_bill
from evals.specimens.papers import collective, papers
from evals.specimens.people import check_digit, family, id_number
from evals.specimens.sheet import draw_flat
from evals.specimens.wording import capital

ON = date(2026, 11, 22)
SEEDS = st.integers(0, 10**6)
KINDS = layout.kinds()


def every_page(seed: int) -> list[model.Paper]:
    return [page for kind in KINDS for page in papers(kind, family(seed, ON))]


# -- people ------------------------------------------------------------------------------------------------------


@given(SEEDS)
def test_identity_numbers_have_the_right_check_digit_date_and_sex_and_belong_to_nobody(seed: int) -> None:
    home = family(seed, ON)
    for person in (home.father, home.mother, home.household.head):
        number = person.id_number
        assert number.startswith("99")
        assert len(number) == 18
        assert number[17] == check_digit(number[:17])
        assert number[6:14] == f"{person.birth:%Y%m%d}"
        assert (int(number[16]) % 2 == 1) == (person.sex == "男")


def test_check_digit_agrees_with_the_standards_own_example() -> None:
    # the two numbers printed in GB 11643-1999 as examples
    assert check_digit("11010519491231002") == "X"
    assert check_digit("44052418800101001") == "4"
    assert id_number("990101", date(1990, 2, 3), 7, True)[:17] == "99010119900203007"


@given(SEEDS)
def test_a_familys_dates_stand_in_order_on_the_day(seed: int) -> None:
    home = family(seed, ON)
    for person in (home.father, home.mother):
        assert person.birth < person.id_issued <= ON
        assert person.id_expires is None or person.id_expires > ON
        assert home.married.year - person.birth.year >= 22
    assert home.married < home.child.born.date() <= ON
    assert (ON - home.child.born.date()).days < 180
    assert home.household.registered <= ON
    assert home.follows in (home.father, home.mother)


@given(SEEDS)
def test_the_bill_adds_up_and_says_it_in_words(seed: int) -> None:
    bill = medical_bill(family(seed, ON), seed)
    listed = dict(bill.expenses.values)
    assert sum(round(float(listed[f"amount{i}"]) * 100) for i in range(8)) == bill.total
    assert dict(bill.invoice.values)["total"] == f"{bill.total / 100:.2f}"
    assert dict(bill.invoice.values)["total_words"] == capital(bill.total)


@pytest.mark.parametrize(
    ("cents", "words"),
    [
        (0, "零元整"),
        (1234500, "壹万贰仟叁佰肆拾伍元整"),
        (1000500, "壹万零伍元整"),
        (2030, "贰拾元叁角"),
        (100008, "壹仟元零捌分"),
        (756550, "柒仟伍佰陆拾伍元伍角"),
    ],
)
def test_sums_in_capital_numerals(cents: int, words: str) -> None:
    assert capital(cents) == words


def test_credit_codes_follow_their_standard() -> None:
    # the organisation code of the standard's own sample, a published public body
    assert credit_code("91350100M000100Y4") == "91350100M000100Y43"
    assert dict(business_licence(family(1, ON))[0].values)["credit_code"].startswith("92999901")


# -- pages -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", every_page(11), ids=lambda page: page.layout)
def test_every_page_bears_the_mark_and_tells_where_its_values_stand(page: model.Paper) -> None:
    flat = draw_flat(page)
    grey = np.asarray(flat.image.convert("L"), np.int16)
    height, width = grey.shape
    assert flat.marks, "no page without 样本"
    assert all(0 <= v <= 1 for box in flat.marks for v in box)
    values = dict(page.values)
    for one in flat.fields:
        assert one.value == values[one.name]
        assert one.value
        x0, y0, x1, y1 = one.box
        assert 0 <= x0 < x1 <= 1
        assert 0 <= y0 < y1 <= 1
        inside = grey[int(y0 * height) : int(y1 * height) + 1, int(x0 * width) : int(x1 * width) + 1]
        assert inside.max() - inside.min() > 60, f"{one.name}: no ink in its box"


@pytest.mark.parametrize("page", [p for p in every_page(12) if p.values], ids=lambda page: page.layout)
def test_a_value_leaves_no_ink_outside_its_box(page: model.Paper) -> None:
    flows = "".join(p.flow for p in layout.pages(page.kind)[page.page].parts if isinstance(p, layout.Flow))
    flat = draw_flat(page)
    height, width = flat.image.height, flat.image.width
    names = [f.name for f in flat.fields if f"{{{f.name}}}" not in flows]
    name = Random(page.layout).choice(names)  # noqa: S311
    without = draw_flat(page.but(**{name: ""}))
    changed = np.abs(np.asarray(flat.image, np.int16) - np.asarray(without.image, np.int16)).max(axis=2) > 40
    for one in flat.fields:
        if one.name == name:
            x0, y0, x1, y1 = one.box
            changed[int(y0 * height) - 1 : int(y1 * height) + 2, int(x0 * width) - 1 : int(x1 * width) + 2] = False
    assert not changed.any(), name
    assert name not in {f.name for f in without.fields}


@pytest.mark.parametrize("page", every_page(14)[::3], ids=lambda page: page.layout)
def test_the_mark_is_the_last_ink_on_every_page(page: model.Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    flat = draw_flat(page)
    monkeypatch.setattr(ink, "mark", lambda image: ())
    bare = np.asarray(draw_flat(page).image, np.int16)
    height, width = bare.shape[:2]
    added = np.abs(np.asarray(flat.image, np.int16) - bare).max(axis=2)
    for x0, y0, x1, y1 in flat.marks:
        inside = added[int(y0 * height) : int(y1 * height), int(x0 * width) : int(x1 * width)]
        assert (inside > 8).mean() > 0.02


def test_no_drawing_goes_round_the_mark() -> None:
    tree = ast.parse(Path(model.__file__).with_name("sheet.py").read_text("utf-8"))
    drawn = next(n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name == "drawn")
    calls = [n for n in drawn.body if f"attr='{ink.mark.__name__}'" in ast.dump(n)]
    assert len(calls) == 1, "the mark is printed on the straight path, under no condition"
    assert [a.arg for a in drawn.args.args] == ["self"]


def test_nothing_is_drawn_that_looks_official() -> None:
    for file in Path(layout.__file__).with_name("layouts").glob("*.yaml"):
        text = file.read_text("utf-8")
        assert not [word for word in ("国徽", "emblem") if word in text], file.name
    for page in every_page(13):
        for name, value in page.values:
            if name.startswith("seal"):
                assert "样本" in value, f"{page.layout}: {value}"


def test_many_labels_have_more_than_one_wording() -> None:
    varied = 0
    for kind in ("household_booklet", "marriage_certificate", "birth_certificate", "birth_record"):
        text = Path(layout.__file__).with_name("layouts").joinpath(f"{kind}.yaml").read_text("utf-8")
        varied += text.count("|")
    assert varied >= 40


def test_the_collective_household_says_so() -> None:
    page = papers("household_booklet", collective(family(5, ON)))[0]
    assert dict(page.values)["household_kind"] == "集体户"


# -- damage ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", damage.LEVELS)
def test_the_same_seed_gives_the_same_file(level: str) -> None:
    page = papers("marriage_certificate", family(21, ON))[0]
    first, again = picture(page, level), picture(page, level)
    assert first.data == again.data
    assert first.truth == again.truth
    other = picture(papers("marriage_certificate", family(22, ON))[0], level)
    assert other.data != first.data


@pytest.mark.parametrize("level", [name for name in damage.USABLE if name != "clean"])
def test_boxes_travel_with_the_picture(level: str) -> None:
    """Draw the page as flat black boxes, damage it, and find the ink where the truth says it went."""
    fields = tuple(
        model.FieldTruth(f"f{i}", "x", "", (x, y, x + 0.08, y + 0.04))
        for i, (x, y) in enumerate((x / 5, y / 5) for x in range(1, 5) for y in range(1, 5))
    )
    flat = np.full((900, 1300, 3), 255, np.uint8)
    for one in fields:
        x0, y0, x1, y1 = one.box
        flat[int(y0 * 900) : int(y1 * 900), int(x0 * 1300) : int(x1 * 1300)] = 0
    rng = Random(level)  # noqa: S311
    done = damage.apply(flat, fields, (), damage.plan(level, rng), rng)
    grey = cv2.cvtColor(done.picture, cv2.COLOR_RGB2GRAY).astype(np.float32)
    height, width = grey.shape
    for one in done.fields:
        x0, y0, x1, y1 = one.box
        mx, my = int((x0 + x1) / 2 * width), int((y0 + y1) / 2 * height)
        assert one.visible
        assert grey[my, mx] < 90, f"{level}: no ink in the middle of {one.name}"
        outside = grey[min(height - 1, int(y1 * height) + 14), mx]
        assert outside > grey[my, mx] + 40, f"{level}: ink runs out of the box of {one.name}"


@pytest.mark.parametrize("fault", ["glare:wife_id", "finger:wife_id"])
def test_a_field_that_was_wiped_out_is_told_to_be_invisible(fault: str) -> None:
    page = papers("marriage_certificate", family(23, ON))[0]
    truth = picture(page, fault).truth
    assert not truth.field("wife_id").visible
    assert truth.field("holder").visible
    assert truth.readable


def test_what_was_cropped_away_is_told_to_be_invisible() -> None:
    page = papers("marriage_certificate", family(23, ON))[0]
    seen = [f.visible for f in picture(page, "cropped").truth.fields]
    assert any(seen)
    assert not all(seen)


@pytest.mark.parametrize("level", ["blurred", "motion", "dark", "small", "severe"])
def test_unreadable_levels_say_so(level: str) -> None:
    assert not picture(papers("bank_card", family(3, ON))[0], level).truth.readable


def test_unknown_words_name_the_choices() -> None:
    with pytest.raises(model.SpecimenError, match="id_card"):
        papers("identity", family(1, ON))
    with pytest.raises(model.SpecimenError, match="moderate"):
        picture(papers("bank_card", family(1, ON))[0], "awful")
    with pytest.raises(model.SpecimenError, match="没有"):
        picture(papers("bank_card", family(1, ON))[0], "glare:nothing")
    with pytest.raises(model.SpecimenError):
        papers("bank_card", family(1, ON))[0].but(colour="red")


def test_a_machine_without_chinese_fonts_is_told_which_package_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_installed", dict)
    fonts.font.cache_clear()
    try:
        with pytest.raises(model.FontMissing, match="fonts-noto-cjk"):
            fonts.font("hei", 20)
    finally:
        fonts.font.cache_clear()


def test_draw_writes_pictures_and_truth(tmp_path: Path) -> None:
    truths = draw("id_card", 4, "mild", tmp_path, ON)
    told = json.loads((tmp_path / "truth.json").read_text("utf-8"))
    assert [t["file"] for t in told] == [t.file for t in truths]
    for one in told:
        shape = np.asarray(cv2.imdecode(np.frombuffer((tmp_path / one["file"]).read_bytes(), np.uint8), 1)).shape
        assert (one["height"], one["width"]) == shape[:2]
        assert one["damage"] == "mild"
        assert one["transform"]
        assert one["marks"]


# -- house -------------------------------------------------------------------------------------------------------


def test_the_kit_reads_nothing_of_the_pre_review() -> None:
    for file in Path(model.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [n for n in names if n.split(".")[0] in {"prereview", "ingestion", "guides"}], file.name
    for file in Path(model.__file__).parent.rglob("*.*"):
        if file.suffix in {".py", ".yaml"}:
            assert "prereview/documents" not in file.read_text("utf-8"), file.name
