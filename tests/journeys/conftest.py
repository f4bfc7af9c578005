"""A running product and a browser that notices everything: errors, foreign requests, broken rules of access."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from channels.http.app import create_app
from channels.settings import read_settings
from channels.wiring import House, open_desk, open_house

PHONE = (390, 844)
DESKTOP = (1280, 800)
CHINESE: dict[str, str | float | bool] = {**os.environ, "LANG": "C.UTF-8", "LANGUAGE": "zh_CN:zh"}
"""Names of files in Chinese need a locale that knows them; date fields are drawn in the browser's own language."""
PATIENCE = 60_000
"""Milliseconds a page may take before a journey gives up: a busy machine is no fault."""
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass(frozen=True)
class Site:
    """A running product."""

    url: str
    house: House
    home: Path


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, shared_guides: Path) -> Iterator[Site]:
    """Serve the product from an empty home folder that holds the official guide of the newborn bundle."""
    home = tmp_path_factory.mktemp("home")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = read_settings({"BANCHENG_HOME": str(home), "BANCHENG_PORT": str(port)})
    house = open_house(settings)
    official = shared_guides / "newborn.json"
    open_desk(settings).import_portal(official.read_bytes(), official.name)
    server = uvicorn.Server(
        uvicorn.Config(create_app(settings, house), host="127.0.0.1", port=port, log_level="warning")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 60
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.05)
    assert server.started, "the product did not start"
    yield Site(f"http://127.0.0.1:{port}", house, home)
    server.should_exit = True
    thread.join(timeout=30)


@pytest.fixture(scope="session")
def shared_guides() -> Path:
    """Give the folder of official guides beside the project; its absence is a failure."""
    folder = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "official_guides"
    if not folder.is_dir():
        pytest.fail("../shared/data/official_guides is missing: lay the data folder beside the project", pytrace=False)
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Debian's Chromium; its absence is a failure."""
    program = shutil.which("chromium")
    if program is None:
        pytest.fail("chromium is missing: apt-get install chromium", pytrace=False)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=program, args=QUIET, env=CHINESE)
        yield started
        started.close()


@dataclass
class Watched:
    """What went wrong in a browser window, and whom it called."""

    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def watch(self, page: Page, url: str) -> None:
        """Notice console errors, exceptions and requests to other hosts."""
        page.on("console", lambda line: self.errors.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda sent: None if sent.url.startswith((url, "data:")) else self.foreign.append(sent.url))


Opened = Callable[..., Page]


@pytest.fixture
def walk(browser: Browser, site: Site) -> Iterator[Opened]:
    """Open a fresh browser window; at the end there must have been no error and no foreign request.

    Statuses 4xx that a journey provokes on purpose are named in `expected`.
    """
    contexts: list[tuple[BrowserContext, Watched, tuple[str, ...]]] = []

    def open_window(
        *,
        viewport: tuple[int, int] | None = None,
        expected: tuple[str, ...] = (),
        elder: bool = False,
        scripts: bool = True,
        dark: bool = False,
    ) -> Page:
        width, height = viewport or PHONE
        context = browser.new_context(
            base_url=site.url,
            viewport={"width": width, "height": height},
            locale="zh-CN",
            java_script_enabled=scripts,
            color_scheme="dark" if dark else "light",
        )
        if elder:
            context.add_cookies([{"name": "elder", "value": "1", "url": site.url}])
        watched = Watched()
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        watched.watch(page, site.url)
        contexts.append((context, watched, expected))
        return page

    yield open_window
    for context, watched, expected in contexts:
        context.close()
        assert watched.foreign == []
        assert [error for error in watched.errors if not any(part in error for part in expected)] == []


@pytest.fixture(scope="session")
def axe_source(root: Path) -> str:
    """Give the source of axe-core, installed by npm; its absence is a failure."""
    file = root / "tests" / "browser" / "node_modules" / "axe-core" / "axe.min.js"
    if not file.is_file():
        pytest.fail("axe-core is missing: cd tests/browser && npm ci", pytrace=False)
    return file.read_text(encoding="utf-8")


@dataclass(frozen=True)
class Axe:
    """Finds what shuts people out of a page (WCAG 2.2 AA)."""

    source: str

    def violations(self, page: Page) -> list[str]:
        """Give rule, and the first places of each violation.

        The source is evaluated by the driver, which the page's policy does not bind; the policy itself stays on.
        """
        page.evaluate(self.source)
        found = page.evaluate(
            "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})", RULES
        )
        return [
            f"{one['id']}: {[node['target'] for node in one['nodes'][:3]]} {one['nodes'][0]['failureSummary']}"
            for one in found["violations"]
        ]


@pytest.fixture(scope="session")
def axe(axe_source: str) -> Axe:
    """Give the checker of accessibility."""
    return Axe(axe_source)
