"""The screens of finance: the counter above all."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest

from bus import publish
from core.customers.services import create_customer
from core.deals.facts import Cancelled, CancelledLine
from tests.modules.finance.conftest import due


@pytest.fixture
def screen(client):
    """The browser of finance's head."""
    return client("finance")


def _page(answer) -> str:
    assert answer.status_code == 200, answer.text[:500]
    return answer.text


def _at_counter(deal, amount: str, *also, **more):
    orders = (deal, *also)
    parts = {
        f"parts-{n}-{name}": value
        for n, each in enumerate(orders)
        for name, value in (("order", each.number), ("take", "true"))
    }
    return {
        "customer_id": str(deal.customer_id),
        "amount": amount,
        "method": "cash",
        "idempotency_key": more.pop("key", "one-act"),
        **parts,
        **more,
    }


def test_she_is_found_by_name_sound_phone_or_number(with_deposit, screen):
    # Given a customer called 李丽 with an order
    deal = with_deposit()

    # Then each of the words she may say finds her, with what she owes
    for q in ("李丽", "lili", "ll", deal.number):
        text = _page(screen.get("/finance/counter", query_string={"q": q}))
        assert str(deal.customer_id) in text, q
        assert "¥100.00" in text

    # And Enter goes straight to her when only she is meant
    answer = screen.get("/finance/counter", query_string={"q": deal.number, "go": 1})
    assert answer.status_code == 302
    assert f"customer={deal.customer_id}" in answer.headers["Location"]


def test_she_is_found_by_her_receipt(with_deposit, pay, screen, client):
    # Given a customer who brings the receipt of her deposit
    deal = with_deposit()
    number = pay(deal, "30.00").json["number"]

    # Then its number finds her at the counter, and the receipt in the search box
    assert str(deal.customer_id) in _page(screen.get(f"/finance/counter?q={number}"))
    assert f"/finance/payments/{number}" in _page(screen.get(f"/search?q={number}"))
    # but not for those who may not open it
    assert f"/finance/payments/{number}" not in _page(client("sales").get(f"/search?q={number}"))


def test_nobody_found_says_what_to_try(screen):
    assert "empty" in _page(screen.get("/finance/counter?q=zzzz"))


def test_the_till_proposes_what_is_due(with_deposit, screen, pay):
    deal = with_deposit()

    text = _page(screen.get(f"/finance/counter?customer={deal.customer_id}"))
    assert 'name="amount"' in text
    assert 'value="30.00"' in text  # the deposit

    pay(deal, "30.00")
    text = _page(screen.get(f"/finance/counter?order={deal.number}"))
    assert 'value="70.00"' in text  # the balance


def test_an_open_deposit_is_asked_for_with_what_is_overdue(a_deal, screen, pay, day):
    # Given an order whose balance fell due before its deposit was paid
    plan = (due("30.00", kind="prepayment", before=True), due("60.00", on=day - timedelta(2)))
    deal = a_deal(quantity=10, dues=(*plan, due("10.00", on=day + timedelta(9))))

    # Then both are shown, and asked for together: money settles the deposit first.
    text = _page(screen.get(f"/finance/counter?customer={deal.customer_id}"))
    assert 'value="90.00"' in text
    assert f"自 {day - timedelta(2)} 起" in text
    assert re.search(r"逾期.*?¥60\.00.*?订金.*?¥30\.00", text, re.DOTALL)

    # When it is paid, nothing is overdue any more
    pay(deal, "90.00")
    text = _page(screen.get(f"/finance/counter?customer={deal.customer_id}"))
    assert f"自 {day - timedelta(2)} 起" not in text
    assert 'value="10.00"' in text


def test_a_quotation_is_said_to_ask_for_nothing_yet(with_deposit, screen, pay):
    deal = with_deposit()
    pay(deal, "100.00")

    text = _page(screen.get(f"/finance/counter?customer={deal.customer_id}"))

    assert "报价单在确认之前不收任何款项" in text


def test_whoever_owes_most_is_found_first(a_deal, acting, screen):
    # Given three people of one name, of whom the last owes most, and one who is called just so
    with acting("sales"):
        names = ("李丽", "李丽华", "李丽君", "李丽珍")
        people = {name: create_customer(name, []).id for name in names}
    for name, quantity in (("李丽", 1), ("李丽华", 2), ("李丽君", 9)):
        a_deal(quantity=quantity, customer_id=people[name])

    # Then she comes first whose name it is, and after her whoever owes most
    assert _found(screen, "李丽") == ["李丽", "李丽君", "李丽华", "李丽珍"]
    assert _found(screen, "李") == ["李丽君", "李丽华", "李丽", "李丽珍"]


