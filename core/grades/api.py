"""Grades, for programs."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from core.grades import queries, services
from core.grades.rules import Rule, preview
from core.grades.schemas import (
    CustomerGradeSchema,
    GradeCountsSchema,
    GradeRuleSchema,
    LockSchema,
    SavedRuleSchema,
    StageSchema,
)
from core.people import requires

blp = Blueprint(
    "grades-api",
    __name__,
    url_prefix="/api/v1/grades",
    description="How customers are graded A, B and C, and how near they are.",
)


@blp.get("")
@blp.response(200, GradeCountsSchema)
def counts() -> dict[str, Any]:
    """Return how many customers are of each grade."""
    return _counted(queries.grade_counts())


@blp.get("/rule")
@blp.response(200, SavedRuleSchema)
@requires("core.grades")
def rule() -> dict[str, Any]:
    """Return the rules that count; the presets before any were saved."""
    saved = queries.current_rule()
    rule = Rule.of(saved.settings) if saved else Rule()
    return {
        "rule": vars(rule),
        "saved_at": saved.saved_at if saved else None,
        "saved_by": saved.saved_by if saved else None,
    }


@blp.post("/rule")
@blp.arguments(GradeRuleSchema())
@blp.response(201, SavedRuleSchema)
@requires("core.grades")
def save_rule(entered: dict[str, Any]) -> dict[str, Any]:
    """Let other rules count; the next night grades by them."""
    saved = services.save_rule(Rule(**entered))
    return {
        "rule": vars(Rule.of(saved.settings)),
        "saved_at": saved.saved_at,
        "saved_by": saved.saved_by,
    }


@blp.get("/preview")
@blp.arguments(GradeRuleSchema(), location="query")
@blp.response(200, GradeCountsSchema)
@requires("core.grades")
def try_rule(entered: dict[str, Any]) -> dict[str, Any]:
    """Return how many customers would get which grade; nothing is saved."""
    return _counted(preview(Rule(**entered)))


@blp.get("/customers/<uuid:customer_id>")
@blp.response(200, CustomerGradeSchema)
def standing(customer_id: UUID) -> dict[str, Any]:
    """Return a customer's grade with its reasons and its history."""
    return _shown(customer_id)


@blp.post("/customers/<uuid:customer_id>/lock")
@blp.arguments(LockSchema())
@blp.response(200, CustomerGradeSchema)
@requires("core.grades")
def lock(entered: dict[str, Any], customer_id: UUID) -> dict[str, Any]:
    """Fix a customer's grade, whatever the rules say."""
    services.lock_grade(customer_id, **entered)
    return _shown(customer_id)


@blp.post("/customers/<uuid:customer_id>/unlock")
@blp.response(200, CustomerGradeSchema)
@requires("core.grades")
def unlock(customer_id: UUID) -> dict[str, Any]:
    """Let the rules decide again."""
    services.unlock_grade(customer_id)
    return _shown(customer_id)


@blp.post("/customers/<uuid:customer_id>/stage")
@blp.arguments(StageSchema())
@blp.response(200, CustomerGradeSchema)
@requires("core.edit_customers")
def stage(entered: dict[str, Any], customer_id: UUID) -> dict[str, Any]:
    """Say how near somebody is who has bought nothing yet."""
    services.set_stage(customer_id, entered["stage"])
    return _shown(customer_id)


def _counted(counts: dict[str, int]) -> dict[str, Any]:
    return {"items": [{"grade": grade, "count": count} for grade, count in counts.items()]}


def _shown(customer_id: UUID) -> dict[str, Any]:
    one = queries.standing(customer_id)
    figures = {name: getattr(one, name) for name in ("earned", "amount", "orders", "last_on")}
    return {
        **figures,
        "customer_id": one.customer.id,
        "grade": one.customer.grade,
        "stage": one.customer.stage,
        "lock": one.lock,
        "changes": queries.changes(customer_id),
    }
