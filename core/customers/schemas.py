"""A customer as she is entered, by programs and on the form."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from marshmallow import fields, post_load

from core.customers.drafts import AddressDraft, ContactDraft, PhoneDraft
from core.customers.labels import BRANDS, CALENDARS, KINDS
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


class TagsField(fields.Field[Any]):
    """Words: a list of texts, or one text with commas between them."""

    default_error_messages = {"invalid": _l("Enter words with commas between them.")}

    def __init__(self, **kwargs: Any) -> None:
        metadata = {"type": "array", "items": {"type": "string"}, "example": ["老客户"]}
        super().__init__(**{"metadata": metadata, **kwargs})

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> list[str]:
        given = [value] if isinstance(value, str) else value
        if not isinstance(given, list) or not all(isinstance(each, str) for each in given):
            raise self.make_error("invalid")
        return given


class ContactSchema(Schema):
    """Somebody of her family or her company."""

    relation = fields.String(load_default="", metadata={"example": "husband"})
    name = fields.String(load_default="")
    phone = fields.String(load_default="")
    birthday = fields.String(load_default="", metadata={"example": "lunar 08-15"})
    exam_year = fields.Integer(load_default=None, allow_none=True)
    note = fields.String(load_default="")

    @post_load
    def draft(self, data: dict[str, Any], **kwargs: Any) -> ContactDraft:
        """Return what was entered."""
        return ContactDraft(**data)


def _of(codes: Iterable[str]) -> dict[str, Any]:
    return {"metadata": {"enum": list(codes)}}


_BIRTHDAY = {
    "description": "By the calendar in `birth_calendar` unless it says so itself: "
    "1990-05-12, 05-12, lunar 1989-12-30, lunar leap 04-03, 农历八月十五.",
    "example": "1990-05-12",
}


class FactsSchema(Schema):
    """What may be known of a customer beside name, phones and addresses; all of it optional."""

    kind = fields.String(**_of(KINDS))
    surname = fields.String()
    title = fields.String(metadata={"description": "How to address her.", "example": "女士"})
    household_size = fields.Integer(allow_none=True)
    pay_day = fields.Integer(allow_none=True, metadata={"description": "Day of the month."})
    resident_id = fields.String(metadata={"description": "Checked; never shown whole again."})
    birthday = fields.String(metadata=_BIRTHDAY)
    birth_calendar = fields.String(**_of(CALENDARS))
    brand = fields.String(**_of(("", *BRANDS)))
    brand_name = fields.String()
    email = fields.String(metadata={"description": "Where mails reach her; checked."})
    prefers = fields.String()
    area = fields.String()
    seller_id = fields.UUID(allow_none=True)
    uscc = fields.String(metadata={"description": "Unified social credit code; checked."})
    legal_person = fields.String()
    trade = fields.String()
    staff = fields.Integer(allow_none=True)
    terms = fields.String()
    opted_out = fields.Boolean(metadata={"description": "She wants no advertising."})
    contacts = fields.List(fields.Nested(ContactSchema))
    tags = TagsField()


class CustomerSchema(FactsSchema):
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


class CustomerChangeSchema(FactsSchema):
    """What of a customer is to be changed; a list replaces the former one."""

    name = fields.String()
    phones = fields.List(PhoneEntry(metadata=_PHONE))
    addresses = fields.List(AddressEntry(metadata=_ADDRESS))
    note = fields.String()
    version = fields.Integer(metadata={"description": "As it was read; refuses a stale change."})
