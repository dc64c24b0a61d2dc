"""Warranties as JSON and as forms."""

from typing import Any

from flask_babel import gettext as _
from marshmallow import ValidationError, fields, post_load, validate

from core.api.fields import QuantityField
from core.api.paging import PageArgs, page_schema
from core.calendar.anniversaries import Birthday, NotABirthday
from core.schemas import Schema
from modules.service.models.warranties import INHERITS, RESTARTS
from modules.service.queries.warranties import STANDINGS
from modules.service.services.warranties.changing import LONGEST_REASON
from modules.service.services.warranties.claiming import LONGEST_NOTE
from modules.service.services.warranties.registrant import (
    LONGEST_NAME,
    LONGEST_SERIAL,
    MOST_PEOPLE,
    Registrant,
)
from modules.service.services.warranties.terms import LONGEST_TERMS, MOST_MONTHS


class WarrantyActSchema(Schema):
    """One thing done with a warranty."""

    act = fields.String(required=True)
    text = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    by = fields.String(required=True, allow_none=True)


class WarrantySchema(Schema):
    """A warranty: what is promised for which goods, until when, and whose it is."""

    id = fields.UUID(required=True)
    customer_id = fields.UUID(required=True)
    order = fields.String(required=True, attribute="number")
    line_id = fields.UUID(required=True)
    sku = fields.String(required=True)
    product = fields.String(required=True)
    lot = fields.String(required=True)
    serial = fields.String(required=True)
    quantity = QuantityField(required=True)
    returned = QuantityField(required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    main_part = fields.String(required=True)
    main_ends_on = fields.Date(required=True, allow_none=True)
    free = fields.String(required=True)
    charged = fields.String(required=True)
    state = fields.String(required=True, metadata={"enum": ["open", "registered", "ended"]})
    registered_on = fields.Date(required=True, allow_none=True)
    may_call = fields.Boolean(required=True)
    replaces_id = fields.UUID(required=True, allow_none=True)
    acts = fields.List(fields.Nested(WarrantyActSchema), required=True)


WarrantyPage: Any = page_schema(WarrantySchema)


class WarrantiesArgs(PageArgs):
    """Which warranties."""

    serial = fields.String(load_default="")
    customer = fields.UUID(load_default=None)
    order = fields.String(load_default="")
    standing = fields.String(load_default="", validate=validate.OneOf(("", *STANDINGS)))


class RegisterSchema(Schema):
    """For whom it is registered: the buyer, unless somebody else has the goods."""

    customer_id = fields.UUID(load_default=None)
    note = fields.String(load_default="", validate=validate.Length(max=LONGEST_REASON))
    may_call = fields.Boolean(load_default=False)


class ExtendSchema(Schema):
    """The new end, and why."""

    ends_on = fields.Date(required=True)
    reason = fields.String(required=True, validate=validate.Length(1, LONGEST_REASON))


class EndSchema(Schema):
    """Why it ends before its time."""

    reason = fields.String(required=True, validate=validate.Length(1, LONGEST_REASON))


class ClaimSchema(Schema):
    """A registration that staff looks at."""

    id = fields.UUID(required=True)
    why = fields.String(required=True, metadata={"enum": ["unknown", "other_phone", "taken"]})
    serial = fields.String(required=True)
    warranty_id = fields.UUID(required=True, allow_none=True)
    customer_id = fields.UUID(required=True, allow_none=True)
    name = fields.String(required=True)
    phone = fields.String(required=True)
    state = fields.String(required=True, metadata={"enum": ["open", "confirmed", "dismissed"]})
    at = fields.AwareDateTime(required=True)
    note = fields.String(required=True)


ClaimPage: Any = page_schema(ClaimSchema)


class ClaimsArgs(PageArgs):
    """Which registrations."""

    state = fields.String(
        load_default="open", validate=validate.OneOf(("open", "confirmed", "dismissed"))
    )


class ConfirmSchema(Schema):
    """Which number she meant, where we know none like hers."""

    serial = fields.String(load_default="", validate=validate.Length(max=LONGEST_SERIAL))


class DismissSchema(Schema):
    """Why it is not believed."""

    note = fields.String(required=True, validate=validate.Length(1, LONGEST_NOTE))


class TermsSchema(Schema):
    """What is promised for a product; an empty number is for all that have no own terms."""

    sku = fields.String(load_default="")
    main_part = fields.String(load_default="", validate=validate.Length(max=120))
    main_months = fields.Integer(load_default=0, validate=validate.Range(0, MOST_MONTHS))
    free = fields.String(load_default="", validate=validate.Length(max=LONGEST_TERMS))
    charged = fields.String(load_default="", validate=validate.Length(max=LONGEST_TERMS))
    on_exchange = fields.String(
        load_default=RESTARTS, validate=validate.OneOf((RESTARTS, INHERITS))
    )


class TermsListSchema(Schema):
    """All terms, those of all other products first."""

    items = fields.List(fields.Nested(TermsSchema), required=True)


class RegistrationSchema(Schema):
    """What a visitor sends without an account."""

    serial = fields.String(required=True, validate=validate.Length(1, LONGEST_SERIAL))
    name = fields.String(required=True, validate=validate.Length(1, LONGEST_NAME))
    phone = fields.String(required=True, validate=validate.Length(1, 40))
    household_size = fields.Integer(load_default=None, validate=validate.Range(1, MOST_PEOPLE))
    birth_calendar = fields.String(
        load_default="solar", validate=validate.OneOf(("solar", "lunar"))
    )
    birth_year = fields.Integer(load_default=None, validate=validate.Range(1900, 2100))
    birth_month = fields.Integer(load_default=None, validate=validate.Range(1, 12))
    birth_day = fields.Integer(load_default=None, validate=validate.Range(1, 31))
    birth_leap = fields.Boolean(load_default=False)
    may_call = fields.Boolean(load_default=False)

    @post_load
    def registrant(self, data: dict[str, Any], **_options: Any) -> dict[str, Any]:
        """Return the number and who registers it."""
        given = [data["birth_month"], data["birth_day"]]
        if any(given) != all(given) or (data["birth_year"] and not all(given)):
            missing = "birth_day" if data["birth_month"] else "birth_month"
            say = _("Enter month and day, or leave the birthday out.")
            raise ValidationError(say, missing)
        who = Registrant(
            name=data["name"],
            phone=data["phone"],
            birthday=_birthday(data) if all(given) else None,
            household_size=data["household_size"],
            may_call=data["may_call"],
        )
        return {"serial": data["serial"], "who": who}


def _birthday(data: dict[str, Any]) -> Birthday:
    try:
        return Birthday(
            data["birth_calendar"],
            data["birth_month"],
            data["birth_day"],
            data["birth_leap"],
            data["birth_year"],
        )
    except NotABirthday as error:
        raise ValidationError(str(error), "birth_day") from None