def _found(screen, q: str) -> list[str]:
    """The names found at the counter, in their order."""
    text = _page(screen.get("/finance/counter", query_string={"q": q}))
    return re.findall(r"(李丽\w?)</a>", text)


def test_ticking_orders_changes_the_amount(with_deposit, bought_again, screen):
    deal = with_deposit()
    other = bought_again(deal)
    query = {
        "customer": str(deal.customer_id),
        "chosen": "1",
        "parts-0-order": deal.number,
        "parts-1-order": other.number,
        "parts-1-take": "true",
    }

    assert 'value="50.00"' in _page(screen.get("/finance/counter", query_string=query))


def test_money_is_taken_and_the_receipt_is_at_hand(with_deposit, screen, owed):
    deal = with_deposit()

    answer = screen.post("/finance/counter", data=_at_counter(deal, "30.00"))

    assert answer.status_code == 303
    page = _page(screen.get(answer.headers["Location"]))
    number = re.search(r"RC-\d{4}-\d{4}", page)[0]
    assert screen.get(f"/finance/payments/{number}/receipt.pdf").data.startswith(b"%PDF")
    assert owed(deal) == "70.00"


def test_a_double_click_takes_the_money_once(with_deposit, screen, owed):
    deal = with_deposit()

    first = screen.post("/finance/counter", data=_at_counter(deal, "30.00"))
    second = screen.post("/finance/counter", data=_at_counter(deal, "30.00"))

    assert first.headers["Location"] == second.headers["Location"]
    assert owed(deal) == "70.00"


def test_a_refusal_says_the_new_figure_and_keeps_what_was_typed(with_deposit, pay, screen, owed):
    # Given a colleague who took the deposit after this page was opened
    deal = with_deposit()
    pay(deal, "30.00")

    # When the clerk takes what she saw
    data = _at_counter(deal, "100.00", method="alipay")
    answer = screen.post("/finance/counter", data=data)

    # Then the page says what is owed now, and what was typed still stands there
    assert answer.status_code == 422
    assert "¥70.00" in answer.text
    assert 'value="100.00"' in answer.text
    assert re.search(r'value="alipay"[^>]* checked', answer.text)
    assert owed(deal) == "70.00"


def test_the_rest_is_kept_when_the_clerk_says_so(with_deposit, screen, api, owed):
    deal = with_deposit()

    answer = screen.post("/finance/counter", data=_at_counter(deal, "120.00", keep_rest="true"))

    assert answer.status_code == 303
    assert owed(deal) == "0.00"
    credit = api.get(f"finance/credits/{deal.customer_id}").json["items"]
    assert credit[0]["amount"] == "20.00"
    # And from now on it is offered as a way to pay
    text = _page(screen.get(f"/finance/counter?customer={deal.customer_id}"))
    assert "¥20.00" in text


def test_one_amount_settles_the_ticked_orders_one_after_the_other(
    with_deposit, bought_again, screen, owed
):
    deal = with_deposit()
    other = bought_again(deal)

    screen.post("/finance/counter", data=_at_counter(deal, "120.00", other))

    assert (owed(deal), owed(other)) == ("0.00", "30.00")


def test_or_it_is_split_by_hand(with_deposit, bought_again, screen, owed):
    deal = with_deposit()
    other = bought_again(deal)
    by_hand = {"parts-0-amount": "10.00", "parts-1-amount": "50.00"}

    answer = screen.post("/finance/counter", data=_at_counter(deal, "60.00", other, **by_hand))

    assert answer.status_code == 303
    assert (owed(deal), owed(other)) == ("90.00", "0.00")


def test_bad_amounts_are_answered_at_the_field(with_deposit, screen, owed):
    deal = with_deposit()

    for amount in ("", "abc", "-1", "0", "1.005", "99999999999999999"):
        answer = screen.post("/finance/counter", data=_at_counter(deal, amount))
        assert answer.status_code == 422
        assert 'id="f-amount-error"' in answer.text, amount
    assert owed(deal) == "100.00"


def test_full_width_figures_are_read(with_deposit, screen, owed):
    deal = with_deposit()

    answer = screen.post("/finance/counter", data=_at_counter(deal, "￥３０.００"))

    assert answer.status_code == 303
    assert owed(deal) == "70.00"


