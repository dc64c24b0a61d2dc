"""Set how long each step may take, and what each person may promise alone."""

from collections.abc import Mapping
from decimal import Decimal

from flask_babel import gettext as _

from core.db import db
from core.errors import InvalidInput
from modules.service.models import Limit, StepTime
from modules.service.models.complaints import REVIEW, STEPS
from modules.service.queries.limits import holders
from modules.service.queries.norms import GRADES

_YEAR = 366 * 24 * 60


def set_step_times(times: Mapping[str, Mapping[str, int]]) -> None:
    """Set the minutes of steps by grade; what is not named stays. Counts for steps that begin now.

    Raises:
        InvalidInput: naming every time that cannot hold: each step is due after the one before.
    """
    errors: dict[str, str] = {}
    for grade, steps in times.items():
        errors |= {f"{grade}_{step}": text for step, text in _wrong(steps).items()}
    if errors:
        raise InvalidInput(errors)
    named = [(grade, step, minutes) for grade, steps in times.items()
             for step, minutes in steps.items() if grade in GRADES and step in STEPS]  # fmt: skip
    for grade, step, minutes in named:
        db.session.merge(StepTime(grade=grade, step=step, minutes=minutes))
    db.session.flush()


def set_limits(limits: Mapping[str, Decimal | None]) -> None:
    """Set limits of roles and persons; None takes a person's own away.

    Raises:
        InvalidInput: naming every holder that does not exist.
    """
    known = {one.holder for one in holders()}
    errors = {
        holder: _("Choose a role of service or somebody who looks after complaints.")
        for holder in limits
        if holder not in known
    }
    if errors:
        raise InvalidInput(errors)
    for holder, amount in limits.items():
        if amount is not None:
            db.session.merge(Limit(holder=holder, amount=amount))
        elif row := db.session.get(Limit, holder):
            db.session.delete(row)
    db.session.flush()


def _wrong(steps: Mapping[str, int]) -> dict[str, str]:
    errors: dict[str, str] = {}
    before = 0
    for step in STEPS:
        minutes = steps.get(step, before or 1)
        if not 0 < minutes <= _YEAR:
            errors[step] = _("Enter a time above zero and below a year.")
        elif step != REVIEW and minutes < before:
            errors[step] = _("It cannot be due before the step before it.")
        before = minutes
    return errors
