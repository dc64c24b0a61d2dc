"""Every sale opens a receivable, whoever made it; lists and ageing say who owes what."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bus import publish
from core.deals.facts import Cancelled, CancelledLine, Credited, Paid, Refunded, WrittenOff
from core.ids import new_id
from modules.finance.queries.ageing import BUCKETS

from .conftest import due


def _item(api, deal):
    items = api.get("finance/receivables", limit=200).json["items"]
    return next((item for item in items if item["order"] == deal.number), None)


def test_every_sale_opens_a_receivable(with_deposit, api, bus_idle):
    deal = with_deposit()
    bus_idle()

    item = _item(api, deal)
    assert (item["total"], item["received"], item["owed"]) == ("100.00", "0.00", "100.00")
    assert (item["customer"], item["salesperson"]) == (deal.customer_name, "王伟")


def test_it_follows_whatever_happens_to_the_order(with_deposit, acting, api, bus_idle):
    # Given an order to which everything happens
    deal = with_deposit()
    line = CancelledLine(line_id=deal.line_id, quantity=Decimal(1), amount=Decimal("10.00"))
    money = {"payment_id": new_id(), "method": "cash"}
    with acting("admin"):
        publish(deal.fact(Cancelled, lines=(line,), dues=(due("90.00"),)))
        publish(deal.fact(Credited, amount=Decimal("5.00"), reason="划痕"))
        publish(deal.fact(WrittenOff, amount=Decimal("1.00"), reason="抹零"))
        publish(deal.fact(Paid, amount=Decimal("50.00"), **money))
        publish(deal.fact(Refunded, amount=Decimal("20.00"), **money))

    bus_idle()

    # Then the list says what the deal says
    item, told = _item(api, deal), api.get(f"deals/{deal.number}").json
    assert (item["total"], item["received"], item["owed"]) == ("84.00", "30.00", "54.00")
    assert item["owed"] == told["owed"]


def test_imported_history_is_in_the_books(a_deal, api, bus_idle):
    deal = a_deal(quantity=2, historical=True)
    bus_idle()

    assert _item(api, deal)["owed"] == "20.00"


def test_a_module_that_was_off_catches_up(with_deposit, acting, api, bus_idle, pay):
    # Given a company that sells while finance is switched off
    before = with_deposit()
    bus_idle()
    assert api.post("modules/finance/disable").status_code == 200
    during = with_deposit()
    bus_idle()
    assert api.get("finance/receivables").json["code"] == "module_off"

    # When it is switched on again
    assert api.post("modules/finance/enable").status_code == 200
    from bus import catch_up

    catch_up("finance")

    # Then nothing is missing, and money can be taken for what was sold meanwhile
    assert _item(api, before)["owed"] == _item(api, during)["owed"] == "100.00"
    assert pay(during, "100.00").status_code == 201


def test_lists_go_on_by_key_with_what_is_due_first(a_deal, api, bus_idle, day):
    # Given seven orders due on different days, one of them paid
    deals = [a_deal(dues=(due("10.00", on=day + timedelta(days=n)),)) for n in (3, -5, 0, 9, -40)]
    deals.append(a_deal())
    bus_idle()

    # When the list is read two at a time
    found, after = [], None
    while True:
        query = {"limit": 2, "after": after} if after else {"limit": 2}
        page = api.get("finance/receivables", **query).json
        found += [item["order"] for item in page["items"]]
        after = page["next"]
        if after is None:
            break

    # Then every order stands there once, the oldest due first, without a day last
    assert found == [deals[n].number for n in (4, 1, 2, 0, 3, 5)]


def test_filters(a_deal, api, bus_idle, day):
    late = a_deal(dues=(due("10.00", on=day - timedelta(days=5)),))
    later = a_deal(dues=(due("10.00", on=day + timedelta(days=5)),))
    bus_idle()

    def numbers(**query):
        return [item["order"] for item in api.get("finance/receivables", **query).json["items"]]

    assert numbers(overdue="true") == [late.number]
    assert numbers(customer=str(later.customer_id)) == [later.number]
    assert numbers(salesperson=str(new_id())) == []
    assert numbers(q=late.number) == [late.number]


@pytest.mark.parametrize(("days", "bucket"), [(-3, 0), (0, 0), (1, 1), (30, 1), (31, 2), (400, 6)])
def test_ageing_puts_what_is_owed_into_its_bucket(a_deal, api, bus_idle, day, days, bucket):
    a_deal(dues=(due("10.00", on=day - timedelta(days=days)),))
    bus_idle()

    ageing = api.get("finance/ageing").json["items"][0]

    expected = ["0.00"] * BUCKETS
    expected[bucket] = "10.00"
    assert ageing["buckets"] == expected


def test_ageing_and_the_deals_agree_on_what_is_overdue(a_deal, pay, api, bus_idle, day):
    # Given orders with instalments of which some are late and some are paid in part
    late, old = day - timedelta(days=20), day - timedelta(days=70)
    plans = [
        (due("20.00", on=old), due("30.00", on=late), due("50.00")),
        (due("30.00", before=True, kind="prepayment"), due("70.00", on=late)),
        (due("50.00", on=late), due("50.00", on=day + timedelta(days=9))),
    ]
    deals = [a_deal(quantity=10, dues=plan) for plan in plans]
    for deal in deals:
        pay(deal, "35.00")
    bus_idle()

    # Then finance's ageing is the sum of what everybody sees as overdue
    overdue = [Decimal(api.get(f"deals/{deal.number}").json["overdue"]) for deal in deals]
    assert Decimal(api.get("finance/ageing").json["items"][0]["overdue"]) == sum(overdue)
    # And a deposit without a day pays for nothing but itself
    assert overdue == [Decimal("15.00"), Decimal("65.00"), Decimal("15.00")]
