"""REST: the figures, as Prometheus reads them."""

from flask import Response
from flask_smorest import Blueprint
from prometheus_client import CONTENT_TYPE_LATEST

from core.monitoring.figures import all_figures
from core.people.identity import requires

blp = Blueprint("metrics", __name__, url_prefix="/api/v1/metrics", description="Figures.")


@blp.get("")
@blp.response(200, content_type="text/plain")
@requires("core.administer")
def metrics() -> Response:
    """Show what was counted in this process, and how the bus stands.

    Where web and workers are processes of their own, each counts for itself: let Prometheus read
    each at its LAMPLIT_METRICS_PORT. How the bus stands is read from the database.
    """
    return Response(all_figures(), content_type=CONTENT_TYPE_LATEST)
