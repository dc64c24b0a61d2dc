"""Fields that several acts of finance have in common."""

from marshmallow import fields, validate

from modules.finance.services.tender import CREDIT, MONEY

#: Money, or the customer's credit.
METHODS = (*MONEY, CREDIT)


def order_number() -> fields.String:
    """Return the field for the number of an order."""
    return fields.String(
        required=True, validate=validate.Length(1, 40), metadata={"example": "SO-2026-0001"}
    )


def reason_given() -> fields.String:
    """Return the field for the reason of an act that is answered for."""
    return fields.String(required=True, validate=validate.Length(1, 500))
