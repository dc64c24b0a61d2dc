"""Screens of grades: the rules with what they would do, and one customer's grade."""

from collections.abc import Iterable
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.company import company
from core.errors import DomainError, InvalidInput
from core.grades import queries, services
from core.grades.rules import GRADES, Rule, preview
from core.grades.schemas import GradeRuleForm, LockSchema, StageSchema
from core.grades.story import stages, story
from core.people import requires
from core.tasks.rank import grades_of
from core.web.forms import Form, answer, blank_form, read_form

bp = Blueprint("grades", __name__, url_prefix="/grades", template_folder="templates")


@bp.get("")
@requires("core.grades")
def index() -> ResponseReturnValue:
    """Show the rules that count, and how many customers are of each grade."""
    saved = queries.current_rule()
    rule = Rule.of(saved.settings) if saved else Rule()
    form = blank_form(vars(rule))
    form.data = {"rule": rule}
    return _page(form)


@bp.post("")
@requires("core.grades")
def save() -> ResponseReturnValue:
    """Let other rules count."""
    form = read_form(GradeRuleForm())
    if form.ok:
        try:
            services.save_rule(form.data["rule"])
        except InvalidInput as refusal:
            form.refuse(refusal)
        else:
            flash(_("Saved. Customers are graded by it in the coming night."), "good")
            return redirect(url_for("grades.index"), 303)
    return _page(form)


@bp.get("/preview")
@requires("core.grades")
def try_rule() -> ResponseReturnValue:
    """Show how many customers the rules in the form would make A, B and C; nothing is saved."""
    form = _checked(read_form(GradeRuleForm(), request.args))
    counts = preview(form.data["rule"]) if form.ok else None
    context = {"counts": counts, "now": queries.grade_counts(), "form": form}
    return render_template("grades/_preview.html", **context), 200 if form.ok else 422


@bp.app_template_global("stage_names")
def stage_names() -> dict[str, str]:
    """Return what the stages are called."""
    return stages()


@bp.app_template_global("grades_of")
def graded(customer_ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Return the grades of customers who are named in a list, and remember them for the page."""
    found = grades_of(customer_ids)
    g.setdefault("lamplit_grades", {}).update(found)
    return found


@bp.app_template_global("grade_of")
def grade_of(customer_id: UUID) -> str:
    """Return the grade of one customer who is named on the page."""
    known: dict[UUID, str] = g.setdefault("lamplit_grades", {})
    return known[customer_id] if customer_id in known else graded([customer_id])[customer_id]


@bp.get("/customers/<uuid:customer_id>")
def customer(customer_id: UUID) -> ResponseReturnValue:
    """Show a customer's grade, why it is so, and how it has changed."""
    return _customer_page(customer_id, blank_form())


@bp.post("/customers/<uuid:customer_id>/lock")
@requires("core.grades")
def lock(customer_id: UUID) -> ResponseReturnValue:
    """Fix a customer's grade."""
    form = read_form(LockSchema())
    if form.ok:
        try:
            services.lock_grade(customer_id, **form.data)
        except InvalidInput as refusal:
            form.refuse(refusal)
        else:
            return _back(customer_id, _("The grade is fixed."))
    return _customer_page(customer_id, form)


@bp.post("/customers/<uuid:customer_id>/unlock")
@requires("core.grades")
def unlock(customer_id: UUID) -> ResponseReturnValue:
    """Let the rules decide again."""
    services.unlock_grade(customer_id)
    return _back(customer_id, _("The rules decide again, in the coming night."))


@bp.post("/customers/<uuid:customer_id>/stage")
@requires("core.edit_customers")
def stage(customer_id: UUID) -> ResponseReturnValue:
    """Say how near somebody is who has bought nothing yet."""
    form = read_form(StageSchema())
    if form.ok:
        try:
            services.set_stage(customer_id, form.data["stage"])
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return _back(customer_id, _("Saved."))
    return _customer_page(customer_id, form)


def _checked(form: Form) -> Form:
    if form.ok and (errors := services.contradictions(form.data["rule"])):
        form.refuse(InvalidInput(errors))
    return form


def _page(form: Form) -> ResponseReturnValue:
    rule = form.data.get("rule") if form.ok else None
    return answer(
        "grades/rules.html",
        form,
        counts=preview(rule) if rule else None,
        now=queries.grade_counts(),
        rules=queries.saved_rules(),
        currency=company().currency,
    )


def _customer_page(customer_id: UUID, form: Form) -> ResponseReturnValue:
    one = queries.standing(customer_id)
    return answer(
        "grades/customer.html",
        form,
        one=one,
        customer=one.customer,
        story=story(queries.changes(customer_id)),
        grades=GRADES,
        by_hand=services.BY_HAND,
        currency=company().currency,
    )


def _back(customer_id: UUID, said: str) -> ResponseReturnValue:
    flash(said, "good")
    return redirect(url_for("grades.customer", customer_id=customer_id), 303)
