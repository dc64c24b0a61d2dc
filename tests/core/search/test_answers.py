"""Whoever asks sees at once what is owed."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bus import publish
from core.clock import today
from core.customers.figures import figures
from core.customers.models import CustomerAlias
from core.customers.services import create_customer
from core.db import db, reading
from core.deals.facts import Due, Paid, Sold, SoldLine
from core.ids import new_id
from core.search.answers import balances_of


@pytest.fixture
def sell(acting):
    """Sell something for an amount, due some days from today, and take some money for it."""

    def do(number, customer, amount, *, currency="CNY", due=10, paid=None):
        line = SoldLine(
            line_id=new_id(), sku="LAMP", name="台灯", unit="盏", quantity=Decimal(1),
            unit_price=Decimal(amount), amount=Decimal(amount), tax=Decimal("0.00"),
        )  # fmt: skip
        with acting("admin"):
            common = {
                "deal_id": new_id(), "number": number, "customer_id": customer,
                "customer_name": "王伟", "currency": currency, "happened_on": today(),
                "document": number,
            }  # fmt: skip
            on = today() + timedelta(days=due)
            dues = (Due(amount=Decimal(amount), on=on, before_shipping=False, kind="balance"),)
            publish(
                Sold(**common, seller_id=new_id(), seller_name="李娜", lines=(line,), dues=dues,
                     promised_on=None)
            )  # fmt: skip
            if paid:
                publish(
                    Paid(**common, payment_id=new_id(), amount=Decimal(paid), method="cash")
                )  # fmt: skip

    return do


@pytest.fixture
def customer(acting):
    with acting("admin"):
        return create_customer("王伟", ["13800138000"]).id


def asked(api, q):
    return {
        item["ref"]: [(each["owed"], each["currency"]) for each in item["balances"]]
        for item in api.get("search", q=q).json["items"]
    }


def test_a_phone_number_answers_with_the_balance_and_the_orders(api, sell, customer) -> None:
    sell("SO-1", customer, "100.00", paid="30.00")
    sell("SO-2", customer, "50.00", paid="50.00")

    assert asked(api, "13800138000") == {
        str(customer): [("70.00", "CNY")],
        "SO-1": [("70.00", "CNY")],
        "SO-2": [("0.00", "CNY")],
    }


def test_currencies_are_never_added_up(api, sell, customer) -> None:
    sell("SO-1", customer, "100.00", currency="USD")
    sell("SO-2", customer, "50.00")

    assert asked(api, "王伟")[str(customer)] == [
        ("50.00", "CNY"), ("100.00", "USD")
    ]  # fmt: skip


def test_merged_cards_owe_together(acting, sell, customer) -> None:
    with acting("admin"):
        other = create_customer("WANG Wei").id
    sell("SO-1", customer, "100.00")
    sell("SO-2", other, "11.00")
    with acting("admin"):
        db.session.add(CustomerAlias(alias_id=other, customer_id=customer))

    with acting("sales"):
        assert [each.owed for each in balances_of([customer])[customer]] == [Decimal("111.00")]


def test_the_card_is_headed_by_its_figures(app, sell, customer) -> None:
    sell("SO-1", customer, "100.00", due=-5, paid="30.00")
    sell("SO-2", customer, "50.00", paid="50.00")

    with reading(app):
        (head,) = figures(customer)
        assert (head.orders, head.last_on) == (2, today())
    assert (head.bought, head.kept, head.owed, head.overdue) == (
        Decimal("150.00"), Decimal("80.00"), Decimal("70.00"), Decimal("70.00")
    )  # fmt: skip


def test_the_card_shows_the_orders_with_their_strips(client, sell, customer) -> None:
    sell("SO-1", customer, "100.00", due=-5, paid="30.00")

    page = client("sales").get(f"/customers/{customer}").text

    assert "SO-1" in page
    assert page.count("¥70.00") >= 3
