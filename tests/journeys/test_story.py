"""The story end to end in a browser: asked in one's own words, few questions, the list, photographs, faults."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESKTOP, PHONE, Axe, Opened, Site
from tests.journeys.papers_in_hand import photographs

ASKED = "我家宝宝上周在长沙出生，我是湖北户口，她爸是长沙户口，需要带什么？"
SITUATION = {
    "household_side": "father",
    "hukou_kind": "family",
    "marriage": "married",
    "same_ethnicity": "true",
    "applicant": "mother",
    "claims_maternity": "false",
    "multiple_birth": "false",
}
READING = 180_000
"""Milliseconds a bundle may take to be read on a busy machine."""


def ask(page: Page, words: str = ASKED) -> None:
    page.goto("/")
    page.get_by_label("您想办什么事").fill(words)
    page.get_by_role("button", name="问一问", exact=True).click()
    page.wait_for_url(re.compile("/chat"))


def answer_everything(page: Page, most: int = 20) -> list[str]:
    """Answer one question per page until nothing is left; give the facts that were asked."""
    asked: list[str] = []
    page.goto("/q")
    while "/q" in page.url:
        fact = page.locator("input[name=fact]").get_attribute("value") or ""
        assert fact not in asked, "a question was asked twice"
        asked.append(fact)
        assert len(asked) < most
        page.locator(f"input[name=value][value='{SITUATION[fact]}']").check()
        page.get_by_role("button", name="继续").click()
    return asked


def agree_to_all(page: Page) -> None:
    page.goto("/papers")
    for box in page.locator("input[name=agree]").all():
        box.check()
    page.get_by_role("button", name="同意所选，开始上传").click()
    page.wait_for_url("**/papers")


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_from_the_question_to_the_fault(walk: Opened, site: Site, axe: Axe, tmp_path: Path, viewport: tuple[int, int]):
    page = walk(viewport=viewport)
    ask(page)
    expect(page.locator(".you")).to_have_text(re.compile("湖北户口"))
    expect(page.locator(".understood").first).to_contain_text("妈妈户口：外省")
    expect(page.get_by_text("两处说法不一").first).to_be_visible()
    expect(page.get_by_text("按规则生成").first).to_be_visible()
    assert axe.violations(page) == []

    asked = answer_everything(page)
    assert "household_side" in asked
    assert "mother_hukou" not in asked, "what was said is not asked again"
    page.wait_for_url("**/list")
    expect(page.locator("[data-requirement=birth_record]")).to_have_attribute("data-status", "required")
    expect(page.locator("[data-requirement=parents_id]")).to_contain_text("人脸")
    expect(page.locator("[data-requirement=birth_certificate]")).to_contain_text("不用")
    for row in page.locator(".block [data-requirement]").all():
        expect(row.locator("a.cite").first).to_be_visible()
    assert axe.violations(page) == []

    agree_to_all(page)
    assert axe.violations(page) == []
    for photograph in photographs(tmp_path, site.house.today):
        tile = page.locator(f"#t-{photograph.requirement}")
        tile.locator("input[type=file]").set_input_files(photograph.file)
        expect(page.locator(f"#t-{photograph.requirement}")).to_contain_text(photograph.file.name)
    expect(page.locator("[data-progress]")).to_have_count(0, timeout=READING)

    fault = page.locator("[data-requirement=parents_id][data-check=in_date][data-outcome=fix]")
    expect(fault).to_contain_text("过期")
    expect(fault.locator("svg rect")).to_have_count(1)
    expect(fault).to_contain_text("怎么改")
    expect(fault.locator("a.cite").first).to_be_visible()
    expect(page.locator(".lead-line")).to_contain_text("先改好")
    picture = fault.locator("svg image").get_attribute("href") or ""
    assert page.request.get(picture).headers["content-type"] == "image/jpeg"
    assert axe.violations(page) == []

    page.get_by_role("button", name="马上全部删除").click()
    page.wait_for_url("**/list")
    expect(page.get_by_text("已经删除")).to_be_visible()
    assert page.request.get(picture).status == 404


def test_refusing_consent_leaves_chat_and_list_usable(walk: Opened):
    page = walk(expected=("422",))
    ask(page)
    page.goto("/papers")
    page.get_by_role("button", name="同意所选，开始上传").click()
    expect(page.get_by_role("alert")).to_contain_text("没有勾选")
    page.get_by_role("link", name="都不同意，回到清单").click()
    expect(page.locator("[data-requirement=birth_record]")).to_be_visible()
    page.goto("/chat")
    page.get_by_label("接着问，或者补充情况").fill("要多少钱")
    page.get_by_role("button", name="发送").click()
    expect(page.locator(".turn")).to_have_count(2)


def test_a_document_that_says_otherwise_is_asked_about_and_the_list_made_anew(walk: Opened, site: Site, tmp_path: Path):
    from evals.specimens import papers as drawn
    from evals.specimens.draw import picture
    from tests.journeys.papers_in_hand import the_family

    page = walk()
    ask(page)
    answer_everything(page)
    before = page.locator(".headline").inner_text()
    agree_to_all(page)
    home = drawn.collective(the_family(site.house.today))
    booklet = tmp_path / "户口簿.jpg"
    booklet.write_bytes(picture(drawn.household_head(home, 3), "scan").data)
    page.locator("#t-household_booklet input[type=file]").set_input_files(booklet)
    conflict = page.locator("[data-outcome=fact_conflict]")
    expect(conflict.first).to_contain_text("集体户", timeout=READING)
    conflict.first.get_by_role("button", name="按材料上写的改").click()
    page.goto("/list")
    expect(page.locator(".route .lead")).to_contain_text("不走联办")
    expect(page.locator(".route .lead")).to_contain_text("照样可以上户口")
    expect(page.locator("body")).not_to_contain_text("不能落户")
    assert page.locator(".headline").inner_text() != before


def test_every_answer_opens_beside_its_sources_with_the_words_highlighted(walk: Opened, axe: Axe):
    page = walk(viewport=DESKTOP)
    ask(page)
    page.get_by_role("link", name="这条回答的依据").first.click()
    expect(page.locator(".pair").first).to_be_visible()
    expect(page.locator(".pair mark").first).to_contain_text("六个月")
    expect(page.get_by_text("没有变化").first).to_be_visible()
    assert axe.violations(page) == []


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_citation_opens_its_source_beside_the_answer(walk: Opened, axe: Axe, viewport: tuple[int, int]):
    page = walk(viewport=viewport)
    ask(page)
    chip = page.locator("a.cite").first
    chip.click()
    sheet = page.get_by_role("dialog")
    expect(sheet.locator("mark")).to_contain_text("六个月")
    expect(sheet).to_contain_text("办理条件第 1 条")
    assert axe.violations(page) == []
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(chip).to_be_focused()


def test_a_personal_number_never_reaches_the_page_or_the_disk(walk: Opened, site: Site):
    page = walk()
    number = "990101199003070019"
    ask(page, f"我身份证{number}，宝宝上周在长沙出生，要带什么")
    expect(page.locator(".you")).not_to_contain_text(number)
    assert number not in page.content()
    assert number not in page.url
    for file in site.home.rglob("*"):
        assert not file.is_file() or number.encode() not in file.read_bytes(), file
