"""The search box: what was found, with the balance owed beside it, and what a picker offers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from core.customers import queries as customers
from core.deals import queries as deals
from core.deals.picture import Picture
from core.errors import NotFound
from core.money import format_money, money_text
from core.people import requires
from core.products import queries as products
from core.search import index
from core.search.kinds import kind_named, kinds_in_order
from core.web.menu import menu

#: How many results of all kinds fit a dialog.
_LIMIT = 20
_CHOICES = 12


@dataclass(frozen=True)
class Hit:
    """One result: where it leads and, when money is owed, how much."""

    title: str
    subtitle: str
    url: str
    icon: str
    owed: str = ""


@dataclass(frozen=True)
class Group:
    """The results of one kind."""

    label: str
    hits: list[Hit]


def found(q: str) -> list[Group]:
    """Return what answers the question: things first, then places of the menu."""
    if not q:
        return []
    hits = index.find(q, limit=_LIMIT)
    sold = deals.by_numbers([hit.ref for hit in hits if hit.kind == "order"])
    buyers = {number: picture.customer for number, picture in sold.items()}
    owed = _owed(hits, sold)
    order = {name: at for at, name in enumerate(kinds_in_order())}
    hits.sort(key=lambda one: order.get(one.kind, len(order)))
    groups = []
    for name, same in groupby(hits, key=lambda one: one.kind):
        if kind := kind_named(name):
            shown = [
                Hit(
                    one.title,
                    one.subtitle or buyers.get(one.ref, ""),
                    kind.link(one.ref),
                    kind.icon,
                    owed.get(one.ref, ""),
                )
                for one in same
            ]
            groups.append(Group(str(kind.label), shown))
    return groups + _places(q)


def choices(kind: str, q: str) -> list[dict[str, Any]]:
    """Return what a picker of customers, orders or products offers.

    Raises:
        NotFound: for another kind.
        Forbidden: for who may see no customers.
    """
    if kind not in _CHOOSING:
        raise NotFound
    return _CHOOSING[kind](q)


def _owed(hits: list[index.Found], sold: Mapping[str, Picture]) -> dict[str, str]:
    """Return what is owed, in words, by the refs of customers and orders found."""
    ids = [UUID(hit.ref) for hit in hits if hit.kind == "customer"]
    sums = {str(id_): sums for id_, sums in deals.owed_by(ids).items()} if ids else {}
    for number, picture in sold.items():
        sums[number] = {picture.currency: picture.owed}
    return {ref: _amounts(owed) for ref, owed in sums.items()}


def _amounts(sums: Mapping[str, Decimal]) -> str:
    return " · ".join(format_money(sum_, currency) for currency, sum_ in sums.items() if sum_)


def _places(q: str) -> list[Group]:
    """Return the menu's entries whose name contains the words."""
    hits = [
        Hit(entry.label, group.title, entry.url, entry.icon)
        for group in menu()
        for entry in group.items
        if q.casefold() in entry.label.casefold()
    ]
    return [Group(_("Go to"), hits)] if hits else []


@requires("core.deals")
def _customers(q: str) -> list[dict[str, Any]]:
    return [
        {
            "value": str(row.id),
            "text": row.name,
            "detail": row.phones[0].typed if row.phones else "",
        }
        for row in customers.customers(q=q, limit=_CHOICES).items
    ]


@requires("core.deals")
def _orders(q: str) -> list[dict[str, Any]]:
    return [
        {
            "value": picture.number,
            "text": picture.number,
            "detail": f"{picture.customer} · {format_money(picture.ordered, picture.currency)}",
        }
        for picture in deals.deals(q=q, limit=_CHOICES).items
    ]


def _products(q: str) -> list[dict[str, Any]]:
    return [
        {
            "value": row.sku,
            "text": row.name,
            "detail": f"{row.sku} · {format_money(row.price, row.currency)}",
            "price": money_text(row.price),
            "unit": row.unit,
        }
        for row in products.products(q=q, limit=_CHOICES).items
    ]


_CHOOSING: dict[str, Callable[[str], list[dict[str, Any]]]] = {
    "customers": _customers,
    "orders": _orders,
    "products": _products,
}
