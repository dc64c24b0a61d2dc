"""The page "What is told": every event, what it says, who tells it and who listens."""

from flask import Blueprint, render_template

from core.contracts.queries import contracts
from core.people.identity import requires
from core.registry.naming import names_of_departments

bp = Blueprint("contracts", __name__, url_prefix="/bus/kinds", template_folder="templates")


@bp.get("")
@requires("core.administer")
def index() -> str:
    """Show every kind of event."""
    return render_template(
        "contracts/index.html", contracts=contracts(), names=names_of_departments()
    )
