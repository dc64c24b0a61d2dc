"""What a page is asked for: whole, or a part of it by htmx."""

from flask import request


def is_fragment() -> bool:
    """Whether htmx asks for a part of a page, so that menu and counts need not be drawn."""
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers
