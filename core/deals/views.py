"""Screens of deals: the page that every department links to, and the list of all."""

from uuid import UUID

from flask import Blueprint, render_template, request

from core.deals import queries
from core.deals.page import page_of
from core.deals.picture import Picture
from core.deals.risk import Risk, risks
from core.deals.settling import settled_everywhere
from core.people import requires

bp = Blueprint("deals", __name__, url_prefix="/deals", template_folder="templates")
PAGE = 50


@bp.app_template_global("deal_risks")
def why_at_risk(picture: Picture) -> list[Risk]:
    """Let every department show why a balance is at risk."""
    return risks(picture)


@bp.get("")
@requires("core.deals")
def index() -> str:
    """List who bought what and what is owed; open to everybody who works here."""
    owing = bool(request.args.get("owing"))
    q = request.args.get("q", "")
    customer = request.args.get("customer", type=UUID)
    after = request.args.get("after")
    found = queries.deals(q=q, owing=owing, customer_id=customer, limit=PAGE, after=after)
    return render_template("deals/list.html", page=found, q=q, owing=owing)


@bp.get("/<number>")
@requires("core.deals")
def record(number: str) -> str:
    """Show one deal with what every department adds to it."""
    settled_everywhere(number)
    picture = queries.deal(number)
    return render_template("deals/page.html", **page_of(picture))
