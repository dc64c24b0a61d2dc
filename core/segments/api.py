"""Segments, for programs."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from core.api.paging import answer
from core.people import requires
from core.segments import queries, services
from core.segments.conditions import read
from core.segments.fields import OPS, fields
from core.segments.models import Segment
from core.segments.schemas import (
    SegmentCustomerPage,
    SegmentFieldsSchema,
    SegmentForm,
    SegmentPageArgs,
    SegmentSchema,
    SegmentSizeSchema,
    SegmentsSchema,
    SegmentTrialSchema,
)

blp = Blueprint(
    "segments-api",
    __name__,
    url_prefix="/api/v1/segments",
    description="Saved filters over customers: card, purchases, and what departments know.",
)


@blp.get("")
@blp.response(200, SegmentsSchema)
@requires("core.segments")
def segments() -> dict[str, Any]:
    """List the segments by name."""
    return {"items": queries.segments()}


@blp.get("/fields")
@blp.response(200, SegmentFieldsSchema)
@requires("core.segments")
def known_fields() -> dict[str, Any]:
    """Return by what customers can be found, and what can be asked of each."""
    return {
        "items": [
            {
                "name": each.name,
                "title": str(each.title),
                "type": each.type,
                "ops": [op for op, _words, _value in OPS[each.type]],
                "options": [code for code, _words in each.options],
                "module": each.module,
                "available": each.available,
            }
            for each in fields().values()
        ]
    }


@blp.post("")
@blp.arguments(SegmentForm())
@blp.response(201, SegmentSchema)
@requires("core.segments")
def create(entered: dict[str, Any]) -> Segment:
    """Save a segment."""
    return services.save_segment(entered["name"], entered["match"], entered["conditions"])


@blp.post("/count")
@blp.arguments(SegmentTrialSchema())
@blp.response(200, SegmentSizeSchema)
@requires("core.segments")
def try_segment(entered: dict[str, Any]) -> dict[str, int]:
    """Count who would be in a segment; nothing is saved."""
    return {"count": queries.count(entered["match"], read(entered["conditions"]))}


@blp.get("/<uuid:segment_id>")
@blp.response(200, SegmentSchema)
@requires("core.segments")
def one(segment_id: UUID) -> Segment:
    """Return a segment."""
    return queries.segment(segment_id)


@blp.patch("/<uuid:segment_id>")
@blp.arguments(SegmentForm())
@blp.response(200, SegmentSchema)
@requires("core.segments")
def change(entered: dict[str, Any], segment_id: UUID) -> Segment:
    """Change a segment."""
    return services.save_segment(**entered, segment_id=segment_id)


@blp.post("/<uuid:segment_id>/drop")
@blp.response(200, SegmentSchema)
@requires("core.segments")
def drop(segment_id: UUID) -> Segment:
    """Drop a segment, and return it as it was."""
    row = queries.segment(segment_id)
    services.drop_segment(segment_id)
    return row


@blp.get("/<uuid:segment_id>/customers")
@blp.arguments(SegmentPageArgs(), location="query")
@blp.response(200, SegmentCustomerPage)
@requires("core.segments")
def customers(args: dict[str, Any], segment_id: UUID) -> dict[str, Any]:
    """List the customers of a segment in the order of their names."""
    row = queries.segment(segment_id)
    return answer(queries.customers(row.match, queries.conditions_of(row), **args))
