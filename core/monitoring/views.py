"""Addresses for load balancers and for Prometheus."""

from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from core.monitoring.figures import CompanyFigures, registry
from core.monitoring.health import health
from core.people.identity import public, requires

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


@bp.get("/api/v1/metrics")
@requires("core.administer")
def metrics() -> Response:
    """Show the figures to Prometheus, which comes with an administrator's token."""
    return Response(figures(), content_type=CONTENT_TYPE_LATEST)


def figures() -> bytes:
    """Return what was counted here, and how the company stands; in a read transaction."""
    company = CollectorRegistry()
    company.register(CompanyFigures())
    return generate_latest(registry) + generate_latest(company)
