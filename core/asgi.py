"""The web server's application: Flask for everything, and one native route for open screens.

Screens that listen would each keep a thread; here they cost a coroutine.
"""

import asyncio
from typing import Any, cast

from a2wsgi import WSGIMiddleware
from flask import Flask

from core.app import create_app
from core.live import stream
from core.live.stream import Message, Receive, Send
from core.live.watcher import Watcher

#: Requests answered at the same time; SQLite orders the writers among them anyway.
_THREADS = 16


class Web:
    """An ASGI application around the Flask one."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._screens: Any = WSGIMiddleware(cast("Any", app), workers=_THREADS)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request, or start and stop with the server."""
        if scope["type"] == "lifespan":
            await self._live_and_die(receive, send)
        elif scope["type"] == "http" and scope["path"] == "/live" and scope["method"] == "GET":
            await stream.serve(self._app, scope, receive, send)
        else:
            await self._screens(scope, receive, send)

    async def _live_and_die(self, receive: Receive, send: Send) -> None:
        watcher: Watcher = self._app.extensions["lamplit_live"]
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await asyncio.to_thread(watcher.start)
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                await asyncio.to_thread(watcher.stop)
                await send({"type": "lifespan.shutdown.complete"})
                return


def asgi(app: Flask) -> Web:
    """Return what a web server serves."""
    return Web(app)


def create() -> Web:
    """Return the application for `uvicorn --factory core.asgi:create`."""
    return asgi(create_app())
