"""Style sheets and scripts: ours from static/, others' straight from their installed wheels."""

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from flask import Blueprint, Response, abort, g, send_from_directory, url_for

from core.web.icons import wheel_folder

#: What is served from wheels: name -> (distribution, package, file inside the package).
VENDORED = {
    "bootstrap.min.css": (
        "Bootstrap-Flask",
        "flask_bootstrap",
        "static/bootstrap5/css/bootstrap.min.css",
    ),
    "htmx.min.js": ("django-js-lib-htmx", "js_lib_htmx", "static/htmx/htmx.min.js"),
}
STATIC = Path(__file__).parent / "static"
_YEAR = 31_536_000

assets = Blueprint("assets", __name__)


@assets.get("/assets/vendor/<name>")
def vendor(name: str) -> Response:
    """Serve a file of an installed wheel; its version is in the address, so it never changes."""
    if name not in VENDORED:
        abort(404)
    _distribution, package, inside = VENDORED[name]
    return send_from_directory(wheel_folder(package), inside, max_age=_YEAR)


@assets.get("/assets/<digest>/<path:name>")
def own(digest: str, name: str) -> Response:
    """Serve one of our own files.

    The digest is part of the path, not of the query, so that an ES module's relative imports
    carry it too and an upgrade never mixes old scripts with new ones.
    """
    fresh = digest == static_digest()
    return send_from_directory(STATIC, name, max_age=_YEAR if fresh else 0)


def asset(name: str) -> str:
    """Return the address of a style sheet or script, good for a year in any cache."""
    if name in VENDORED:
        return url_for("assets.vendor", name=name, v=version(VENDORED[name][0]))
    return url_for("assets.own", digest=static_digest(), name=name)


def static_digest() -> str:
    """Return a digest that changes whenever one of our own static files does."""
    if "lamplit_static_digest" not in g:
        files = sorted(path for path in STATIC.rglob("*") if path.is_file())
        changed = tuple((path, path.stat().st_mtime_ns) for path in files)
        g.lamplit_static_digest = _digest(changed)
    return str(g.lamplit_static_digest)


@cache
def _digest(files: tuple[tuple[Path, int], ...]) -> str:
    return sha256(b"".join(path.read_bytes() for path, _changed in files)).hexdigest()[:12]
