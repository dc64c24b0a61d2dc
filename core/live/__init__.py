"""Tells open screens what changed, so that they re-read it within a second."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Give the application its watcher; the web server starts it."""
    # Imported late: services of every package use core.live.hints, and the watcher needs people.
    from core.live.watcher import Watcher

    app.extensions["lamplit_live"] = Watcher(app)
