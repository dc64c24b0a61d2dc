"""The screen "Bus": how everybody stands, what happened, what failed, and what to do about it."""

import json
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

import bus
from bus.tables import bus_job
from core.db import db
from core.deals.queries import deal, deal_id
from core.doctor.nightly import last_checks
from core.errors import DomainError, NotFound
from core.log import services
from core.log.filters import Filter
from core.log.journeys import journey, teller
from core.people.identity import requires
from core.registry.naming import names_of_departments

bp = Blueprint("bus", __name__, url_prefix="/bus", template_folder="templates")
PAGE = 50


@bp.get("")
@requires("core.administer")
def index() -> str:
    """Show how every subscriber stands, and what people, jobs and the night found."""
    return render_template(
        "bus/index.html",
        loads=bus.loads(),
        names=names_of_departments(),
        acts=bus.acts(limit=12),
        job_titles={"bus.upkeep": _("Prove that nothing was missed"), **bus.job_titles()},
        jobs=db.session.execute(select(bus_job).order_by(bus_job.c.name)).all(),
        checks=last_checks(),
        unsent=bus.unsent_effects(),
    )


@bp.get("/dead")
@requires("core.administer")
def dead() -> str:
    """Show the dead letters, with what waits behind each."""
    rows = bus.deliveries(state="dead", before=_before(), limit=PAGE + 1)
    events = {row.pos: bus.event_by_id(row.event_id) for row in rows[:PAGE]}
    return render_template(
        "bus/dead.html",
        rows=rows[:PAGE],
        payloads={pos: pretty(event) for pos, event in events.items() if event},
        next=f"{rows[PAGE - 1].pos}.{rows[PAGE - 1].subscriber}" if len(rows) > PAGE else "",
        kinds=sorted({(row.subscriber, row.error_class or "") for row in rows}),
        names=names_of_departments(),
    )


@bp.get("/events")
@requires("core.administer")
def events() -> ResponseReturnValue:
    """List what happened, newest first, as far as it is asked for."""
    asked = Filter.read(request.args)
    before = request.args.get("after", type=int)
    rows = asked.events(before, PAGE + 1)
    page = render_template(
        "bus/events.html",
        asked=asked,
        rows=rows[:PAGE],
        next=rows[PAGE - 1].pos if len(rows) > PAGE else None,
        names=names_of_departments(),
        teller=teller,
    )
    return page, 422 if asked.errors else 200


@bp.get("/events/<uuid:event_id>")
@requires("core.administer")
def event(event_id: UUID) -> str:
    """Show one event, and who heard of it."""
    found = bus.event_by_id(event_id)
    if found is None:
        raise NotFound(event=str(event_id))
    return render_template(
        "bus/event.html",
        event=found,
        payload=pretty(found),
        deliveries=bus.deliveries(event_id=event_id),
        names=names_of_departments(),
        teller=teller(found),
    )


@bp.get("/orders/<number>")
@requires("core.administer")
def path(number: str) -> str:
    """Show one order's path through the departments."""
    return render_template(
        "bus/path.html",
        deal=deal(number),
        journey=journey(deal_id(number)),
        names=names_of_departments(),
    )


@bp.post("/subscribers/<name>/<any(pause, resume):verb>")
@requires("core.administer")
def hold(name: str, verb: str) -> ResponseReturnValue:
    """Pause a subscriber, with a reason, or go on with it."""
    act = services.pause if verb == "pause" else services.resume
    try:
        act(name, request.form.get("reason", ""))
    except DomainError as refusal:
        flash(refusal.message(), "bad")
    return redirect(url_for("bus.index"), 303)


@bp.post("/dead/<subscriber>/<uuid:event_id>/retry")
@requires("core.administer")
def retry(subscriber: str, event_id: UUID) -> ResponseReturnValue:
    """Try one dead letter anew."""
    services.retry(subscriber, event_id)
    flash(_("It is tried again now."), "good")
    return redirect(url_for("bus.dead"), 303)


@bp.post("/dead/<subscriber>/retry")
@requires("core.administer")
def retry_all(subscriber: str) -> ResponseReturnValue:
    """Try anew all dead letters of one error."""
    count = services.retry_all(subscriber, request.form.get("error", ""))
    flash(ngettext("%(num)s is tried again now.", "%(num)s are tried again now.", count), "good")
    return redirect(url_for("bus.dead"), 303)


@bp.post("/dead/<subscriber>/<uuid:event_id>/skip")
@requires("core.administer")
def skip(subscriber: str, event_id: UUID) -> ResponseReturnValue:
    """Give one dead letter up, with a reason."""
    try:
        services.skip(subscriber, event_id, request.form.get("reason", ""))
    except DomainError as refusal:
        flash(refusal.message(), "bad")
    else:
        flash(_("It is given up; what waited behind it goes on."), "good")
    return redirect(url_for("bus.dead"), 303)


@bp.post("/effects/<any(retry, skip):verb>")
@requires("core.administer")
def effect(verb: str) -> ResponseReturnValue:
    """Send once more what could not be sent, or give it up."""
    key = request.form.get("key", "")
    try:
        if verb == "retry":
            services.retry_effect(key)
        else:
            services.skip_effect(key, request.form.get("reason", ""))
    except DomainError as refusal:
        flash(refusal.message(), "bad")
    return redirect(url_for("bus.index"), 303)


def pretty(event: bus.Envelope) -> str:
    """Return what an event says, to be read by a person."""
    return json.dumps(event.payload, ensure_ascii=False, indent=2)


def _before() -> tuple[int, str] | None:
    place, _dot, subscriber = request.args.get("after", "").partition(".")
    return (int(place), subscriber) if place.isdecimal() else None
