"""A product as JSON and as a form."""

from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from marshmallow import fields

from core.api.fields import MoneyField, PercentField
from core.api.paging import PageArgs, page_schema
from core.schemas import Schema


class WholeNumber(fields.Integer):
    """A whole number; in a form as text, in JSON as a number without decimals."""

    default_error_messages = {"invalid": _l("Enter a whole number such as 12.")}

    def _validated(self, value: Any) -> Any:
        if isinstance(value, bool | float):
            raise self.make_error("invalid")
        return super()._validated(value)


class ProductSchema(Schema):
    """What is entered for a product; the price includes tax."""

    sku = fields.String(required=True)
    name = fields.String(required=True)
    unit = fields.String(required=True)
    price = MoneyField(required=True)
    currency = fields.String(
        load_default="", metadata={"description": "Without it, the company's."}
    )
    tax_rate = PercentField(load_default=Decimal(0), metadata={"example": "13"})
    lots = fields.Boolean(load_default=False)
    serials = fields.Boolean(load_default=False)
    warranty_months = WholeNumber(load_default=0)


class ProductChangeSchema(Schema):
    """What of a product is to be changed."""

    name = fields.String()
    unit = fields.String()
    price = MoneyField()
    currency = fields.String()
    tax_rate = PercentField()
    lots = fields.Boolean()
    serials = fields.Boolean()
    warranty_months = WholeNumber()
    version = WholeNumber(metadata={"description": "As it was read; refuses a stale change."})


class ProductFormSchema(ProductChangeSchema):
    """The form of a product: all of it, every time; a box that is not ticked is not sent."""

    name = fields.String(required=True)
    unit = fields.String(required=True)
    price = MoneyField(required=True)
    currency = fields.String(load_default="")
    tax_rate = PercentField(required=True)
    lots = fields.Boolean(load_default=False)
    serials = fields.Boolean(load_default=False)
    warranty_months = WholeNumber(load_default=0)


class ProductShown(ProductSchema):
    """A product."""

    id = fields.UUID(required=True)
    version = fields.Integer(required=True)


class ProductsArgs(PageArgs):
    """Which products."""

    q = fields.String(load_default="", metadata={"description": "Name, pinyin or number."})


ProductsPage: Any = page_schema(ProductShown)
