"""Open to everybody, or to nobody."""

from flask import Blueprint

from core.people import requires

bp = Blueprint("broken", __name__, url_prefix="/broken")


@bp.get("/open")
def open_to_all() -> str:
    """Show everything to everybody."""
    return "everything"


@bp.get("/odd")
@requires("core.administer")
def odd() -> str:
    """Fail without the others."""
    raise RuntimeError("broken")


@bp.get("/imagined")
@requires("broken.imagined")
def imagined() -> str:
    """Ask for what nobody can be given."""
    return ""
