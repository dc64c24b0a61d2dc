"""The whole story of a customer, on a page of its own."""

from uuid import UUID

from flask import Blueprint, render_template, request

from core.customers.queries import customer
from core.timeline.queries import timeline

bp = Blueprint("timeline", __name__, url_prefix="/customers", template_folder="templates")
PAGE = 40


@bp.get("/<uuid:customer_id>/timeline")
def story(customer_id: UUID) -> str:
    """Show everything that happened with a customer, newest first."""
    row = customer(customer_id)
    page = timeline(row.id, limit=PAGE, after=request.args.get("after"))
    return render_template("timeline/page.html", customer=row, page=page)
