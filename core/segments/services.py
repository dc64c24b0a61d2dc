"""What can be done with segments: saved, changed, dropped, and taken out of the house."""

from collections.abc import Mapping, Sequence
from typing import IO
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from core.clock import now
from core.customers.access import note_access
from core.customers.models import Customer
from core.db import db
from core.errors import Forbidden, InvalidInput
from core.ids import new_id
from core.imports.writing import CsvWriter, TableWriter, XlsxWriter
from core.people import current_person, may
from core.segments.conditions import MATCHES, read
from core.segments.errors import SegmentNameTaken
from core.segments.models import Segment
from core.segments.queries import conditions_of, count, everybody, segment
from core.text import tidy
from core.versions import claim

LONGEST_NAME = 120
FORMATS: dict[str, type[CsvWriter] | type[XlsxWriter]] = {"csv": CsvWriter, "xlsx": XlsxWriter}


def save_segment(
    name: str,
    match: str,
    conditions: Sequence[Mapping[str, str]],
    *,
    segment_id: UUID | None = None,
    version: int | None = None,
) -> Segment:
    """Save a new segment, or change one.

    Raises:
        InvalidInput: naming every field that must be corrected.
        SegmentNameTaken: when another one is called so.
        EditedMeanwhile: when somebody saved it after that version.
    """
    name = _checked_name(name)
    if match not in MATCHES:
        raise InvalidInput({"match": _("Choose all or any.")})
    asked = read(conditions)
    same = db.session.scalar(select(Segment).where(Segment.name == name))
    if same is not None and same.id != segment_id:
        raise SegmentNameTaken
    if segment_id is None:
        row = Segment(id=new_id())
        db.session.add(row)
    else:
        row = segment(segment_id)
        claim(row, version)
    row.name, row.match, row.saved_at = name, match, now()
    row.conditions = [
        {"field": each.field.name, "op": each.op, "value": each.entered} for each in asked
    ]
    row.saved_by = current_person().name
    db.session.flush()
    return row


def drop_segment(segment_id: UUID) -> None:
    """Drop a segment; its customers stay what they are."""
    db.session.delete(segment(segment_id))


def export(segment_id: UUID, format_: str, target: IO[bytes]) -> TableWriter:
    """Write the customers of a segment as a table, and note who took how many out of the house.

    Raises:
        Forbidden: without the permission to take lists out.
        SegmentIncomplete: when a module is off that knows a part of what is asked.
    """
    if not may("core.export"):
        raise Forbidden(permission="core.export")
    row = segment(segment_id)
    number = count(row.match, conditions_of(row))
    note_access("export", detail=f"{row.name}: {number} ({format_})")
    db.session.flush()
    writer = FORMATS[format_](target)
    writer.row([_("Name"), _("Grade"), _("Area"), _("Phone"), _("Address")])
    for customer in everybody(row):
        writer.row(_cells(customer))
    writer.close()
    return writer


def _cells(customer: Customer) -> list[str]:
    return [customer.name, customer.grade, customer.area, customer.phone, customer.address]


def _checked_name(name: str) -> str:
    name = tidy(name)
    if not name:
        raise InvalidInput({"name": _("Give the segment a name.")})
    if len(name) > LONGEST_NAME:
        raise InvalidInput({"name": _("Enter at most %(number)s characters.", number=LONGEST_NAME)})
    return name
