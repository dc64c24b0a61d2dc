"""How a page is asked for: whole, or a part of it by htmx."""

from flask import request


def is_fragment() -> bool:
    """Whether htmx asks for a part of a page, so that menu and counts need not be drawn."""
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers


def is_live_refresh() -> bool:
    """Whether the screen re-reads itself; what is said to a person waits for her own next act."""
    return "Lamplit-Live" in request.headers
