"""The theme of the screens: light, dark, or as the device says."""

from typing import Final

from flask import request
from flask_babel import lazy_gettext as _l

COOKIE: Final = "lamplit_theme"
#: Theme -> (what it is called, its icon).
THEMES: Final = {
    "auto": (_l("Like the device"), "circle-half"),
    "light": (_l("Light"), "sun"),
    "dark": (_l("Dark"), "moon-stars"),
}


def current_theme() -> str:
    """Return the theme; it is drawn by the server, so no page flashes in the wrong one."""
    chosen = request.cookies.get(COOKIE, "auto")
    return chosen if chosen in THEMES else "auto"
