"""How to address a customer by what stands on her card."""

from core.customers.addressing import Person, address
from core.customers.models import Customer


def addressed(row: Customer) -> str | None:
    """Return how to address her in the present language; None when too little is known.

    A company is addressed by its legal person, if that is known.
    """
    name = row.legal_person if row.kind == "company" else row.name
    return address(Person(name=name, surname=row.surname, title=row.title))
