"""Knows another department, and the web."""

from flask import request

import modules.sales.services.orders


def break_it() -> str:
    """Break something."""
    return f"{request} {modules.sales.services.orders}"
