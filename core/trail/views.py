"""The screen of the trail; and the step that is noted when somebody has opened a card."""

from uuid import UUID

from flask import Blueprint, Response, g, request
from flask.typing import ResponseReturnValue

from core.customers.models import Customer
from core.customers.queries import customer
from core.db import db, unit_of_work
from core.errors import DomainError
from core.people import current_person_or_none, requires
from core.people.queries import colleagues
from core.trail.labels import WHAT
from core.trail.queries import Asked, trail
from core.trail.schemas import TrailArgs
from core.trail.services import note_opened
from core.web.forms import Form, answer, read_form

bp = Blueprint("trail", __name__, url_prefix="/trail", template_folder="templates")
PAGE = 50
_FILTERS = ("person_id", "what", "customer_id", "since", "until")


@bp.get("")
@requires("core.trail")
def index() -> ResponseReturnValue:
    """List who looked at what, newest first, as far as it is asked for."""
    form = read_form(TrailArgs(), {name: text for name, text in request.args.items() if text})
    asked = Asked(**{name: form.data[name] for name in _FILTERS}) if form.ok else None
    page = trail(asked, PAGE, form.data["after"]) if asked else None
    return answer(
        "trail/index.html",
        form,
        page=page,
        what=WHAT,
        people=[(str(each.id), each.name) for each in colleagues()],
        card=_card(form),
        filtered=any(form.value(name) for name in _FILTERS),
    )


@bp.after_app_request
def note(response: Response) -> Response:
    """Note who has opened a card, in a short transaction after the request's own."""
    opened: UUID | None = g.pop("lamplit_opened_card", None)
    person = current_person_or_none()
    if opened is not None and person is not None and response.status_code == 200:
        db.session.rollback()  # the request has read what it needs
        with unit_of_work():
            note_opened(opened, person.id)
    return response


def _card(form: Form) -> Customer | None:
    customer_id = form.data.get("customer_id")
    try:
        return customer(customer_id) if customer_id else None
    except DomainError:
        return None
