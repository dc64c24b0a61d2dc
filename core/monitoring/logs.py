"""Log lines for people, or for programs: one JSON object in each line."""

import json
import logging
import time
from datetime import UTC, datetime
from uuid import UUID

from flask import Flask, Response, g, has_request_context, request
from uuid_utils.compat import uuid7

from bus.envelopes import delivery_context
from core.monitoring.figures import requests

_OUR_OWN = ("correlation_id", "subscriber", "event", "person", "path", "status", "seconds")
access = logging.getLogger("lamplit.access")


class JsonLines(logging.Formatter):
    """One JSON object in each line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record with what is known of its cause."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        for name in _OUR_OWN:
            value = getattr(record, name, None)
            if value is not None:
                line[name] = str(value) if isinstance(value, UUID) else value
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def configure(*, as_json: bool) -> None:
    """Write the log of this process to standard error."""
    handler = logging.StreamHandler()
    plain = logging.Formatter("%(asctime)s %(levelname)-7s %(name)s: %(message)s")
    handler.setFormatter(JsonLines() if as_json else plain)
    handler.addFilter(_note_cause)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO if as_json else logging.WARNING)
    # Once in every second, and of no use to anybody.
    logging.getLogger("alembic").setLevel(logging.WARNING)


def correlation() -> UUID | None:
    """What the present request's events are a part of; None outside a request."""
    if not has_request_context():
        return None
    if "lamplit_correlation" not in g:
        g.lamplit_correlation = uuid7()
    found: UUID = g.lamplit_correlation
    return found


def init_app(app: Flask) -> None:
    """Measure every request, and name it in its answer."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.lamplit_begun = time.perf_counter()


def _end(response: Response) -> Response:
    seconds = time.perf_counter() - g.get("lamplit_begun", time.perf_counter())
    endpoint = request.endpoint or "none"
    requests.labels(endpoint, request.method, str(response.status_code)).observe(seconds)
    response.headers["X-Correlation-Id"] = str(correlation())
    more = {"path": request.path, "status": response.status_code, "seconds": round(seconds, 4)}
    access.info("%s %s %s", request.method, request.path, response.status_code, extra=more)
    return response


def _note_cause(record: logging.LogRecord) -> bool:
    """Say as part of what, and for whom, the line was written."""
    context = delivery_context()
    if context is not None:
        record.correlation_id = context.envelopes[0].correlation_id
        record.subscriber = context.subscriber
        record.event = str(context.envelopes[0].id)
    elif has_request_context():
        record.correlation_id = correlation()
        person = g.get("lamplit_person")
        record.person = person.login if person is not None else None
    return True
