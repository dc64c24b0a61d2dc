"""The owner's settings: how long each step may take, and who may promise how much."""

from decimal import Decimal

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import fields

from core.api.fields import MoneyField, QuantityField
from core.errors import DomainError
from core.people.identity import requires
from core.schemas import Schema
from core.web.forms import Form, answer, blank_form, read_form
from modules.service.models.complaints import STEPS
from modules.service.queries.limits import holders
from modules.service.queries.norms import GRADES, step_times
from modules.service.services.norms import set_limits, set_step_times
from modules.service.views.base import bp
from modules.service.views.words import step_titles

_HOUR = Decimal(60)


@bp.get("/complaints/rules")
@requires("service.set_rules")
def rules() -> ResponseReturnValue:
    """Show the times and limits that hold."""
    hours = {
        f"{grade}_{step}": Decimal(minutes) / _HOUR
        for grade, steps in step_times().items()
        for step, minutes in steps.items()
    }
    shown = {name: f"{value:.2f}".rstrip("0").rstrip(".") for name, value in hours.items()}
    return _page(blank_form({**shown, **{one.holder: one.amount for one in holders()}}))


@bp.post("/complaints/rules")
@requires("service.set_rules")
def set_rules() -> ResponseReturnValue:
    """Keep them for every step that begins from now on."""
    form = read_form(_schema())
    if form.ok:
        try:
            set_step_times(
                {
                    grade: {step: int(form.data[f"{grade}_{step}"] * 60) for step in STEPS}
                    for grade in GRADES
                }
            )
            set_limits({one.holder: form.data[one.holder] for one in holders()})
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            flash(_("Saved."), "good")
            return redirect(url_for("service.rules"), 303)
    return _page(form)


def _schema() -> Schema:
    times = {
        f"{grade}_{step}": QuantityField(required=True, positive=True)
        for grade in GRADES
        for step in STEPS
    }
    limits = {one.holder: MoneyField(load_default=None) for one in holders()}
    named: dict[str, fields.Field[Decimal]] = {**times, **limits}
    return Schema.from_dict(named, name="RulesForm")()  # type: ignore[return-value]


def _page(form: Form) -> tuple[str, int]:
    titles = {"A": _("Grade A"), "B": _("Grade B"), "C": _("Grade C"), "safety": _("Danger")}
    return answer(
        "service/rules.html",
        form,
        grades=[(grade, titles[grade]) for grade in GRADES],
        steps=[(step, step_titles()[step]) for step in STEPS],
        holders=holders(),
    )
