"""The screen "Our company": its name, address and numbers."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.company import company
from core.letterhead.schemas import LetterheadForm
from core.letterhead.services import FIELDS, write_letterhead
from core.people import requires
from core.web.forms import answer, blank_form, read_form

bp = Blueprint("letterhead", __name__, url_prefix="/company", template_folder="templates")


@bp.get("")
@requires("core.administer")
def show() -> ResponseReturnValue:
    """Show what the company says of itself."""
    values = {name: getattr(company(), name) for name in FIELDS}
    return answer("letterhead/form.html", blank_form(values))


@bp.post("")
@requires("core.administer")
def write() -> ResponseReturnValue:
    """Keep what the company says of itself."""
    form = read_form(LetterheadForm())
    if not form.ok:
        return answer("letterhead/form.html", form)
    write_letterhead(**form.data)
    flash(_("Saved."), "good")
    return redirect(url_for("letterhead.show"), 303)
