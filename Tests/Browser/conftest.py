"""Starts the real server and a real browser for the console's tests.

PODIUM_BINARY names the binary to test (default: the debug build of this checkout).
"""

import os
import re
import signal
import subprocess
import threading
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from learner import Learner

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = ROOT / ".build" / "screenshots"
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
READY = re.compile(r"Podium is ready at (http\S+)/")
START_SECONDS = 20
BINARY = os.environ.get("PODIUM_BINARY", str(ROOT / ".build" / "debug" / "podium"))
PASSWORD = "correct horse battery"


class Server:
    """One process of the server with its own data."""

    def __init__(self, data: Path, port: str = "0", *more: str):
        arguments = ["serve", "--listen", f"127.0.0.1:{port}", "--data", str(data)]
        arguments += ["--nodes", "3", "--log-level", "warning", *more]
        self.process = subprocess.Popen([BINARY, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        watchdog = threading.Timer(START_SECONDS, self.process.kill)
        watchdog.start()
        self.output = ""
        self.url = self._address()
        watchdog.cancel()
        # What else it says must not fill the pipe.
        threading.Thread(target=self.process.stdout.read, daemon=True).start()

    def _address(self) -> str:
        for line in self.process.stdout:
            self.output += line
            if found := READY.search(line):
                return found.group(1)
        raise RuntimeError(f"the server ended before it was ready, with status {self.process.wait()}:\n{self.output}")

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=10)


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path / "data")
    yield server
    server.stop()


@pytest.fixture
def classroom(tmp_path):
    """A server with a classroom, whose instructor's password is PASSWORD."""
    password = tmp_path / "password"
    password.write_text(PASSWORD)
    server = Server(tmp_path / "data", "0", "--classroom", "--instructor-password-file", str(password))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def browser() -> Browser:
    with sync_playwright() as playwright:
        executable = os.environ.get("PODIUM_CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield browser
        browser.close()


class Visitors:
    """Opens pages, each in a browser context of its own; what the browser complains about fails the test."""

    def __init__(self, server: Server, browser: Browser):
        self.server, self.browser = server, browser
        self.contexts, self.complaints = [], []
        self.expects_complaints = False

    def __call__(self, path: str = "/", language: str = "en", **options) -> Page:
        locale = {"en": "en-US", "ko": "ko-KR"}[language]
        context = self.browser.new_context(locale=locale, **{"viewport": DESKTOP, **options})
        self.contexts.append(context)
        return self.open_tab(context, path)

    def open_tab(self, context, path: str) -> Page:
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: self.complaints.append(f"{error}\n{error.stack}"))
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.goto(self.server.url + path)
        return page

    def leave(self):
        for context in self.contexts:
            context.close()
        assert self.expects_complaints or self.complaints == [], "the browser's console has errors"


@pytest.fixture
def open_page(server, browser):
    """Opens the console of a server with one learner."""
    visitors = Visitors(server, browser)
    yield visitors
    visitors.leave()


@pytest.fixture
def enter(classroom, browser):
    """Opens the console of a classroom."""
    visitors = Visitors(classroom, browser)
    # Whoever comes to the door for the first time is told 401, which the browser writes down.
    visitors.expects_complaints = True
    yield visitors
    visitors.leave()


@pytest.fixture
def learner(open_page):
    """A learner at a desktop, in English, at the free cluster."""
    return Learner(open_page("/#/cluster"))


def screenshot(page: Page, name: str):
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", animations="disabled")
