"""Screens of calls: the bar on every screen of the person called, and the calls of a day."""

from datetime import date, timedelta
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.calls import bar, queries, services
from core.calls.shown import shown
from core.clock import today
from core.db import db
from core.people import current_person, requires
from core.people.models import PersonRow

bp = Blueprint("calls", __name__, url_prefix="/calls", template_folder="templates")
bp.add_app_template_global(bar.shown, "calls_ringing")
PAGE = 50
SCOPES = ("all", "missed", "mine")


@bp.get("")
@requires("core.edit_customers")
def index() -> str:
    """List the calls of a day."""
    day = _day()
    asked = request.args.get("scope", "")
    scope = asked if asked in SCOPES else "all"
    page = queries.calls(
        day=day,
        missed=scope == "missed",
        line=_own_line() if scope == "mine" else None,
        limit=PAGE,
        after=request.args.get("after"),
    )
    return render_template(
        "calls/list.html",
        day=day,
        before=day - timedelta(1),
        behind=day + timedelta(1) if day < today() else None,
        scope=scope,
        rows=shown(page.items),
        next_=page.next,
    )


@bp.get("/bar")
def current() -> str:
    """Return the bar alone: who calls the person at the screen now."""
    return render_template("calls/_bar.html", announce=True)


@bp.post("/<uuid:call_id>/take")
@requires("core.edit_customers")
def take(call_id: UUID) -> ResponseReturnValue:
    """Take the call and open her card, or a new one with the number filled in."""
    row = services.take(str(call_id), request.form.get("customer_id", type=UUID))
    if row.customer_id is not None:
        return redirect(url_for("customers.record", customer_id=row.customer_id), 303)
    return redirect(url_for("customers.new", phone=row.typed), 303)


@bp.post("/<uuid:call_id>/aside")
@requires("core.edit_customers")
def aside(call_id: UUID) -> ResponseReturnValue:
    """Take the bar off one's own screen, and leave the page as it is."""
    services.put_aside(str(call_id))
    if "HX-Request" in request.headers:
        db.session.flush()
        return render_template("calls/_bar.html", announce=False)
    return redirect(url_for("calls.index"), 303)


def _day() -> date:
    try:
        return date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return today()


def _own_line() -> str:
    row = db.session.get(PersonRow, current_person().id)
    return row.line if row else ""
