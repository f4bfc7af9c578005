"""Somebody who does not program changes a guide, somebody else lets it out, all see it, and one step undoes it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from channels.editing.model import Role
from tests.journeys.conftest import DESKTOP, PHONE, Axe, Opened, Site
from tests.journeys.test_story import answer_everything, ask

KEY = "newborn@430100"
PASSWORD = "a long enough password"
NEW_FEE = "遗失补发出生医学证明，工本费 8 元"
FIRST = "先到社区登记一下"


@pytest.fixture
def room(site: Site) -> Iterator[None]:
    """Open the editorial room for two people, and shut it again."""
    store = site.house.editing.store
    for name, role in (("安编辑", Role.EDITOR), ("本审核", Role.REVIEWER)):
        store.add_editor(name, role, PASSWORD, site.house.clock())
        store.set_password(name, PASSWORD)
    yield
    for name in ("安编辑", "本审核"):
        store.remove_editor(name)


def enter(page: Page, name: str) -> None:
    page.goto("/editor")
    page.get_by_label("名字").fill(name)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.get_by_role("link", name=re.compile("新生儿")).first.click()


def test_a_guide_is_changed_by_two_people_without_a_line_of_code(walk: Opened, axe: Axe, site: Site, room: None):
    citizen = walk()
    ask(citizen)
    answer_everything(citizen)
    citizen.goto("/list")
    expect(citizen.get_by_text(FIRST)).to_have_count(0)

    page = walk(viewport=DESKTOP)
    enter(page, "安编辑")
    assert axe.violations(page) == []
    page.get_by_role("link", name="费用", exact=True).click()
    assert axe.violations(page) == []
    page.locator(".rows a").first.click()
    page.get_by_label("多少元").fill("八块")
    said = page.locator("[data-said]")
    expect(said).to_contain_text("多少元")
    expect(said).to_contain_text("要填数字")
    assert axe.violations(page) == []
    page.get_by_label("多少元").fill("8")
    page.get_by_label("怎么说").fill(NEW_FEE)
    expect(said.locator("[data-troubles='0']")).to_be_visible()
    page.get_by_role("button", name=re.compile("存好")).click()

    page.goto(f"/editor/g/{KEY}/s/prerequisites")
    page.get_by_role("button", name="加一条先办好").click()
    expect(said).to_contain_text("还没有填")
    page.get_by_label("要先办好什么").fill(FIRST)
    page.get_by_label("怎么看办好没有").fill("社区会给一张回执")
    page.get_by_label("去哪里办").fill("住的地方的社区")
    page.get_by_label("哪份文件").select_option("household_registration")
    page.get_by_label("哪一条").fill("第七条")
    page.get_by_label("这个条件怎么写").select_option("fact")
    page.get_by_label("哪个情况").select_option("marriage")
    page.wait_for_load_state()
    page.locator(".ticks input[value=married]").check()
    expect(said.locator("[data-troubles='0']")).to_be_visible()
    assert axe.violations(page) == []
    page.get_by_role("button", name=re.compile("存好")).click()
    page.goto(f"/editor/g/{KEY}/preview?situation=1")
    assert axe.violations(page) == []
    page.goto(f"/editor/g/{KEY}")
    page.get_by_label("为什么改").fill("文件改了")
    page.get_by_role("button", name="交去审核").click()
    expect(page.get_by_role("heading", name=re.compile("待审核"))).to_be_visible()

    other = walk(viewport=DESKTOP)
    enter(other, "本审核")
    other.get_by_role("link", name="会变什么").click()
    expect(other.locator("[data-changes]")).to_contain_text(FIRST)
    expect(other.locator("[data-changes]")).to_contain_text(NEW_FEE)
    assert axe.violations(other) == []
    other.get_by_label("我看过这些变化").check()
    other.get_by_role("button", name="认为写得对").click()
    other.get_by_role("button", name="发布", exact=True).click()
    expect(other.get_by_text("正在用").first).to_be_visible()
    assert axe.violations(other) == []

    citizen.goto("/list")
    expect(citizen.get_by_text(FIRST)).to_be_visible()
    expect(citizen.locator("[data-updated]")).to_contain_text("指南更新了")
    assert axe.violations(citizen) == []

    other.get_by_role("button", name="退回到库里的文件").click()
    other.wait_for_load_state()
    citizen.goto("/list")
    expect(citizen.get_by_text(FIRST)).to_have_count(0)


def test_the_forms_work_on_a_phone_without_scripts(walk: Opened, site: Site, room: None):
    page = walk(scripts=False)
    enter(page, "安编辑")
    page.goto(f"/editor/g/{KEY}/edit/fees.0")
    page.get_by_label("多少元").fill("八块")
    page.get_by_role("button", name="存下来看看").click()
    expect(page.locator("[data-said]")).to_contain_text("要填数字")
    assert page.get_by_label("多少元").input_value() == "八块"
    assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE[0]
