"""A door of its own for Prometheus, in web and worker processes alike."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from flask import Flask
from prometheus_client import CONTENT_TYPE_LATEST

from core.config import Settings
from core.db import reading
from core.errors import SetupError
from core.monitoring.figures import all_figures


@contextmanager
def showing_figures(app: Flask, settings: Settings) -> Iterator[None]:
    """Answer Prometheus on LAMPLIT_METRICS_PORT, from this computer only, while the block runs."""
    if not settings.metrics_port:
        yield
        return
    try:
        server = ThreadingHTTPServer(("127.0.0.1", settings.metrics_port), _handler(app))
    except OSError as error:
        raise SetupError(
            f"The figures cannot be shown on port {settings.metrics_port} ({error.strerror}). "
            "Set LAMPLIT_METRICS_PORT to another one."
        ) from None
    threading.Thread(target=server.serve_forever, name="metrics", daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


def _handler(app: Flask) -> type[BaseHTTPRequestHandler]:
    class Figures(BaseHTTPRequestHandler):
        """Shows the figures at any address."""

        def do_GET(self) -> None:
            """Answer Prometheus."""
            with reading(app):
                body = all_figures()
            self.send_response(200)
            self.send_header("Content-Type", CONTENT_TYPE_LATEST)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: Any) -> None:
            """Say nothing: it asks every few seconds."""

    return Figures
