"""The shapes of loyalty's REST interface."""

from marshmallow import fields, validate

from core.api.fields import MoneyField
from core.schemas import Schema


class VoucherSchema(Schema):
    """A voucher to be sold."""

    customer_id = fields.UUID(required=True)
    amount = MoneyField(required=True, positive=True)


class SaleSchema(Schema):
    """The number under which a sale is seen by everybody."""

    number = fields.String(required=True)


class RedemptionSchema(Schema):
    """Points to be exchanged."""

    customer_id = fields.UUID(required=True)
    points = fields.Integer(required=True, strict=True, validate=validate.Range(min=1))
    reason = fields.String(required=True, validate=validate.Length(min=1, max=200))


class PointsSchema(Schema):
    """How many points a customer has."""

    points = fields.Integer(required=True)
