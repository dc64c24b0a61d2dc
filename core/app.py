"""The composition root: puts settings, database, bus, core and modules together."""

from functools import partial
from typing import Any

from flask import Flask, Response, request
from flask.typing import ResponseReturnValue
from werkzeug.middleware.proxy_fix import ProxyFix

import bus
import core.api.app
import core.api.problems
import core.live
import core.web
from bus import subscribers
from bus.outbox import before_publish, on_publish
from core import clock
from core.company import secret_key
from core.config import CHECKOUT, Settings
from core.db import attach_app, db, looking, noting, read_only, reading, unit_of_work
from core.deals import projection
from core.messages import wordings
from core.monitoring import logs
from core.monitoring.figures import BusFigures
from core.people import identity
from core.people import setup as people
from core.promises import services as promises
from core.registry import menu, switchboard, wiring
from core.registry.discovery import discover

SAFE_METHODS = frozenset(("GET", "HEAD", "OPTIONS"))


class Lamplit(Flask):
    """Flask with this project's transaction rule: one request, one transaction, at the edge.

    A safe method never writes. Any other runs in one write transaction that is committed when
    the view answers below 400; who asks is found out before, in a read transaction, so that
    writers hold the database for no longer than the act takes.
    """

    def full_dispatch_request(self) -> Response:
        """Answer a request; everything outside the view itself only reads."""
        with read_only():
            return super().full_dispatch_request()

    def dispatch_request(self) -> ResponseReturnValue:
        """Run the view in its transaction."""
        if request.method in SAFE_METHODS:
            return super().dispatch_request()
        db.session.rollback()
        with read_only(False):
            try:
                response = self.make_response(super().dispatch_request())
                if response.status_code < 400:
                    db.session.commit()
                return response
            finally:
                db.session.rollback()


def create_app(settings: Settings | None = None) -> Lamplit:
    """Return the application on a migrated database, with every installed module wired in.

    Whether a module is on is asked in each request; wiring happens once.
    """
    settings = settings or Settings.from_environment()
    app = Lamplit("lamplit", root_path=str(CHECKOUT / "core" / "web"), static_folder=None)
    app.config.update(_configuration(settings))
    app.extensions["lamplit_settings"] = settings
    if settings.proxies:  # an address that nobody of ours has written is never believed
        behind = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)
        app.wsgi_app = behind  # type: ignore[method-assign]
    modules = app.extensions["lamplit_modules"] = discover(settings.addons)
    db.init_app(app)
    attach_app(app)
    wiring.load_declarations(modules.values())
    connect_bus(app)
    with reading(app):
        app.secret_key = secret_key()
    _mount(app)
    with unit_of_work(app):
        subscribers.install()
        switchboard.register()
        promises.install()
        wordings.install()
    return app


def connect_bus(app: Flask) -> None:
    """Tell the bus in whose database, by whose clock and for whom it works from now on."""
    bus.connect(
        session=db.session,
        unit_of_work=partial(unit_of_work, app),
        actor=_actor,
        clock=clock.now,
        reading=partial(reading, app),
        noting=partial(noting, app),
        looking=partial(looking, app),
        surroundings=app.app_context,
        is_on=switchboard.is_on,
        correlation=logs.correlation,
        observer=BusFigures(),
    )
    before_publish(projection.hold)
    on_publish(projection.project)


def _actor() -> str | None:
    person = identity.current_person_or_none()
    return person.name if person else None


def _mount(app: Lamplit) -> None:
    """Register what answers requests: the gate first, then who asks, then screens and REST."""
    modules = app.extensions["lamplit_modules"].values()
    logs.init_app(app)
    app.before_request(switchboard.gate)
    core.web.init_app(app)
    people.init_app(app)
    core.live.init_app(app)
    menu.init_app(app)
    owners = wiring.mount_screens(app, modules)
    blueprints = []
    for owner, blueprint in wiring.apis(modules):
        blueprints.append(blueprint)
        if owner:
            owners[blueprint.name] = owner
    core.api.app.init_app(app, blueprints)
    app.extensions["lamplit_owners"] = owners
    core.api.problems.init_app(app)


def _configuration(settings: Settings) -> dict[str, Any]:
    return {
        "SQLALCHEMY_DATABASE_URI": settings.url,
        "SQLALCHEMY_ENGINE_OPTIONS": {"pool_size": 20, "max_overflow": 20},
        "MAX_CONTENT_LENGTH": 64 * 1024 * 1024,
        "SESSION_COOKIE_SAMESITE": "Lax",
    }
