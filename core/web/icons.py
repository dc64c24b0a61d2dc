"""Icons drawn into the page, from the sprite that Bootstrap-Flask's wheel carries.

The sprite weighs 1.1 MB: it is read once here instead of once by every browser.
"""

import logging
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from markupsafe import Markup

log = logging.getLogger(__name__)

_HIDDEN = Markup('aria-hidden="true"')
_SYMBOL = re.compile(r'<symbol class="[^"]*" viewBox="([^"]+)" id="([^"]+)">(.*?)</symbol>', re.S)


def wheel_folder(package: str) -> Path:
    """Return where an installed package keeps its files, without importing it."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"{package} is not installed")
    return Path(spec.submodule_search_locations[0])


@cache
def _sprite() -> dict[str, tuple[str, Markup]]:
    file = wheel_folder("flask_bootstrap") / "static/bootstrap5/icons/bootstrap-icons.svg"
    return {
        name: (view_box, Markup(body))  # noqa: S704 - the wheel's own drawing, nobody's input
        for view_box, name, body in _SYMBOL.findall(file.read_text(encoding="utf-8"))
    }


def exists(name: str) -> bool:
    """Whether there is an icon of this name."""
    return name in _sprite()


@cache
def icon(name: str, label: str = "", css: str = "") -> Markup:
    """Return the icon as inline SVG; hidden from screen readers unless it carries a label."""
    if not exists(name):
        # A slip in somebody's module must not take the whole menu away.
        log.error("no Bootstrap icon is called %r", name)
    view_box, body = _sprite().get(name) or _sprite()["dot"]
    meaning = Markup('role="img" aria-label="{}"').format(label) if label else _HIDDEN
    return Markup(
        '<svg class="icon {}" viewBox="{}" fill="currentColor" focusable="false" {}>{}</svg>'
    ).format(css, view_box, meaning, body)
