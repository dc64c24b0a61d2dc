"""Tells open screens what changed, so that they re-read it within a second."""

from flask import Flask

from core.live.watcher import Watcher


def init_app(app: Flask) -> None:
    """Give the application its watcher; the web server starts it."""
    app.extensions["lamplit_live"] = Watcher(app)
