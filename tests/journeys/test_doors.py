"""Every door stays open: without scripts, by keyboard, on the smallest screen, in large print, in the dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESKTOP, Axe, Opened, Site
from tests.journeys.papers_in_hand import photographs
from tests.journeys.test_story import ASKED, READING, SITUATION, answer_everything, ask

FOCUS_SHOWN = """() => {
  const style = getComputedStyle(document.activeElement.closest('.option') ?? document.activeElement);
  return parseFloat(style.outlineWidth) >= 3 && style.outlineStyle !== 'none';
}"""
PRESSED = (
    "main button, main summary, main label.option, main textarea, main select, .chip, .act, .quiet, "
    "main input:not([type=radio], [type=checkbox], [type=hidden], [type=file])"
)
TOO_SMALL = """pressed => [...document.querySelectorAll(pressed)]
  .filter(one => one.checkVisibility() && one.getBoundingClientRect().height < 60)
  .map(one => one.outerHTML.slice(0, 90) + ' ' + one.getBoundingClientRect().height)"""
PAGES = (
    *("/", "/chat", "/q", "/list", "/list/print", "/papers"),
    *("/guides", "/guides/newborn", "/national", "/burden", "/privacy", "/feedback"),
)


def test_the_whole_story_without_scripts(walk: Opened, site: Site, tmp_path: Path):
    page = walk(scripts=False)
    ask(page)
    expect(page.locator(".understood").first).to_contain_text("妈妈户口：外省")
    page.locator("a.cite").first.click()
    expect(page.locator("#c1 mark")).to_contain_text("六个月")
    answer_everything(page)
    expect(page.locator("[data-requirement=birth_record]")).to_be_visible()
    page.goto("/papers")
    for box in page.locator("input[name=agree]").all():
        box.check()
    page.get_by_role("button", name="同意所选，开始上传").click()
    shot = photographs(tmp_path, site.house.today)[-1]
    tile = page.locator(f"#t-{shot.requirement}")
    tile.locator("input[type=file]").set_input_files(shot.file)
    tile.get_by_role("button", name="上传并查看").click()
    expect(page.get_by_role("link", name="刷新看进度")).to_be_visible()
    expect(page.locator("[data-check=in_date][data-outcome=fix]")).to_be_visible(timeout=READING)
    page.goto("/list/print")
    expect(page.locator("h1")).to_contain_text("不是受理凭证或一次性告知书")


def test_the_question_and_the_list_by_keyboard_alone(walk: Opened):
    page = walk(viewport=DESKTOP)
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    focus(page, "textarea[name=question]")
    page.keyboard.type(ASKED)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/chat"))
    focus(page, "a.cite")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    focus(page, "input[type=radio]")
    page.keyboard.press("ArrowDown")
    focus(page, ".question button.act")
    page.keyboard.press("Enter")
    expect(page.locator(".turn")).to_have_count(2)


def focus(page: Page, selector: str, most: int = 60) -> None:
    """Press Tab until an element has the focus; it must be reachable, and it must show that it has it."""
    for _ in range(most):
        if page.evaluate("selector => document.activeElement?.matches(selector)", selector):
            assert page.evaluate(FOCUS_SHOWN), "the focus cannot be seen"
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached with the keyboard")


@pytest.mark.parametrize("elder", [False, True], ids=["standard", "elder"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_no_page_shuts_anybody_out(walk: Opened, axe: Axe, elder: bool, dark: bool):
    page = walk(elder=elder, dark=dark)
    ask(page)
    for path in PAGES:
        page.goto(path)
        assert axe.violations(page) == [], path
        expect(page.get_by_text("非政府网站").first).to_be_visible()
        assert "12345" in page.content()
        assert not re.search(r"\bAI\b|人工智能|大模型", page.locator("body").inner_text()), path


def test_nothing_is_cut_off_on_the_smallest_screen(walk: Opened):
    page = walk(viewport=(320, 640))
    for words in (ASKED, "我66年6月的，男，企业职工，什么时候能退休，要带什么"):
        ask(page, words)
        for path in PAGES:
            page.goto(path)
            width = page.evaluate("() => document.documentElement.scrollWidth")
            assert width <= 320, (path, width)


def test_large_print_is_large_and_easy_to_hit(walk: Opened):
    page = walk(elder=True)
    ask(page)
    for path in PAGES:
        if path == "/list/print":
            continue
        page.goto(path)
        assert page.evaluate("() => parseFloat(getComputedStyle(document.body).fontSize)") >= 22
        small = page.evaluate(TOO_SMALL, PRESSED)
        assert small == [], path


def test_large_print_is_chosen_once_and_kept(walk: Opened):
    page = walk()
    page.goto("/guides")
    page.get_by_role("button", name="长辈版").click()
    page.wait_for_url("**/guides")
    expect(page.locator("html.elder")).to_have_count(1)
    page.goto("/")
    expect(page.get_by_role("button", name="标准版")).to_be_visible()


def test_a_question_left_open_is_said_and_nothing_is_lost(walk: Opened, axe: Axe):
    page = walk(expected=("422",))
    ask(page)
    page.goto("/q")
    page.get_by_role("button", name="继续").click()
    assert page.title().startswith("错误")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.locator(".understood")).to_contain_text("妈妈户口：外省")
    assert axe.violations(page) == []


def test_not_knowing_widens_the_list_and_says_so(walk: Opened):
    page = walk()
    ask(page)
    page.goto("/q")
    fact = page.locator("input[name=fact]").get_attribute("value")
    assert fact in SITUATION
    page.get_by_label("不清楚").check()
    page.get_by_role("button", name="继续").click()
    assert page.locator("input[name=fact]").get_attribute("value") != fact
    page.goto("/list")
    expect(page.get_by_text("还不确定").first).to_be_visible()


def test_what_was_understood_can_be_changed(walk: Opened):
    page = walk()
    ask(page)
    page.locator(".chip", has_text="妈妈户口").click()
    expect(page.locator("input[value=other_province]")).to_be_checked()
    page.locator("input[value=hunan]").check()
    page.get_by_role("button", name="继续").click()
    page.wait_for_url("**/list")
    page.locator(".my-facts summary").click()
    expect(page.locator(".chip", has_text="妈妈户口")).to_contain_text("湖南")


def test_another_day_is_another_judgement(walk: Opened):
    page = walk(expected=("422",))
    ask(page)
    answer_everything(page)
    page.goto("/list")
    page.get_by_label("打算哪天去办").fill("2027-08-01")
    page.get_by_role("button", name="换日期").click()
    expect(page.get_by_text("按 2027年8月1日 的规定列出")).to_be_visible()
    expect(page.locator(".route .lead")).not_to_contain_text("可以走联办：")
    page.get_by_label("打算哪天去办").fill("2999-08-01")
    page.get_by_role("button", name="换日期").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("日期")


def test_a_form_from_another_site_is_turned_away(walk: Opened, site: Site):
    page = walk()
    ask(page)
    answer = page.request.post(
        f"{site.url}/forget", headers={"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
    )
    assert answer.status == 403
    page.goto("/chat")
    expect(page.locator(".turn")).to_have_count(1)


def test_forgetting_forgets_all(walk: Opened):
    page = walk()
    ask(page)
    page.get_by_role("button", name="清除这次对话").click()
    page.goto("/chat")
    expect(page.get_by_text("您还没有问过")).to_be_visible()
    page.goto("/list")
    expect(page.get_by_role("heading", level=1)).to_contain_text("还没有清单")
