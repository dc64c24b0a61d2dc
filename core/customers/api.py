"""Customers, for programs."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from core.api.paging import answer
from core.clock import today
from core.customers import access, merging, queries, services
from core.customers.birthdays import birthday_code, kept_next
from core.customers.duplicates import alike, typed_of
from core.customers.models import Customer, CustomerContact
from core.customers.naming import addressed
from core.customers.schemas import CustomerChangeSchema, CustomerSchema
from core.customers.shown import (
    CustomersArgs,
    CustomerShown,
    CustomersPage,
    MergeSchema,
    ResidentIdShown,
)
from core.people import requires
from core.search.answers import Balance, balances_of

blp = Blueprint(
    "customers-api",
    __name__,
    url_prefix="/api/v1/customers",
    description="Who buys: one shared card with several phones and addresses.",
)
_AS_STORED = (
    *("id", "code", "name", "kind", "surname", "title", "household_size", "pay_day", "brand"),
    *("brand_name", "prefers", "area", "seller_id", "uscc", "legal_person", "trade", "staff"),
    *("terms", "grade", "stage", "email", "opted_out", "tags", "version"),
)


@blp.get("")
@blp.arguments(CustomersArgs(), location="query")
@blp.response(200, CustomersPage)
@requires("core.deals")
def customers(args: dict[str, Any]) -> dict[str, Any]:
    """List customers in the order of their names; of a colleague's only the ends of numbers."""
    page = queries.customers(**args)
    balances = balances_of([row.id for row in page.items])
    return answer(page, lambda row: _listed(row, balances[row.id]))


@blp.post("")
@requires("core.edit_customers")
@blp.arguments(CustomerSchema())
@blp.response(201, CustomerShown)
def create_customer(entered: dict[str, Any]) -> dict[str, Any]:
    """Open a card; `alike` names other cards that may be the same customer."""
    row = services.create_customer(**entered)
    same = queries.same_phone([phone.number for phone in row.phones], besides=row.id)
    others = [
        {"id": one.customer.id, "name": one.customer.name, "reasons": one.reasons}
        for one in alike(typed_of(row), row.id)
    ]
    return {**_shown(row), "same_phone": same, "alike": others}


@blp.get("/<uuid:customer_id>")
@blp.response(200, CustomerShown)
@requires("core.deals")
def customer(customer_id: UUID) -> dict[str, Any]:
    """Return a customer's card; of cards that were merged, the one that stands for all."""
    row = queries.customer(customer_id)
    access.opened(row)
    return _shown(row)


@blp.patch("/<uuid:customer_id>")
@requires("core.edit_customers")
@blp.arguments(CustomerChangeSchema())
@blp.response(200, CustomerShown)
def change_customer(changes: dict[str, Any], customer_id: UUID) -> dict[str, Any]:
    """Change what is given."""
    return _shown(services.change_customer(customer_id, **changes))


@blp.post("/<uuid:customer_id>/resident-id")
@requires("core.sensitive")
@blp.response(200, ResidentIdShown)
def resident_id(customer_id: UUID) -> dict[str, Any]:
    """Return the whole ID number; it is noted who looked at it."""
    return {"resident_id": access.reveal_resident_id(customer_id)}


@blp.post("/<uuid:customer_id>/merge")
@requires("core.edit_customers")
@blp.arguments(MergeSchema())
@blp.response(200, CustomerShown)
def merge(wanted: dict[str, Any], customer_id: UUID) -> dict[str, Any]:
    """Let this card stand for another one of the same customer."""
    return _shown(merging.merge(customer_id, wanted["customer_id"]))


@blp.post("/<uuid:customer_id>/unmerge")
@requires("core.edit_customers")
@blp.response(200, CustomerShown)
def unmerge(customer_id: UUID) -> dict[str, Any]:
    """Let a merged card stand for itself again."""
    return _shown(merging.unmerge(customer_id))


def _listed(row: Customer, balances: Sequence[Balance]) -> dict[str, Any]:
    """Show a card among many: numbers in bulk are not for everybody."""
    shown = _shown(row, balances)
    if access.may_list_phones(row):
        return shown
    details = [
        {
            "typed": access.ends_of(phone.typed),
            "number": access.ends_of(phone.number),
            "extension": phone.extension,
            "label": phone.label,
        }
        for phone in row.phones
    ]
    numbers = [each["typed"] for each in details]
    return {**shown, "phones": numbers, "phone_details": details, "email": ""}


def _shown(row: Customer, balances: Sequence[Balance] | None = None) -> dict[str, Any]:
    private = not access.may_see_private(row)
    return {
        **{name: getattr(row, name) for name in _AS_STORED},
        "phones": [phone.shown for phone in row.phones],
        "phone_details": row.phones,
        "addresses": [address.text for address in row.addresses],
        "address_details": row.addresses,
        "addressed": addressed(row),
        "birthday": birthday_code(row.birthday),
        "birthday_on": kept_next(row.birthday, today()),
        "resident_id_masked": access.resident_id_masked(row),
        "private": private,
        "contacts": [] if private else [_contact(one) for one in row.contacts],
        "note": "" if private else row.note,
        "balances": balances_of([row.id])[row.id] if balances is None else balances,
    }


def _contact(row: CustomerContact) -> dict[str, Any]:
    names = ("relation", "name", "phone", "exam_year", "note")
    shown = {name: getattr(row, name) for name in names}
    return {**shown, "birthday": birthday_code(row.birthday)}
