"""Knows another department, and the web."""

from flask import request

import modules.sales.events


def break_it() -> str:
    """Break something."""
    return f"{request} {modules.sales.events}"
