"""What kinds of things are found, what they are called, and where a result leads."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import url_for
from flask_babel import lazy_gettext as _l


@dataclass(frozen=True)
class Kind:
    """A kind of thing that the search box finds."""

    name: str
    label: str
    icon: str
    #: The address of one such thing's page, given its ref.
    link: Callable[[str], str]
    #: Place among results that answer equally well; lower comes first.
    order: int = 100
    #: Without which nobody finds any of them; None where everybody may.
    permission: str | None = None


_kinds: dict[str, Kind] = {}


def search_kind(kind: Kind) -> Kind:
    """Declare a kind; a module does it in its views. Declared again, it replaces the former."""
    _kinds[kind.name] = kind
    return kind


def kind_named(name: str) -> Kind | None:
    """Return a kind, or None when the module that declared it is gone."""
    return _kinds.get(name)


def kinds_in_order() -> list[str]:
    """Return the names of all kinds in the order of the results."""
    return sorted(_kinds, key=lambda name: (_kinds[name].order, name))


search_kind(
    Kind(
        "customer",
        _l("Customer"),
        "person",
        lambda ref: url_for("customers.record", customer_id=ref),
        10,
        "core.deals",
    )
)
search_kind(
    Kind(
        "order",
        _l("Order"),
        "receipt",
        lambda ref: url_for("deals.record", number=ref),
        20,
        "core.deals",
    )
)
search_kind(
    Kind("product", _l("Product"), "box-seam", lambda ref: url_for("products.record", sku=ref), 30)
)
