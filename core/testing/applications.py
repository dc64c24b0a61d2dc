"""Applications for tests."""

from core.app import Lamplit, connect_bus, create_app
from core.config import Settings
from core.db import db
from core.testing.clients import ScreenClient


def made(settings: Settings) -> Lamplit:
    """Return a new application whose clients behave like browsers."""
    app = create_app(settings)
    app.test_client_class = ScreenClient
    app.testing = True
    return app


def connected(app: Lamplit, settings: Settings) -> Lamplit:
    """Return an application made before, as if it had just been made for these settings."""
    app.extensions["lamplit_settings"] = settings
    connect_bus(app)
    return app


def dispose(app: Lamplit) -> None:
    """Give back every connection, so that the database can be taken away."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
