"""How lists are asked for and answered: ?limit=&after= and {"items": [], "next": …}."""

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from core.paging import Page
from core.schemas import Schema


class PageArgs(Schema):
    """Query of a list."""

    limit = fields.Integer(
        load_default=50,
        validate=validate.Range(1, 200, error=_l("Enter a number from 1 to 200.")),
        metadata={"description": "How many items at most."},
    )
    after = fields.String(
        load_default=None, metadata={"description": "The value of `next` from the page before."}
    )


def page_schema(item: type[Schema]) -> type[Schema]:
    """Return the schema of a page of such items."""
    name = item.__name__.removesuffix("Schema") + "Page"
    parts: dict[str, Any] = {
        "items": fields.List(fields.Nested(item), required=True),
        "next": fields.String(allow_none=True, required=True),
    }
    return type(name, (Schema,), parts)


def answer(page: Page[Any], show: Callable[[Any], Any] = lambda item: item) -> dict[str, Any]:
    """Return the page as JSON's shape."""
    return {"items": [show(item) for item in page.items], "next": page.next}
