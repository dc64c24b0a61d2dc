"""A stream opens with a ticket, carries what its person may hear, and ends with the session."""

import asyncio
import json
from urllib.parse import urlencode

import pytest
import time_machine

from core import clock
from core.asgi import asgi
from core.db import unit_of_work
from core.live import stream, tickets
from core.live.hints import hint
from core.people import identity, services, sessions
from core.testing.clients import person_called

pytestmark = pytest.mark.own_app


class Screen:
    """Speaks ASGI as a browser's EventSource would make a server do."""

    def __init__(self, app, token, query):
        self._app, self._token, self._query = app, token, query
        self.status = 0
        self.text = ""
        self.ended = False
        self._left = asyncio.Event()
        self._changed = asyncio.Event()

    async def __aenter__(self):
        scope = {
            "type": "http",
            "method": "GET",
            "path": "/live",
            "query_string": urlencode(self._query).encode(),
            "headers": [(b"cookie", f"{identity.COOKIE}={self._token}".encode())],
        }
        self._task = asyncio.create_task(asgi(self._app)(scope, self._receive, self._send))
        return self

    async def __aexit__(self, *_error):
        self._left.set()
        await asyncio.wait_for(self._task, 5)

    async def _receive(self):
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message):
        self.status = message.get("status", self.status)
        self.text += message.get("body", b"").decode()
        if message["type"] == "http.response.body" and not message.get("more_body"):
            self.ended = True
        self._changed.set()

    async def until(self, true):
        async with asyncio.timeout(10):
            while not true():
                self._changed.clear()
                await self._changed.wait()

    @property
    def hints(self):
        lines = [line[6:] for line in self.text.splitlines() if line.startswith('data: {"id')]
        return [(one["topic"], one["ref"]) for one in map(json.loads, lines)]


@pytest.fixture
def watching(app):
    """The application with its watcher running."""
    app.extensions["lamplit_live"].start()
    yield app
    app.extensions["lamplit_live"].stop()


@pytest.fixture
def session_of(app):
    """A maker of sessions: the token of a cookie."""

    def make(login):
        person = person_called(app, login)
        with unit_of_work(app):
            return sessions.open_session(person.id)

    return make


def tell(app, *hints):
    with unit_of_work(app):
        for topic, ref in hints:
            hint(topic, ref)


def with_ticket(app, token, **more):
    return Screen(app, token, {"ticket": tickets.issue(app, token), **more})


def test_a_screen_hears_of_its_own_department_and_of_what_is_common(watching, session_of):
    async def listen():
        async with with_ticket(watching, session_of("sales")) as screen:
            await screen.until(lambda: "event: ready" in screen.text)
            common, own = ("deals", "SO-1"), ("sales.orders", "SO-1")
            await asyncio.to_thread(tell, watching, common, ("finance.payments", "1"), own)
            await screen.until(lambda: len(screen.hints) >= 2)
            return screen.status, screen.hints

    assert asyncio.run(listen()) == (200, [("deals", "SO-1"), ("sales.orders", "SO-1")])


def test_the_stream_ends_when_its_person_signs_out(watching, session_of, monkeypatch):
    monkeypatch.setattr(stream, "PING", 0.3)
    token = session_of("sales")

    async def listen():
        async with with_ticket(watching, token) as screen:
            await screen.until(lambda: "event: ready" in screen.text)
            await asyncio.to_thread(sign_out)
            await screen.until(lambda: screen.ended)
            return screen.text

    def sign_out():
        with unit_of_work(watching):
            sessions.close_session(token)

    assert "event: bye" in asyncio.run(listen())


def test_a_role_taken_away_is_taken_away_from_the_open_stream(watching, session_of, monkeypatch):
    monkeypatch.setattr(stream, "PING", 0.3)
    person = person_called(watching, "sales")

    def take_away():
        with unit_of_work(watching):
            services.edit_person(person.id, person.name, [], "")

    async def listen():
        async with with_ticket(watching, session_of("sales")) as screen:
            await screen.until(lambda: "event: ready" in screen.text)
            await asyncio.to_thread(take_away)
            await screen.until(lambda: screen.text.count("event: still") >= 2)
            await asyncio.to_thread(tell, watching, ("sales.orders", "1"), ("deals", "SO-1"))
            await screen.until(lambda: ("deals", "SO-1") in screen.hints)
            return screen.hints

    assert ("sales.orders", "1") not in asyncio.run(listen())


def test_what_happened_while_the_connection_was_broken_is_told_first(watching, session_of, app):
    tell(watching, ("deals", "SO-1"), ("deals", "SO-2"))

    async def listen():
        async with with_ticket(watching, session_of("sales"), after=1) as screen:
            await screen.until(lambda: ("deals", "SO-2") in screen.hints)
            return screen.text

    assert "event: reload" not in asyncio.run(listen())


def test_a_screen_whose_place_is_forgotten_is_told_to_reload(watching, session_of):
    async def listen():
        async with with_ticket(watching, session_of("sales"), after=999) as screen:
            await screen.until(lambda: "event: reload" in screen.text)

    asyncio.run(listen())


@pytest.mark.parametrize("fault", ["no ticket", "another's ticket", "no session", "an old ticket"])
def test_nobody_listens_without_a_ticket_of_the_own_session(watching, session_of, fault):
    token = session_of("sales")
    ticket = tickets.issue(watching, token)
    if fault == "no ticket":
        ticket = ""
    elif fault == "another's ticket":
        ticket = tickets.issue(watching, session_of("finance"))
    elif fault == "no session":
        token = "forged"
        ticket = tickets.issue(watching, token)
    elif fault == "an old ticket":
        with time_machine.travel(clock.now().timestamp() - 120, tick=False):
            ticket = tickets.issue(watching, token)

    async def listen():
        async with Screen(watching, token, {"ticket": ticket}) as screen:
            await screen.until(lambda: screen.status)
            return screen.status, screen.text

    assert asyncio.run(listen()) == (403, "")


def test_a_ticket_is_given_to_who_is_signed_in(client, visitor):
    assert client("sales").get("/live/ticket").json["ticket"]
    assert visitor.get("/live/ticket").status_code == 303
