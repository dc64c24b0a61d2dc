"""Customers, for programs."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from core.api.paging import answer
from core.customers import queries, services
from core.customers.models import Customer
from core.customers.schemas import (
    CustomerChangeSchema,
    CustomersArgs,
    CustomerSchema,
    CustomerShown,
    CustomersPage,
)
from core.people import requires
from core.search.answers import Balance, balances_of

blp = Blueprint(
    "customers-api",
    __name__,
    url_prefix="/api/v1/customers",
    description="Who buys: one shared card with several phones and addresses.",
)


@blp.get("")
@blp.arguments(CustomersArgs, location="query")
@blp.response(200, CustomersPage)
def customers(args: dict[str, Any]) -> dict[str, Any]:
    """List customers in the order of their names."""
    page = queries.customers(**args)
    balances = balances_of([row.id for row in page.items])
    return answer(page, lambda row: _shown(row, balances[row.id]))


@blp.post("")
@requires("core.edit_customers")
@blp.arguments(CustomerSchema)
@blp.response(201, CustomerShown)
def create_customer(entered: dict[str, Any]) -> dict[str, Any]:
    """Open a card; `same_phone` names other customers with one of the numbers."""
    row = services.create_customer(**entered)
    alike = queries.same_phone([phone.number for phone in row.phones], besides=row.id)
    return {**_shown(row), "same_phone": alike}


@blp.get("/<uuid:customer_id>")
@blp.response(200, CustomerShown)
def customer(customer_id: UUID) -> dict[str, Any]:
    """Return a customer's card; of cards that were merged, the one that stands for all."""
    return _shown(queries.customer(customer_id))


@blp.patch("/<uuid:customer_id>")
@requires("core.edit_customers")
@blp.arguments(CustomerChangeSchema)
@blp.response(200, CustomerShown)
def change_customer(changes: dict[str, Any], customer_id: UUID) -> dict[str, Any]:
    """Change what is given."""
    return _shown(services.change_customer(customer_id, **changes))


def _shown(row: Customer, balances: Sequence[Balance] | None = None) -> dict[str, Any]:
    return {
        "id": row.id,
        "code": row.code,
        "name": row.name,
        "phones": [phone.shown for phone in row.phones],
        "phone_details": row.phones,
        "addresses": [address.text for address in row.addresses],
        "address_details": row.addresses,
        "note": row.note,
        "version": row.version,
        "balances": balances_of([row.id])[row.id] if balances is None else balances,
    }
