"""The screen of loyalty."""

from flask import Blueprint, render_template

from core.people import requires
from modules.loyalty import queries

bp = Blueprint("loyalty", __name__, url_prefix="/loyalty", template_folder="templates")


@bp.get("/points")
@requires("loyalty.reward")
def points() -> str:
    """Show who has collected the most."""
    return render_template("loyalty/points.html", collectors=queries.collectors())
