"""Where a screen gets its ticket for the stream."""

from flask import Blueprint, Response, current_app, jsonify, request

from core.live import tickets
from core.people.identity import COOKIE

bp = Blueprint("live", __name__)


@bp.get("/live/ticket")
def ticket() -> Response:
    """Return a ticket that opens the stream within the next minute."""
    token = request.cookies.get(COOKIE, "")
    answer = jsonify(ticket=tickets.issue(current_app, token))
    answer.headers["Cache-Control"] = "no-store"
    return answer
