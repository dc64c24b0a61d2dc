"""Names and addresses that several screens and panels of finance show."""

from flask_babel import gettext as _

from core.ids import new_id
from core.search.kinds import kind_named


def methods(*, credit: bool) -> list[tuple[str, str, str]]:
    """Return the ways to pay with their icons; from the customer's credit where there is some."""
    known = [
        ("cash", _("Cash"), "cash-coin"),
        ("wechat", _("WeChat Pay"), "wechat"),
        ("alipay", _("Alipay"), "alipay"),
        ("card", _("Card"), "credit-card"),
        ("transfer", _("Bank transfer"), "bank"),
    ]
    return [*known, ("credit", _("Customer's credit"), "piggy-bank")] if credit else known


def method_name(method: str) -> str:
    """Return what a way to pay is called."""
    return next((name for key, name, _icon in methods(credit=True) if key == method), method)


def order_url(number: str) -> str:
    """Return the address of an order's page."""
    kind = kind_named("order")
    return kind.link(number) if kind else "/"


def fresh_key() -> str:
    """Return a key for a button that acts: pressed twice, it acts once."""
    return str(new_id())
