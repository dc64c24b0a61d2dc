"""What was typed comes back with its messages; empty rows and fields do not count."""

from datetime import date
from decimal import Decimal

import pytest
from marshmallow import fields, validate

from core.api.fields import QuantityField
from core.errors import DomainError, InvalidInput
from core.schemas import Schema
from core.web.forms import blank_form, nest, read_form


class LineSchema(Schema):
    sku = fields.String(required=True)
    quantity = QuantityField(required=True, positive=True)


class OrderSchema(Schema):
    customer_id = fields.UUID(required=True)
    note = fields.String(validate=validate.Length(max=5))
    urgent = fields.Boolean(load_default=False)
    lines = fields.List(fields.Nested(LineSchema), required=True, validate=validate.Length(min=1))


@pytest.fixture
def asked(app):
    """A request around the form, in English."""
    with app.test_request_context(headers={"Accept-Language": "en"}):
        yield


SENT = {
    "csrf_token": "x",
    "idempotency_key": "y",
    "customer_id": "01890a5d-ac96-774b-bcce-b302099a8057",
    "customer_id-shown": "李丽",
    "note": "",
    "lines-0-sku": "TEA",
    "lines-0-sku-shown": "龙井",
    "lines-0-quantity": " 1.5 ",
    "lines-1-sku": "",
    "lines-1-quantity": "",
    "lines-4-sku": "CUP",
    "lines-4-quantity": "2",
}


@pytest.mark.usefixtures("asked")
def test_a_form_becomes_what_the_service_takes():
    form = read_form(OrderSchema(), SENT)

    assert form.ok
    assert form.data["lines"] == [
        {"sku": "TEA", "quantity": Decimal("1.500")},
        {"sku": "CUP", "quantity": Decimal("2.000")},
    ]
    assert form.data["urgent"] is False
    assert "note" not in form.data


@pytest.mark.usefixtures("asked")
def test_a_message_stands_at_the_row_of_the_page_even_after_an_empty_row():
    form = read_form(OrderSchema(), {**SENT, "lines-4-quantity": "-2"})

    assert not form.ok
    assert form.error("lines-4-quantity") == "Enter a number above zero."
    assert form.error("lines-1-quantity") == ""
    assert form.value("lines-4-quantity") == "-2"
    assert form.data == {}


@pytest.mark.usefixtures("asked")
def test_the_summary_names_the_line_and_the_field():
    form = read_form(OrderSchema(), {**SENT, "lines-4-quantity": "", "note": "too long"})
    form.named("lines-4-quantity", "Quantity")

    assert form.title("lines-4-quantity") == "Line 3, Quantity"
    assert list(form.field_errors) == ["note", "lines-4-quantity"]
    assert form.summary.startswith("2 fields need a correction.")


@pytest.mark.usefixtures("asked")
def test_a_service_that_refuses_a_line_points_at_the_same_row():
    form = read_form(OrderSchema(), SENT)
    form.refuse(InvalidInput({"lines.1.sku": "There is no such product."}))

    assert form.error("lines-4-sku") == "There is no such product."


@pytest.mark.usefixtures("asked")
def test_a_broken_rule_is_said_above_the_form():
    form = read_form(OrderSchema(), SENT).refuse(DomainError())

    assert form.summary == DomainError().message()
    assert form.field_errors == {}


def test_a_form_opens_with_typed_values_as_a_person_would_write_them():
    form = blank_form(
        {
            "promised_on": date(2026, 11, 25),
            "deposit": Decimal("3000.00"),
            "urgent": True,
            "note": None,
            "lines": [{"sku": "TEA", "quantity": Decimal("2.500")}],
        }
    )

    assert form.value("promised_on") == "2026-11-25"
    assert form.value("deposit") == "3000.00"
    assert form.value("lines-0-quantity") == "2.5"
    assert form.value("note") == ""
    assert form.checked("urgent")


def test_a_table_of_lines_shows_its_rows_or_some_empty_ones():
    assert blank_form().rows("lines", 2) == ["lines-0-", "lines-1-"]
    assert blank_form({"lines": [{"sku": "TEA"}]}).rows("lines", 2) == ["lines-0-"]


def test_two_forms_are_two_acts():
    assert blank_form().idempotency_key != blank_form().idempotency_key


def test_only_rows_are_nested():
    values, places = nest({"e-mail": "a@b.c", "lines-2-sku": "TEA", "sku-2": "x"})

    assert values == {"e-mail": "a@b.c", "sku-2": "x", "lines": [{"sku": "TEA"}]}
    assert places == {"lines": [2]}
