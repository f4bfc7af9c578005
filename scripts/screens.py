"""Take the pictures in docs/screens/: every page a citizen meets, on a phone and on a desktop."""

from __future__ import annotations

import io
import os
import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import uvicorn
from PIL import Image
from playwright.sync_api import Browser, Page, StorageState, sync_playwright

from channels.http.app import create_app
from channels.settings import read_settings
from channels.wiring import House, open_desk, open_house
from evals.specimens import papers
from evals.specimens.draw import picture
from evals.specimens.people import family

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "docs" / "screens"
GUIDES = ROOT.parent / "shared" / "data" / "official_guides"
Facts = Mapping[str, bool | int | float | str]
LARGEST = 150 * 1024
CHINESE: dict[str, str | float | bool] = {**os.environ, "LANG": "C.UTF-8", "LANGUAGE": "zh_CN:zh"}
PHONE, DESKTOP = (390, 844), (1280, 800)
SITUATION = {
    "household_side": "father",
    "hukou_kind": "family",
    "marriage": "married",
    "same_ethnicity": "true",
    "applicant": "mother",
    "claims_maternity": "false",
    "multiple_birth": "false",
}
ASKED = "我家宝宝上周在长沙出生，我是湖北户口，她爸是长沙户口，需要带什么？"


@contextmanager
def served() -> Iterator[tuple[str, House]]:
    """Serve the product from an empty home; give its address and the house."""
    with tempfile.TemporaryDirectory() as home, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        settings = read_settings({"BANCHENG_HOME": home})
        house = open_house(settings)
        if GUIDES.is_dir():
            open_desk(settings).import_portal((GUIDES / "newborn.json").read_bytes(), "newborn.json")
        server = uvicorn.Server(
            uvicorn.Config(create_app(settings, house), host="127.0.0.1", port=port, log_level="warning")
        )
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}", house
        server.should_exit = True
        thread.join(timeout=30)


def keep(picture: bytes, name: str) -> None:
    """Write a picture with as few colours as keep it under the limit."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    for colours in (256, 128, 64, 32, 16):
        buffer = io.BytesIO()
        image.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
            buffer, "PNG", optimize=True
        )
        if buffer.tell() <= LARGEST:
            (OUT / f"{name}.png").write_bytes(buffer.getvalue())
            print(f"{name}: {buffer.tell() // 1024} KB, {colours} colours")
            return
    raise SystemExit(f"{name}: more than {LARGEST // 1024} KB even with 16 colours")


@dataclass(frozen=True)
class Look:
    """How a picture is taken."""

    size: tuple[int, int] = PHONE
    dark: bool = False
    elder: bool = False


class Album:
    """Takes pictures of pages in one browser window after another."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser = browser
        self.url = url

    def open(self, look: Look, visit: StorageState | None = None) -> Page:
        """Open a window; with the state of another window it shows the same visit."""
        width, height = look.size
        context = self.browser.new_context(
            base_url=self.url,
            viewport={"width": width, "height": height},
            color_scheme="dark" if look.dark else "light",
            locale="zh-CN",
            storage_state=visit,
        )
        if look.elder:
            context.add_cookies([{"name": "elder", "value": "1", "url": self.url}])
        return context.new_page()

    def take(self, page: Page, name: str, *, at: str = "") -> None:
        """Take what is seen now; `at` scrolls an element to the top first."""
        if at:
            page.locator(at).first.evaluate("one => window.scrollTo(0, one.getBoundingClientRect().top + scrollY - 16)")
        page.wait_for_timeout(150)
        keep(page.screenshot(), name)


def ask(page: Page) -> None:
    """Ask the question of the story."""
    page.goto("/")
    page.fill("textarea[name=question]", ASKED)
    page.click(".ask .act")
    page.wait_for_selector(".turn")


def answer_all(page: Page) -> None:
    """Answer what is asked until nothing is left."""
    page.goto("/q")
    while page.url.endswith("/q"):
        fact = page.get_attribute("input[name=fact]", "value") or ""
        page.check(f"input[name=value][value='{SITUATION[fact]}']")
        page.click(".question .act")


