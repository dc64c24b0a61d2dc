"""Bring everything to everybody at once, without workers: what a test waits for, it does itself."""

from flask import Flask

import bus
from bus.subscriptions import subscriptions


def deliver_everything(app: Flask) -> int:
    """Deliver until nothing waits, also what modules switched on again have missed."""
    with app.app_context():
        delivered = bus.drain_all()
        for module in sorted(set(subscriptions.subscribers().values())):
            bus.catch_up(module)
        return delivered + bus.drain_all()
