"""Lamplit in a real browser: a server for each test, and pages of people who are signed in."""

import os
import re
import shutil
import threading
import time
from dataclasses import dataclass, field

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe

from bus.worker import embedded
from core.asgi import asgi
from core.db import unit_of_work
from core.people import identity, services, sessions
from core.testing.clients import person_called
from core.testing.servers import free_port
from tests.browser.company import set_up

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
MISSING = (
    "There is no Chromium on this machine. Install it (Debian: apt install chromium "
    "fonts-noto-cjk; as root `make browser` does it) to run the tests in a browser."
)
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
_RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
# The browser reports refused input (422) as an error; for us it is an answer.
_ANSWERS = re.compile(r"status of 4\d\d")


def pytest_collection_modifyitems(items):
    """Say clearly why nothing runs without a browser; in CI that is a failure."""
    here = [item for item in items if "tests/browser" in item.path.as_posix()]
    if here and not CHROMIUM and os.environ.get("CI") == "true":
        pytest.exit(MISSING, returncode=1)
    for item in here:
        item.add_marker(pytest.mark.own_app)  # it is served, with threads of its own
        if not CHROMIUM:
            item.add_marker(pytest.mark.skip(reason=MISSING))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
    flags += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": flags}


@pytest.fixture(scope="session")
def base_url():
    """The address of every test's server: one port, on which they take turns."""
    return f"http://127.0.0.1:{free_port()}"


@pytest.fixture
def server(app, base_url):
    """The application of this test, served with its workers: nothing is delivered by hand."""
    port = int(base_url.rpartition(":")[2])
    config = uvicorn.Config(
        asgi(app), port=port, log_level="warning", ws="none", timeout_graceful_shutdown=1
    )
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run, name="server")
    with embedded(app.extensions["lamplit_settings"].redis_url):
        thread.start()
        until = time.monotonic() + 20
        while not running.started:
            assert thread.is_alive(), "the server did not start"
            assert time.monotonic() < until, "the server did not start in 20 s"
            time.sleep(0.02)
        yield base_url
        running.should_exit = True
        thread.join(20)
    assert not thread.is_alive(), "the server did not stop"


@dataclass
class Desk:
    """Opens a browser for a person, and remembers what its console complained about."""

    app: object
    browser: object
    base_url: str
    contexts: list = field(default_factory=list)
    complaints: list = field(default_factory=list)

    def __call__(self, login, language="en", theme="light", viewport=DESKTOP, **more):
        """Return a page of somebody signed in ("" for nobody), in a browser of her own."""
        locale = {"en": "en-GB", "zh_Hans_CN": "zh-CN"}[language]
        context = self.browser.new_context(
            base_url=self.base_url,
            locale=locale,
            color_scheme=theme,
            viewport=viewport,
            **{"reduced_motion": "reduce", **more},
        )
        self.contexts.append(context)
        if login:
            self._sign_in(context, login, language)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def _sign_in(self, context, login, language):
        person = person_called(self.app, login)
        with unit_of_work(self.app):
            services.choose_language(person.id, language)
            token = sessions.open_session(person.id)
        context.add_cookies([{"name": identity.COOKIE, "value": token, "url": self.base_url}])

    def _hear(self, message):
        if message.type == "error" and not _ANSWERS.search(message.text):
            self.complaints.append(message.text)


@pytest.fixture
def desk(app, browser, server):
    """A maker of pages: desk("sales"), desk("finance", language="zh_Hans_CN", theme="dark")."""
    made = Desk(app, browser, server)
    yield made
    for context in made.contexts:
        context.close()
    assert made.complaints == []


@pytest.fixture
def accessible():
    """A check that axe finds nothing on a page."""

    def check(page):
        results = Axe().run(page, options={"runOnly": _RULES})
        assert results.violations_count == 0, results.generate_report()

    return check


@pytest.fixture
def scene(api, server):
    """A small company at work."""
    return set_up(api)