def hand_in(page: Page, folder: Path, on: date) -> None:
    """Agree, hand in the papers of the story, and wait until they are read."""
    page.goto("/papers")
    for box in page.locator("input[name=agree]").all():
        box.check()
    page.click("main form .act")
    home = family(7, on)
    expired = replace(home.father, id_expires=on - timedelta(days=40))
    shots = (
        ("birth_record", papers.birth_record(home, 7), "scan"),
        ("marriage_certificate", papers.marriage_certificate(home, 7), "mild"),
        ("parents_id", papers.id_card_both(home.mother, 7), "mild"),
        ("parents_id", papers.id_card_back(expired, 8), "mild"),
        ("household_booklet", papers.household_head(papers.collective(home), 7), "mild"),
    )
    for number, (requirement, paper, damage) in enumerate(shots, 1):
        file = folder / f"照片{number}.jpg"
        file.write_bytes(picture(paper, damage).data)
        page.set_input_files(f"#t-{requirement} input[type=file]", file)
        page.wait_for_selector(f"#t-{requirement} :text('{file.name}')")
    page.wait_for_selector("[data-progress]", state="detached", timeout=240_000)


def story(album: Album, device: str, size: tuple[int, int], on: date) -> StorageState:
    """Take the story page by page; give the state of its visit."""
    page = album.open(Look(size))
    page.goto("/")
    album.take(page, f"{device}-01-home")
    ask(page)
    page.evaluate("window.scrollTo(0, 0)")
    album.take(page, f"{device}-02-chat-answer")
    album.take(page, f"{device}-03-chat-question", at=".question")
    page.evaluate("window.scrollTo(0, 0)")
    page.click("a.cite")
    page.wait_for_selector("dialog[open] mark")
    album.take(page, f"{device}-04-source")
    page.keyboard.press("Escape")
    page.goto("/q")
    album.take(page, f"{device}-05-one-question")
    answer_all(page)
    album.take(page, f"{device}-06-list")
    album.take(page, f"{device}-07-list-bring", at="#b-bring")
    album.take(page, f"{device}-08-list-not-needed", at="#b-not_needed")
    page.goto("/papers")
    album.take(page, f"{device}-09-consent")
    with tempfile.TemporaryDirectory() as folder:
        hand_in(page, Path(folder), on)
    page.goto("/papers")
    album.take(page, f"{device}-10-findings")
    album.take(page, f"{device}-11-tiles", at="#tiles")
    page.goto("/list/print")
    album.take(page, f"{device}-12-sheet")
    page.goto("/chat")
    page.click(".made a")
    album.take(page, f"{device}-13-trace")
    return page.context.storage_state()


def retirement(album: Album, device: str, size: tuple[int, int], told: Facts) -> None:
    """Take a list with what was worked out and what official sources disagree on."""
    page = album.open(Look(size))
    page.goto("/")
    page.fill("textarea[name=question]", "我66年6月的，男，企业职工，什么时候能退休，要带什么")
    page.click(".ask .act")
    page.wait_for_selector(".turn")
    album.take(page, f"{device}-21-retirement-chat", at=".turn")
    for fact, value in told.items():
        page.goto(f"/q/{fact}")
        given = str(value).lower() if isinstance(value, bool) else str(value)
        radio = page.locator(f"input[type=radio][value='{given}']")
        if radio.count():
            radio.check()
        else:
            page.fill("input[name=value]", given)
        page.click(".question .act")
    page.goto("/list")
    album.take(page, f"{device}-22-retirement-list")


def examples(house: House, slug: str) -> Facts:
    """Give the facts of the first named situation of a bundle."""
    entry = house.library.entry(slug, house.home_region)
    if entry is None:
        raise SystemExit(f"no bundle {slug}")
    return entry.examples[0].facts


def around(album: Album, device: str, size: tuple[int, int], visit: StorageState) -> None:
    """Take the other pages and the other looks."""
    page = album.open(Look(size))
    page.goto("/guides/newborn")
    album.take(page, f"{device}-14-guide")
    page.goto("/privacy")
    album.take(page, f"{device}-15-privacy")
    page.goto("/nowhere")
    album.take(page, f"{device}-16-problem")
    for number, look, path in (
        (17, Look(size, elder=True), "/"),
        (18, Look(size, elder=True), "/list"),
        (19, Look(size, dark=True), "/chat"),
        (20, Look(size, dark=True), "/papers"),
    ):
        other = album.open(look, visit)
        other.goto(path)
        manner = "elder" if look.elder else "dark"
        album.take(other, f"{device}-{number}-{manner}-{path.strip('/') or 'home'}")


def main() -> int:
    """Take all pictures."""
    program = shutil.which("chromium")
    if program is None:
        print("chromium is missing: apt-get install chromium", file=sys.stderr)
        return 1
    OUT.mkdir(parents=True, exist_ok=True)
    with served() as (url, house), sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox", "--lang=zh-CN"], env=CHINESE)
        album = Album(browser, url)
        for device, size in (("phone", PHONE), ("desktop", DESKTOP)):
            around(album, device, size, story(album, device, size, house.today))
            retirement(album, device, size, examples(house, "retirement"))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
