"""A customer's card as programs are shown it."""

from typing import Any

from marshmallow import fields, post_dump

from core.api.fields import MoneyField
from core.api.paging import PageArgs, page_schema
from core.customers.labels import BRANDS, GRADES, KINDS, REASONS, STAGES
from core.schemas import Schema


class PhoneShown(Schema):
    """A telephone number as stored."""

    number = fields.String(required=True, attribute="typed")
    normalised = fields.String(required=True, attribute="number")
    extension = fields.String(required=True)
    label = fields.String(required=True)


class AddressShown(Schema):
    """An address as stored."""

    text = fields.String(required=True)
    label = fields.String(required=True)
    contact = fields.String(required=True)


class ContactShown(Schema):
    """Somebody of her family or company as stored."""

    relation = fields.String(required=True)
    name = fields.String(required=True)
    phone = fields.String(required=True)
    birthday = fields.String(required=True)
    exam_year = fields.Integer(required=True, allow_none=True)
    note = fields.String(required=True)


class BalanceSchema(Schema):
    """What is owed in one currency."""

    owed = MoneyField(required=True)
    currency = fields.String(required=True)


class SamePhoneSchema(Schema):
    """Another customer with one of these numbers: perhaps the same, perhaps a family."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)


class AlikeSchema(SamePhoneSchema):
    """Another card that may be the same customer, and why."""

    reasons = fields.List(
        fields.String(metadata={"enum": list(REASONS)}),
        required=True,
    )


class ResidentIdShown(Schema):
    """A resident's ID number; that it was looked at is noted."""

    resident_id = fields.String(required=True, allow_none=True)


class MergeSchema(Schema):
    """Which card is the same customer as the one in the address, which leads."""

    customer_id = fields.UUID(required=True)


class CustomerShown(Schema):
    """A customer's card."""

    id = fields.UUID(required=True)
    code = fields.String(required=True, allow_none=True)
    name = fields.String(required=True)
    phones = fields.List(fields.String(), required=True)
    phone_details = fields.List(fields.Nested(PhoneShown), required=True)
    addresses = fields.List(fields.String(), required=True)
    address_details = fields.List(fields.Nested(AddressShown), required=True)
    kind = fields.String(required=True, metadata={"enum": list(KINDS)})
    surname = fields.String(required=True)
    title = fields.String(required=True)
    addressed = fields.String(
        required=True, allow_none=True, metadata={"description": "How to address her."}
    )
    birthday = fields.String(required=True)
    birthday_on = fields.Date(
        required=True, allow_none=True, metadata={"description": "When it is kept next."}
    )
    household_size = fields.Integer(required=True, allow_none=True)
    pay_day = fields.Integer(required=True, allow_none=True)
    resident_id_masked = fields.String(required=True)
    brand = fields.String(required=True, metadata={"enum": ["", *BRANDS]})
    brand_name = fields.String(required=True)
    prefers = fields.String(required=True)
    area = fields.String(required=True)
    seller_id = fields.UUID(required=True, allow_none=True)
    uscc = fields.String(required=True, allow_none=True)
    legal_person = fields.String(required=True)
    trade = fields.String(required=True)
    staff = fields.Integer(required=True, allow_none=True)
    terms = fields.String(required=True)
    grade = fields.String(required=True, metadata={"enum": ["", *GRADES]})
    stage = fields.String(required=True, metadata={"enum": list(STAGES)})
    email = fields.String(required=True)
    opted_out = fields.Boolean(required=True)
    tags = fields.List(fields.String(), required=True)
    private = fields.Boolean(
        required=True,
        metadata={"description": "Note and contacts are left out: the card is a colleague's."},
    )
    contacts = fields.List(fields.Nested(ContactShown), required=True)
    note = fields.String(required=True)
    version = fields.Integer(required=True)
    balances = fields.List(fields.Nested(BalanceSchema), required=True)
    owed = MoneyField(metadata={"description": "The first of the balances."})
    currency = fields.String()
    same_phone = fields.List(fields.Nested(SamePhoneSchema))
    alike = fields.List(fields.Nested(AlikeSchema))

    @post_dump
    def first_balance(self, shown: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        """Put what is owed in the company's currency where everybody looks first."""
        first = shown["balances"][0] if shown["balances"] else {}
        return {**shown, **first}


class CustomersArgs(PageArgs):
    """Which customers."""

    q = fields.String(
        load_default="",
        metadata={"description": "Name, pinyin or its initials, part of a phone number, code."},
    )
    area = fields.String(load_default="")
    tag = fields.String(load_default="")
    untouched = fields.Date(
        load_default=None, metadata={"description": "Nothing happened with her since that day."}
    )


CustomersPage: Any = page_schema(CustomerShown)
