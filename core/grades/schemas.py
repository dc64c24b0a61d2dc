"""The rules, locks and stages as they are entered, and as JSON."""

from typing import Any

from marshmallow import fields, post_load, validate

from core.api.fields import MoneyField
from core.grades.rules import GRADES, KINDS, Rule
from core.grades.services import BY_HAND
from core.schemas import Schema

_PRESET = Rule()
_DAYS = validate.Range(1, 3650)
_POINTS = validate.Range(3, 9)


def _whole(name: str, valid: validate.Validator) -> fields.Integer:
    return fields.Integer(load_default=getattr(_PRESET, name), validate=valid)


def _sum(name: str) -> MoneyField:
    return MoneyField(load_default=getattr(_PRESET, name))


class GradeRuleSchema(Schema):
    """By what customers are graded."""

    kind = fields.String(load_default=_PRESET.kind, validate=validate.OneOf(KINDS))
    days = _whole("days", _DAYS)
    amount_a = _sum("amount_a")
    amount_b = _sum("amount_b")
    share_a = _whole("share_a", validate.Range(1, 98))
    share_b = _whole("share_b", validate.Range(1, 98))
    recent_3 = _whole("recent_3", _DAYS)
    recent_2 = _whole("recent_2", _DAYS)
    often_3 = _whole("often_3", validate.Range(1, 1000))
    often_2 = _whole("often_2", validate.Range(1, 1000))
    much_3 = _sum("much_3")
    much_2 = _sum("much_2")
    points_a = _whole("points_a", _POINTS)
    points_b = _whole("points_b", _POINTS)
    rest_days = _whole("rest_days", validate.Range(0, 365))
    lapsed_after = _whole("lapsed_after", _DAYS)


class GradeRuleForm(GradeRuleSchema):
    """The rules as a form: they become a rule."""

    @post_load
    def rule(self, entered: dict[str, Any], **kwargs: Any) -> dict[str, Rule]:
        """Build the rule."""
        return {"rule": Rule(**entered)}


class LockSchema(Schema):
    """A grade to be fixed."""

    grade = fields.String(load_default="", validate=validate.OneOf(("", *GRADES)))
    reason = fields.String(load_default="")
    until = fields.Date(load_default=None, allow_none=True)


class StageSchema(Schema):
    """How near somebody is who has bought nothing yet."""

    stage = fields.String(required=True, validate=validate.OneOf(BY_HAND))


class GradeCountSchema(Schema):
    """How many customers are of a grade."""

    grade = fields.String(required=True, metadata={"description": "Empty: none."})
    count = fields.Integer(required=True)


class GradeCountsSchema(Schema):
    """How many customers are of each grade."""

    items = fields.List(fields.Nested(GradeCountSchema), required=True)


class SavedRuleSchema(Schema):
    """The rules that count."""

    rule = fields.Nested(GradeRuleSchema, required=True)
    saved_at = fields.AwareDateTime(required=True, allow_none=True)
    saved_by = fields.String(required=True, allow_none=True)


class GradeLockShown(Schema):
    """A grade that a person has fixed."""

    grade = fields.String(required=True)
    reason = fields.String(required=True)
    until = fields.Date(required=True, allow_none=True)
    locked_at = fields.AwareDateTime(required=True)
    locked_by = fields.String(required=True, allow_none=True)


class GradeChangeShown(Schema):
    """One change of a grade or a stage."""

    what = fields.String(required=True, metadata={"enum": ["grade", "stage"]})
    before = fields.String(required=True)
    after = fields.String(required=True)
    why = fields.String(required=True, metadata={"enum": ["rule", "hand", "locked", "unlocked"]})
    note = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    by = fields.String(required=True, allow_none=True)


class CustomerGradeSchema(Schema):
    """A customer's grade and stage, with reasons and history."""

    customer_id = fields.UUID(required=True)
    grade = fields.String(required=True)
    stage = fields.String(required=True)
    earned = fields.String(required=True, metadata={"description": "What the rules alone say."})
    amount = MoneyField(required=True)
    orders = fields.Integer(required=True)
    last_on = fields.Date(required=True, allow_none=True)
    lock = fields.Nested(GradeLockShown, required=True, allow_none=True)
    changes = fields.List(fields.Nested(GradeChangeShown), required=True)
