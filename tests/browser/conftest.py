"""A real server with the demonstration, and a real Chromium; every visit ends with a look at what the browser said."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.find_chromium import HOW, chromium

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


@dataclass(frozen=True)
class Processes:
    """A server at an address, and the background worker of its database."""

    address: str
    worker: subprocess.Popen


@pytest.fixture(scope="session")
def processes(tmp_path_factory) -> Iterator[Processes]:
    """They serve the demonstration from a database of its own."""
    database = tmp_path_factory.mktemp("site") / "outcomes.sqlite3"
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{database}", "DEBUG": "True"}
    subprocess.run([sys.executable, "manage.py", "demo"], cwd=ROOT, env=environment, check=True)
    port = free_port()
    log = (database.parent / "server.log").open("w")
    server = subprocess.Popen(
        [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"],
        cwd=ROOT, env=environment, stdout=log, stderr=log,
    )  # fmt: skip
    worker = subprocess.Popen([sys.executable, "manage.py", "work"], cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        yield Processes(wait_for(f"http://127.0.0.1:{port}", server), worker)
    finally:
        for process in (server, worker):
            process.terminate()
            process.wait(timeout=10)
        log.close()


@pytest.fixture(scope="session")
def site(processes) -> str:
    """The address of the server."""
    return processes.address


@pytest.fixture
def worker(processes) -> Iterator[Callable[[int], None]]:
    """Halts the worker (signal.SIGSTOP) and lets it go on (signal.SIGCONT), which it does at the end in any case."""
    yield processes.worker.send_signal
    processes.worker.send_signal(signal.SIGCONT)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def wait_for(address: str, server: subprocess.Popen) -> str:
    for _attempt in range(100):
        assert server.poll() is None, "the server stopped"
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5) as response:
                if response.status == 200:
                    return address
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not answer")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    assert path, HOW
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield launched
        launched.close()


@pytest.fixture
def open_page(browser, site) -> Iterator[Callable[..., Page]]:
    """Opens a page as a new visitor. At the end nothing stands in the console and no policy has been broken."""
    contexts, said = [], []

    def opened(*, width: int = 1280, javascript: bool = True) -> Page:
        context = browser.new_context(
            base_url=site, viewport={"width": width, "height": 900}, java_script_enabled=javascript, locale="en-GB"
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not [text for text in said if not expected(text)]


def expected(text: str) -> bool:
    """A browser writes every refusal (403, 404, 409, 400) into the console; the tests ask for those on purpose."""
    return text.startswith("Failed to load resource: the server responded with a status of 4")


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong with the page, WCAG 2.2 AA and best practice, one line each."""
    page.evaluate(AXE.read_text())
    found = page.evaluate(
        "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"
        ".map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).join(', '))"
    )
    return found


def sideways_scroll(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def sign_in(page: Page, account: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(f"{account}@example.org")
    page.get_by_label("Password", exact=True).fill("outcomes-demo")
    page.get_by_role("button", name="Sign in").click()
