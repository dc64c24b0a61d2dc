"""The screen "Modules": what is on, who listens, what waits, and the switches."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.people.identity import current_person, requires
from core.registry import switchboard
from core.registry.consequences import consequences

bp = Blueprint("modules", __name__, url_prefix="/modules", template_folder="templates")


@bp.get("")
@requires("core.administer")
def index() -> ResponseReturnValue:
    """Show every installed module."""
    states = switchboard.states()
    return render_template(
        "modules/index.html",
        states=[(each, consequences(each.module)) for each in states],
        titles={each.name: each.module.manifest.title for each in states},
    )


@bp.post("/<name>/enable")
@requires("core.administer")
def enable(name: str) -> ResponseReturnValue:
    """Switch a module on."""
    switchboard.enable(name, current_person().name)
    title = switchboard.installed()[name].manifest.title
    flash(_("%(module)s is on and catches up with what it missed.", module=title), "good")
    return redirect(url_for("modules.index"), 303)


@bp.post("/<name>/disable")
@requires("core.administer")
def disable(name: str) -> ResponseReturnValue:
    """Switch a module off."""
    switchboard.disable(name, current_person().name)
    title = switchboard.installed()[name].manifest.title
    flash(_("%(module)s is off. What happens meanwhile waits for it.", module=title), "good")
    return redirect(url_for("modules.index"), 303)
