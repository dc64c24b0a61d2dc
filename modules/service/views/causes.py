"""Which few causes make most of the complaints."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.people.identity import requires
from modules.service.queries.causes import FILTERS, counted
from modules.service.views.base import bp


@bp.get("/complaints/causes")
@requires("service.work")
def causes() -> ResponseReturnValue:
    """Count the complaints of a year by cause, kind, department, product or month."""
    asked = request.args.get("by", "")
    by = asked if asked in FILTERS else "cause"
    items = [(one.title, one.count, _cases(by, one.code)) for one in counted(by)]
    return render_template("service/causes.html", by=by, titles=_titles(), items=items)


def _cases(by: str, code: str) -> str:
    """Return the address of the complaints that one bar counts."""
    narrowed: dict[str, Any] = {"state": "all", FILTERS[by]: code}
    return url_for("service.complaints", **narrowed)


def _titles() -> dict[str, tuple[str, str]]:
    """Return each way to count, with the question it answers."""
    return {
        "cause": (_("By cause"), _("Which causes make most complaints?")),
        "product": (_("By product"), _("Which products make most complaints?")),
        "department": (_("By department"), _("In which departments do they arise?")),
        "kind": (_("By kind"), _("What do customers complain about?")),
        "month": (_("By month"), _("When do customers complain?")),
    }
