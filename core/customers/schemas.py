"""A customer as JSON and as a form."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from marshmallow import fields, post_dump

from core.api.fields import MoneyField
from core.api.paging import PageArgs, page_schema
from core.customers.drafts import AddressDraft, PhoneDraft
from core.schemas import Schema


class _Entry(fields.Field[Any]):
    """One of several phones or addresses: a plain text, or an object that says more."""

    text: str
    keys: tuple[str, ...]
    default_error_messages = {"invalid": _l("Enter a text, or an object with a text in it.")}

    def _texts(self, value: Any) -> dict[str, str]:
        entry = {self.text: value} if isinstance(value, str) else value
        if not isinstance(entry, Mapping) or not set(entry) <= set(self.keys):
            raise self.make_error("invalid")
        if not all(isinstance(each, str) for each in entry.values()):
            raise self.make_error("invalid")
        return {self.text: "", **entry}


class PhoneEntry(_Entry):
    """A telephone number, perhaps with what it is for."""

    text = "number"
    keys = ("number", "label")

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> PhoneDraft:
        return PhoneDraft(**self._texts(value))


class AddressEntry(_Entry):
    """An address, perhaps with who receives there."""

    text = "text"
    keys = ("text", "label", "contact")

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> AddressDraft:
        return AddressDraft(**self._texts(value))


_PHONE = {
    "oneOf": [
        {"type": "string"},
        {
            "type": "object",
            "properties": {"number": {"type": "string"}, "label": {"type": "string"}},
        },
    ],
    "example": "138 0013 8000",
}
_ADDRESS = {
    "oneOf": [
        {"type": "string"},
        {
            "type": "object",
            "properties": {key: {"type": "string"} for key in AddressEntry.keys},
        },
    ],
    "example": "上海市徐汇区漕溪北路 18 号",
}


class CustomerSchema(Schema):
    """What is entered for a customer."""

    name = fields.String(required=True)
    phones = fields.List(PhoneEntry(metadata=_PHONE), load_default=list)
    addresses = fields.List(AddressEntry(metadata=_ADDRESS), load_default=list)
    note = fields.String(load_default="")
    code = fields.String(
        load_default=None,
        allow_none=True,
        metadata={"description": "The customer's number in another system; unique."},
    )


class CustomerFormSchema(CustomerSchema):
    """The form of a customer; a version that differs from the stored one was not seen."""

    name = fields.String(load_default="")
    version = fields.Integer(load_default=None)


class CustomerChangeSchema(Schema):
    """What of a customer is to be changed; a list replaces the former one."""

    name = fields.String()
    phones = fields.List(PhoneEntry(metadata=_PHONE))
    addresses = fields.List(AddressEntry(metadata=_ADDRESS))
    note = fields.String()
    version = fields.Integer(metadata={"description": "As it was read; refuses a stale change."})


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


class BalanceSchema(Schema):
    """What is owed in one currency."""

    owed = MoneyField(required=True)
    currency = fields.String(required=True)


class SamePhoneSchema(Schema):
    """Another customer with one of these numbers: perhaps the same, perhaps a family."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)


class CustomerShown(Schema):
    """A customer's card."""

    id = fields.UUID(required=True)
    code = fields.String(required=True, allow_none=True)
    name = fields.String(required=True)
    phones = fields.List(fields.String(), required=True)
    phone_details = fields.List(fields.Nested(PhoneShown), required=True)
    addresses = fields.List(fields.String(), required=True)
    address_details = fields.List(fields.Nested(AddressShown), required=True)
    note = fields.String(required=True)
    version = fields.Integer(required=True)
    balances = fields.List(fields.Nested(BalanceSchema), required=True)
    owed = MoneyField(metadata={"description": "The first of the balances."})
    currency = fields.String()
    same_phone = fields.List(fields.Nested(SamePhoneSchema))

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


CustomersPage: Any = page_schema(CustomerShown)
