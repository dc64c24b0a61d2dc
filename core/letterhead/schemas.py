"""The form of what the company says of itself."""

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from core.schemas import Schema


class LetterheadForm(Schema):
    """Name, address and numbers, as they are printed."""

    name = fields.String(
        required=True,
        validate=validate.Length(1, 200, error=_l("Enter a name, at most 200 characters.")),
    )
    phone = fields.String(load_default="", validate=validate.Length(max=60))
    address = fields.String(load_default="", validate=validate.Length(max=300))
    tax_number = fields.String(load_default="", validate=validate.Length(max=40))
    bank_account = fields.String(load_default="", validate=validate.Length(max=200))
