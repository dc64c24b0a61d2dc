"""Pages of service that need no account: a customer registers her warranty on her phone.

They read nothing from the books: what is shown is only what the visitor has typed herself.
"""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.errors import DomainError
from core.people.identity import public
from core.web.forms import Form, answer, blank_form, read_form
from modules.service.schemas.warranties import RegistrationSchema
from modules.service.services.warranties import register_by_customer
from modules.service.services.warranties.registrant import LONGEST_SERIAL
from modules.service.views.base import public_bp


@public_bp.get("/w")
@public
def register() -> ResponseReturnValue:
    """Show the form; the code on the card brings the serial number with it."""
    return _page(blank_form({"serial": request.args.get("s", "")[:LONGEST_SERIAL]}))


@public_bp.post("/w")
@public
def send_registration() -> ResponseReturnValue:
    """Take a registration; whatever becomes of it, the visitor is told the same."""
    form = read_form(RegistrationSchema())
    if form.ok:
        try:
            register_by_customer(form.data["serial"], form.data["who"], request.remote_addr or "")
        except DomainError as refusal:
            page, _status = _page(form.refuse(refusal))
            return page, refusal.status
        return redirect(url_for("service_public.registered"), 303)
    return _page(form)


@public_bp.get("/w/thanks")
@public
def registered() -> ResponseReturnValue:
    """Say thank you, and nothing else."""
    return render_template("service/public_registered.html")


def _page(form: Form) -> tuple[str, int]:
    return answer("service/public_register.html", form)