def test_what_is_to_be_given_back_stays_as_credit_in_one_click(
    with_deposit, pay, acting, screen, owed, bus_idle, api
):
    # Given a cancelled order with its deposit
    deal = with_deposit()
    pay(deal, "30.00")
    line = CancelledLine(line_id=deal.line_id, quantity=Decimal(10), amount=Decimal("100.00"))
    with acting("sales"):
        publish(deal.fact(Cancelled, lines=(line,), dues=()))
    bus_idle()
    assert deal.number in _page(screen.get("/finance?state=back"))

    # When the clerk keeps it
    address = f"/finance/orders/{deal.number}/credit"
    answer = screen.post(address, data={"idempotency_key": "keep"})

    # Then it is the customer's credit, and nothing is to be given back
    assert answer.status_code == 303
    assert owed(deal) == "0.00"
    assert api.get(f"finance/credits/{deal.customer_id}").json["items"][0]["amount"] == "30.00"


def test_a_refund_by_form(with_deposit, pay, screen, owed):
    deal = with_deposit()
    pay(deal, "30.00")
    address = f"/finance/orders/{deal.number}/refund"
    assert 'value="30.00"' in _page(screen.get(address))
    data = {"amount": "31.00", "method": "cash", "reason": "不要了", "idempotency_key": "a"}

    refused = screen.post(address, data=data)
    given = screen.post(address, data={**data, "amount": "30.00", "idempotency_key": "b"})

    assert refused.status_code == 422
    assert "不要了" in refused.text
    assert given.status_code == 303
    assert owed(deal) == "100.00"


def test_a_write_off_by_form(with_deposit, screen, client, owed):
    deal = with_deposit()
    address = f"/finance/orders/{deal.number}/write-off"
    data = {"amount": "100.00", "reason": "失联", "idempotency_key": "w"}

    assert client("sales").post(address, data=data).status_code == 403
    assert screen.post(address, data={**data, "reason": ""}).status_code == 422
    assert screen.post(address, data=data).status_code == 303
    assert owed(deal) == "0.00"


def test_an_invoice_by_button_and_the_rule(with_deposit, ship, screen, bus_idle, api):
    deal = with_deposit()
    ship(deal, 4)
    assert deal.number in _page(screen.get("/finance/invoices"))

    answer = screen.post(f"/finance/orders/{deal.number}/invoice", data={"idempotency_key": "i"})
    assert answer.status_code == 303
    page = _page(screen.get(answer.headers["Location"]))
    assert "¥40.00" in page
    assert deal.number not in _page(screen.get("/finance/invoices"))

    # And with the rule "at shipment" nobody needs to press a button
    assert screen.post("/finance/rules", data={"invoice_at": "shipment"}).status_code == 303
    ship(deal, 6)
    bus_idle()
    assert api.get(f"deals/{deal.number}").json["invoiced"] == "100.00"


def test_lists_open_in_every_view(with_deposit, pay, bus_idle, screen):
    deal = with_deposit()
    pay(deal, "30.00")
    bus_idle()

    for address in (
        "/finance",
        "/finance?state=overdue&sort=-owed",
        "/finance?age=0&q=李丽",
        f"/finance?customer={deal.customer_id}",
        "/finance/debtors",
        "/finance/debtors?by=salesperson",
        "/finance/payments",
        "/finance/payments?kind=refunds",
        "/finance/payments?q=lili",
        "/finance/invoices?stage=issued",
        "/finance/rules",
    ):
        _page(screen.get(address))
    assert deal.number in _page(screen.get("/finance"))
    assert "RC-" in _page(screen.get("/finance/payments?q=" + deal.number))


def test_the_order_and_the_customer_show_what_finance_knows(with_deposit, pay, screen, client):
    deal = with_deposit()
    number = pay(deal, "30.00").json["number"]

    assert number in _page(screen.get(f"/deals/{deal.number}"))
    assert number in _page(screen.get(f"/customers/{deal.customer_id}"))
    # Sales sees the money, too, without finance's actions
    page = _page(client("sales").get(f"/deals/{deal.number}"))
    assert number in page
    assert "/finance/" not in page


def test_others_are_kept_out(with_deposit, client):
    for login in ("sales", "warehouse", "service"):
        browser = client(login)
        assert browser.get("/finance/counter").status_code == 403
        assert browser.get("/finance").status_code == 403


def test_credit_is_given_back_by_form(with_deposit, pay, screen, api):
    deal = with_deposit()
    pay(deal, "120.00", excess="credit")
    address = f"/finance/customers/{deal.customer_id}/credit"
    assert 'value="20.00"' in _page(screen.get(address))
    data = {"amount": "20.00", "currency": "CNY", "method": "cash", "reason": "要回"}

    refused = screen.post(address, data={**data, "amount": "21", "idempotency_key": "a"})
    given = screen.post(address, data={**data, "idempotency_key": "b"})

    assert (refused.status_code, given.status_code) == (422, 303)
    assert api.get(f"finance/credits/{deal.customer_id}").json["items"] == []
    assert "RF-" in _page(screen.get("/finance/payments?kind=refunds"))
