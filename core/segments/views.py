"""Screens of segments: which there are, who is in one, and its conditions with a live count."""

import io
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.errors import DomainError
from core.people import requires
from core.search.answers import balances_of
from core.segments import queries, services
from core.segments.conditions import missing, read
from core.segments.errors import SegmentIncomplete
from core.segments.fields import OPS, fields
from core.segments.models import Segment
from core.segments.schemas import SegmentForm
from core.web.forms import Form, answer, blank_form, read_form

bp = Blueprint("segments", __name__, url_prefix="/segments", template_folder="templates")
PAGE = 50
#: So many empty conditions stand in the form below those that are filled in.
_SPARE = 2


@bp.get("")
@requires("core.segments")
def index() -> str:
    """List the segments with how many customers each holds now."""
    rows = [(row, _size(row)) for row in queries.segments()]
    return render_template("segments/list.html", rows=rows)


@bp.get("/new")
@requires("core.segments")
def new() -> ResponseReturnValue:
    """Show an empty form."""
    return _form_page(blank_form({"match": "all"}))


@bp.post("/new")
@requires("core.segments")
def create() -> ResponseReturnValue:
    """Save a new segment."""
    return _saved(read_form(SegmentForm()))


@bp.get("/count")
@requires("core.segments")
def count() -> ResponseReturnValue:
    """Show how many customers fit the form as it stands; nothing is saved."""
    form, number = read_form(SegmentForm(), request.args), None
    if form.ok:
        try:
            number = queries.count(form.data["match"], read(form.data["conditions"]))
        except DomainError as refusal:
            form.refuse(refusal)
    page = render_template("segments/_count.html", number=number, form=form)
    return page, 200 if number is not None else 422


@bp.get("/lines")
@requires("core.segments")
def lines() -> ResponseReturnValue:
    """Show the conditions of the form as it stands: what can be asked follows what was chosen."""
    values = {name: text for name, text in request.args.items() if name != "name"}
    rows = [name[: -len("field")] for name in values if name.endswith("-field")]
    for row in rows:
        if not values[f"{row}field"]:
            values = {name: text for name, text in values.items() if not name.startswith(row)}
    return _form_page(Form(values=values))


@bp.get("/<uuid:segment_id>")
@requires("core.segments")
def record(segment_id: UUID) -> str:
    """List the customers of a segment; without a module that is off it says so instead."""
    row = queries.segment(segment_id)
    try:
        conditions, refusal = queries.conditions_of(row), None
    except SegmentIncomplete as incomplete:
        conditions, refusal = [], incomplete.message()
    after = request.args.get("after")
    page = queries.customers(row.match, conditions, PAGE, after)
    return render_template(
        "segments/record.html",
        segment=row,
        conditions=conditions,
        refusal=refusal,
        page=page,
        count=queries.count(row.match, conditions),
        balances=balances_of([each.id for each in page.items]),
    )


@bp.get("/<uuid:segment_id>/edit")
@requires("core.segments")
def edit(segment_id: UUID) -> ResponseReturnValue:
    """Show the conditions of a segment."""
    row = queries.segment(segment_id)
    values = {"name": row.name, "match": row.match, "version": row.version}
    return _form_page(blank_form({**values, "conditions": row.conditions}), row)


@bp.post("/<uuid:segment_id>/edit")
@requires("core.segments")
def change(segment_id: UUID) -> ResponseReturnValue:
    """Save the conditions of a segment."""
    return _saved(read_form(SegmentForm()), queries.segment(segment_id))


@bp.post("/<uuid:segment_id>/drop")
@requires("core.segments")
def drop(segment_id: UUID) -> ResponseReturnValue:
    """Drop a segment."""
    services.drop_segment(segment_id)
    flash(_("The segment is dropped; its customers stay what they are."), "good")
    return redirect(url_for("segments.index"), 303)


@bp.post("/<uuid:segment_id>/export/<any(csv, xlsx):kind>")
@requires("core.export")
def export(segment_id: UUID, kind: str) -> Response:
    """Give the customers of a segment as a table; who took it is noted."""
    target = io.BytesIO()
    writer = services.export(segment_id, kind, target)
    given = Response(target.getvalue(), content_type=writer.media_type)
    given.headers["Content-Disposition"] = f'attachment; filename="segment{writer.suffix}"'
    given.headers["Cache-Control"] = "no-store"
    return given


def _saved(form: Form, row: Segment | None = None) -> ResponseReturnValue:
    if form.ok:
        own: dict[str, Any] = dict(form.data)
        try:
            saved = services.save_segment(**own, segment_id=row.id if row else None)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            flash(_("Saved."), "good")
            return redirect(url_for("segments.record", segment_id=saved.id), 303)
    return _form_page(form, row)


def _form_page(form: Form, row: Segment | None = None) -> ResponseReturnValue:
    rows = form.rows("conditions", 0)
    first = max((int(each.split("-")[1]) for each in rows), default=-1) + 1
    spare = [f"conditions-{first + number}-" for number in range(_SPARE)]
    return answer(
        "segments/form.html", form, segment=row, rows=[*rows, *spare], fields=fields(), ops=OPS
    )


def _size(row: Segment) -> int | None:
    """Return how many customers a segment holds; None while that cannot be said."""
    if missing(row.conditions):
        return None
    return queries.count(row.match, queries.conditions_of(row))
