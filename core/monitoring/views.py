"""Addresses for load balancers."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from core.monitoring.health import health
from core.people.identity import public

bp = Blueprint("monitoring", __name__)


@bp.get("/health/live")
@public
def live() -> ResponseReturnValue:
    """Say that this process answers."""
    return jsonify(status="live")


@bp.get("/health/ready")
@public
def ready() -> ResponseReturnValue:
    """Say whether this process can serve; 503 when it cannot."""
    found = health()
    answer = jsonify(
        status="ready" if found.is_ready else "unready",
        database=found.database,
        broker=found.broker,
    )
    answer.status_code = 200 if found.is_ready else 503
    return answer
