"""Invoices name what the customer has: by button, by rule, and less when goods come back."""

from decimal import Decimal

from core.db import unit_of_work
from modules.finance.services.rules import choose_invoice_moment


def _invoice(api_as, deal, **more):
    return api_as("finance").post("finance/invoices", {"order": deal.number}, **more)


def _invoices(api, deal):
    return api.get("finance/invoices", order=deal.number).json["items"]


def test_what_was_shipped_is_invoiced_by_button(with_deposit, ship, api_as, api):
    # Given an order shipped in two parts
    deal = with_deposit()
    ship(deal, 4)

    # When the first part is invoiced, and then the rest
    first = _invoice(api_as, deal)
    nothing = _invoice(api_as, deal)
    ship(deal, 6)
    second = _invoice(api_as, deal)

    # Then each invoice names its part, with numbers without a gap
    assert (first.status_code, second.status_code) == (201, 201)
    assert (first.json["amount"], second.json["amount"]) == ("40.00", "60.00")
    assert first.json["lines"][0]["quantity"] == "4"
    assert (nothing.status_code, nothing.json["code"]) == (409, "nothing_to_invoice")
    assert [first.json["number"][-4:], second.json["number"][-4:]] == ["0001", "0002"]
    assert api.get(f"deals/{deal.number}").json["invoiced"] == "100.00"


def test_parts_of_a_line_add_up_to_the_line(a_deal, ship, api_as, acting):
    # Given three pieces for 10.00 each, whose thirds do not divide evenly
    deal = a_deal(quantity=3)
    amounts = []
    for _part in range(3):
        ship(deal, 1)
        amounts.append(Decimal(_invoice(api_as, deal).json["amount"]))

    assert sum(amounts) == deal.amount


def test_by_rule_an_invoice_follows_the_shipment(app, with_deposit, ship, api, bus_idle):
    # Given the rule "at shipment"
    with unit_of_work(app):
        choose_invoice_moment("shipment")
    deal = with_deposit()

    # When goods leave in two parts, and the bus works twice
    ship(deal, 4)
    bus_idle()
    ship(deal, 6)
    bus_idle()
    bus_idle()

    # Then each shipment has its invoice, once
    assert [each["amount"] for each in _invoices(api, deal)] == ["60.00", "40.00"]
    assert api.get(f"deals/{deal.number}").json["invoiced"] == "100.00"


def test_goods_that_come_back_are_credited_and_taken_off_the_invoice(
    with_deposit, pay, ship, bring_back, api_as, api, owed, bus_idle
):
    # Given an invoiced and paid order
    deal = with_deposit()
    pay(deal, "100.00")
    ship(deal, 10)
    number = _invoice(api_as, deal).json["number"]

    # When three pieces come back
    bring_back(deal, 3)
    bus_idle()

    # Then the customer owes less, by herself, and a correction names the invoice
    told = api.get(f"deals/{deal.number}").json
    assert (told["credited"], told["invoiced"], told["owed"]) == ("30.00", "70.00", "-30.00")
    correction = _invoices(api, deal)[0]
    assert (correction["amount"], correction["corrects"]) == ("-30.00", number)


def test_what_was_never_invoiced_needs_no_correction(with_deposit, ship, bring_back, api, bus_idle):
    deal = with_deposit()
    ship(deal, 10)
    bring_back(deal, 3)
    bus_idle()

    assert _invoices(api, deal) == []
    assert api.get(f"deals/{deal.number}").json["owed"] == "70.00"


def test_each_return_is_credited_once_however_often_the_bus_asks(
    with_deposit, ship, bring_back, api, bus_idle, app
):
    deal = with_deposit()
    ship(deal, 10)
    for _part in range(3):
        bring_back(deal, 2)
        bus_idle()

    told = api.get(f"deals/{deal.number}").json
    credits_ = [entry for entry in told["entries"] if entry["fact"] == "credited"]
    assert [entry["amount"] for entry in credits_] == ["20.00"] * 3
    assert told["owed"] == "40.00"


def test_after_a_return_the_rest_can_be_invoiced(with_deposit, ship, bring_back, api_as, bus_idle):
    deal = with_deposit()
    ship(deal, 10)
    bring_back(deal, 3)
    bus_idle()

    assert _invoice(api_as, deal).json["amount"] == "70.00"


def test_a_failing_transaction_leaves_no_gap(app, with_deposit, ship, api_as, api, monkeypatch):
    # Given a shipped order
    deal = with_deposit()
    ship(deal, 4)

    # When the first attempt breaks after the number was drawn
    import modules.finance.services.invoices as service

    def broken(*_: object) -> None:
        raise RuntimeError("the power went")

    with monkeypatch.context() as patched:
        patched.setattr(service, "hint", broken)
        assert _invoice(api_as, deal).status_code == 500

    # Then the number goes to the next invoice, and the order was invoiced once
    answer = _invoice(api_as, deal)
    assert answer.json["number"].endswith("-0001")
    assert len(_invoices(api, deal)) == 1


def test_invoice_and_correction_are_pdfs(with_deposit, ship, bring_back, api_as, api, bus_idle):
    deal = with_deposit()
    ship(deal, 10)
    _invoice(api_as, deal)
    bring_back(deal, 1)
    bus_idle()

    for each in _invoices(api, deal):
        paper = api.get(f"finance/invoices/{each['number']}/pdf")
        assert paper.data.startswith(b"%PDF")


def test_imported_history_is_not_invoiced(a_deal, acting, api_as):
    from bus import publish
    from core.deals.facts import Delivered

    deal = a_deal(quantity=2, historical=True)
    with acting("sales"):
        publish(deal.fact(Delivered, lines=(deal.goods(2),)))

    assert _invoice(api_as, deal).json["code"] == "nothing_to_invoice"
