"""How long each step may take: the owner's settings, and presets where nobody has set one.

Presets follow what good service departments promise (GB/T 19012, GB/T 27922): short times in hours
of the working calendar, 24 hours and more in its days of nine hours. A case in which somebody may
be hurt runs by the clock on the wall.
"""

from typing import Final

from sqlalchemy import select

from core.db import db
from modules.service.models import Complaint, StepTime
from modules.service.models.complaints import (
    AGREE,
    CARRY_OUT,
    CAUSE,
    HEAR,
    PROPOSE,
    REVIEW,
    STEPS,
)

SAFETY: Final = "safety"
#: Who was graded nothing is treated as an ordinary customer.
ORDINARY: Final = "B"
GRADES: Final = ("A", ORDINARY, "C", SAFETY)
WORKING_DAY: Final = 9 * 60
#: Within how many days after closing it is the same complaint.
SAME_COMPLAINT_DAYS: Final = 7

#: First call, plan told to the customer, solved, and the call after it; between them the inner
#: steps take their share.
PRESETS: Final[dict[str, dict[str, int]]] = {
    "A": {HEAR: 60, CAUSE: 180, PROPOSE: 210, AGREE: 240, CARRY_OUT: 1080, REVIEW: 540},
    "B": {HEAR: 120, CAUSE: 360, PROPOSE: 420, AGREE: 480, CARRY_OUT: 1620, REVIEW: 1080},
    "C": {HEAR: 240, CAUSE: 420, PROPOSE: 480, AGREE: 540, CARRY_OUT: 3780, REVIEW: 1620},
    SAFETY: {HEAR: 30, CAUSE: 90, PROPOSE: 105, AGREE: 120, CARRY_OUT: 4320, REVIEW: 1440},
}


def grade_of(complaint: Complaint) -> str:
    """Return by which column of the norms a complaint goes."""
    if complaint.safety:
        return SAFETY
    return complaint.grade if complaint.grade in GRADES else ORDINARY


def minutes_for(grade: str, step: str) -> int:
    """Return how many minutes a step may take from when its clock began."""
    row = db.session.get(StepTime, (grade, step))
    return row.minutes if row is not None else PRESETS[grade][step]


def step_times() -> dict[str, dict[str, int]]:
    """Return the minutes of every step, by grade."""
    found = {grade: dict(times) for grade, times in PRESETS.items()}
    for row in db.session.scalars(select(StepTime)):
        if row.grade in found and row.step in STEPS:
            found[row.grade][row.step] = row.minutes
    return found
