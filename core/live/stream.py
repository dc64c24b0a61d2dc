"""The stream of one open screen: hints it may hear, until its session ends."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any, TypeAlias
from urllib.parse import parse_qs

from flask import Flask

from core.db import reading
from core.live.tickets import is_valid, may_hear, person_for
from core.live.watcher import Hint, Reader, Watcher, missed
from core.people.identity import COOKIE
from core.people.person import Person

Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]

#: Seconds between two looks at the session and its rights.
PING = 5.0
_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


async def serve(app: Flask, scope: Message, receive: Receive, send: Send) -> None:
    """Answer /live: refuse without a valid ticket, else send hints until somebody leaves."""
    query = parse_qs(scope["query_string"].decode("latin-1"))
    token = _token(scope)
    person = await asyncio.to_thread(_admit, app, query.get("ticket", [""])[0], token)
    if person is None:
        await send({"type": "http.response.start", "status": 403, "headers": []})
        await send({"type": "http.response.body", "body": b""})
        return
    await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
    after = query.get("after", ["0"])[0]
    screen = _Screen(app, send, token, person)
    sending = asyncio.create_task(screen.run(int(after) if after.isdecimal() else 0))
    leaving = asyncio.create_task(_left(receive))
    _done, pending = await asyncio.wait((sending, leaving), return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    if sending.done() and not sending.cancelled():
        sending.result()
        await send({"type": "http.response.body", "body": b""})


class _Screen:
    """Sends one screen what it may hear."""

    def __init__(self, app: Flask, send: Send, token: str, person: Person) -> None:
        self._app, self._send, self._token, self._person = app, send, token, person
        self._watcher: Watcher = app.extensions["lamplit_live"]
        self._reader = Reader(asyncio.get_running_loop())

    async def run(self, after: int) -> None:
        """Catch up, then send on; ends when the session does."""
        self._watcher.join(self._reader)
        try:
            await self._catch_up(after)
            while await self._still_allowed():
                await self._send_until(time.monotonic() + PING)
            await self._event("bye", {})
        finally:
            self._watcher.leave(self._reader)

    async def _catch_up(self, after: int) -> None:
        old = await asyncio.to_thread(_missed, self._app, after) if after else []
        await self._event("ready", {})
        if old is None:
            await self._event("reload", {})
        for hint in old or ():
            await self._hint(hint)

    async def _send_until(self, end: float) -> None:
        while (left := end - time.monotonic()) > 0:
            try:
                await self._hint(await asyncio.wait_for(self._reader.queue.get(), left))
            except TimeoutError:
                break
        await self._event("still", {})

    async def _still_allowed(self) -> bool:
        person = await asyncio.to_thread(person_for, self._app, self._token)
        if person is not None:
            self._person = person
        return person is not None

    async def _hint(self, hint: Hint) -> None:
        if may_hear(self._person, hint.topic):
            body = {"id": hint.id, "topic": hint.topic, "ref": hint.ref}
            await self._write(f"id: {hint.id}\nevent: hint\ndata: {json.dumps(body)}\n\n")

    async def _event(self, name: str, body: Message) -> None:
        await self._write(f"event: {name}\ndata: {json.dumps(body)}\n\n")

    async def _write(self, text: str) -> None:
        await self._send({"type": "http.response.body", "body": text.encode(), "more_body": True})


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _admit(app: Flask, ticket: str, token: str) -> Person | None:
    return person_for(app, token) if token and is_valid(app, ticket, token) else None


def _missed(app: Flask, after: int) -> list[Hint] | None:
    with reading(app):
        return missed(after)


def _token(scope: Message) -> str:
    raw = b"; ".join(value for name, value in scope["headers"] if name == b"cookie")
    try:
        morsel = SimpleCookie(raw.decode("latin-1")).get(COOKIE)
    except CookieError:
        return ""
    return morsel.value if morsel else ""
