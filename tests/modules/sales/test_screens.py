"""The screens of sales, as a browser asks for them."""

import re

import pytest


@pytest.fixture
def desk(client, goods):
    """A browser in which the salesperson is signed in, in English."""
    signed_in = client("sales")
    signed_in.set_cookie("lamplit_language", "en")
    return signed_in


def text_of(answer):
    assert answer.status_code in (200, 422), answer.status_code
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)))


def form(customer, **more):
    return {
        "idempotency_key": "one-click",
        "customer_id": customer,
        "customer_id-shown": "上海晨光",
        "lines-0-sku": "AC",
        "lines-0-sku-shown": "空调",
        "lines-0-quantity": "2",
    } | more


def test_the_first_page_of_sales_leads_to_its_orders(desk):
    assert desk.get("/sales").headers["Location"] == "/sales/orders"
    assert "No orders yet" in text_of(desk.get("/sales/orders"))


def test_a_quotation_is_written_once_however_often_one_clicks(desk, customer):
    first = desk.post("/sales/orders/new", data=form(customer))
    second = desk.post("/sales/orders/new", data=form(customer))

    assert first.status_code == second.status_code == 303
    assert first.headers["Location"] == second.headers["Location"]
    page = text_of(desk.get(first.headers["Location"]))
    assert "¥6,780.00" in page
    assert "Confirm when the customer agrees" in page


def test_an_order_can_be_taken_at_once(desk, customer, api):
    desk.post("/sales/orders/new", data=form(customer, then="confirm"))

    assert [each["ordered"] for each in api.get("deals").json["items"]] == ["6780.00"]


def test_what_is_wrong_stands_at_its_field_and_the_input_is_kept(desk, customer):
    rows = {"lines-3-sku": "A4", "lines-3-quantity": "1.2345", "note": "送到三楼"}

    answer = desk.post("/sales/orders/new", data=form(customer, **rows))

    # The second line is the fourth row of the page: the message stands there.
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert 'id="f-lines-3-quantity-error"' in page
    assert 'value="1.2345"' in page
    assert "送到三楼" in page


def test_an_empty_form_says_what_to_enter(desk):
    page = text_of(desk.post("/sales/orders/new", data={"idempotency_key": "x"}))

    assert "Choose a customer from the list." in page
    assert "Enter at least one line." in page


def test_figures_are_shown_while_one_types(desk):
    typed = {
        "lines-0-sku": "AC",
        "lines-0-quantity": "2",
        "lines-1-sku-shown": "half a na",
        "deposit-kind": "earnest",
        "deposit-percent": "30",
        "deposit-before_shipping": "true",
    }

    page = text_of(desk.get("/sales/orders/reckon", query_string=typed))

    # 定金 above 20 % is no 定金: two dues, and a word about it.
    assert "contains ¥780.00 tax" in page
    for amount in ("¥6,780.00", "¥1,356.00", "¥678.00", "¥4,746.00"):
        assert amount in page
    assert "20 %" in page


def test_a_price_left_empty_is_said(desk, quote):
    # Given a quotation at a price of its own
    number = quote([{"sku": "AC", "quantity": "2", "unit_price": "3000.00"}])["number"]
    html = desk.get(f"/sales/orders/{number}/edit").get_data(as_text=True)
    (line,) = re.findall(r'name="lines-0-line_id" value="([^"]+)"', html)

    # When its price is emptied, and a new line (the fifth on the page) has none
    typed = {"lines-0-line_id": line, "lines-0-sku": "AC", "lines-0-quantity": "2"}
    typed |= {"lines-4-sku": "AC", "lines-4-quantity": "1"}
    answer = desk.get("/sales/orders/reckon", query_string=typed)

    # Then the old line keeps its own, the new one has the product's, and so it is summed up.
    said = re.findall(r'data-preset-for="([^"]+)" value="([^"]+)"', answer.get_data(as_text=True))
    assert said == [("lines-0-unit_price", "3000.00"), ("lines-4-unit_price", "3390.00")]
    assert "¥9,390.00" in text_of(answer)


def test_whoever_sells_sees_what_is_owed_already(desk, sell, customer):
    sell(AC="1")

    page = text_of(desk.get("/sales/orders/reckon", query_string={"customer_id": customer}))

    assert "This customer owes ¥3,390.00 already." in page


def test_a_promised_day_that_is_past_is_said_so(desk):
    page = text_of(desk.get("/sales/orders/reckon", query_string={"promised_on": "2020-01-01"}))
    assert "2020-01-01 is past" in page

    page = text_of(desk.get("/sales/orders/reckon", query_string={"promised_on": "2999-01-01"}))
    assert "is past" not in page


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"customer_id": "nobody"},
        {"lines-0-sku": "NONE", "lines-0-quantity": "1"},
        {"lines-0-sku": "AC", "lines-0-quantity": "many"},
        {"lines-0-sku": "AC", "lines-0-quantity": "1", "promised_on": "soon", "deposit-kind": "?"},
        {"lines-0-sku": "AC", "lines-0-quantity": "1", "deposit-kind": "earnest"},
    ],
)
def test_half_a_form_is_no_error(desk, typed):
    assert desk.get("/sales/orders/reckon", query_string=typed).status_code == 200


def test_confirming_shows_who_has_the_ball(desk, quote):
    rule = {"kind": "prepayment", "amount": "1000.00", "before_shipping": True}
    number = quote(AC="1", deposit=rule)["number"]

    answer = desk.post(f"/sales/orders/{number}/confirm", data={"idempotency_key": "c"})

    page = text_of(desk.get(answer.headers["Location"]))
    assert "Waiting for Finance: deposit ¥1,000.00 before shipping" in page
    assert "is confirmed. Every department sees it now." in page


def test_somebody_elses_change_is_shown_beside_ones_own(desk, quote, api_as, customer):
    order = quote(AC="1")
    address = f"/sales/orders/{order['number']}/edit"
    assert f'value="{order["version"]}"' in desk.get(address).get_data(as_text=True)
    api_as("admin").patch(f"sales/orders/{order['number']}", {"note": "hers"})

    mine = form(customer, note="mine", version=order["version"])
    refused = desk.post(address, data=mine)

    # Both are on the page, and saving again is possible with what one saw now.
    assert refused.status_code == 422
    page = refused.get_data(as_text=True)
    assert "hers" in page
    assert ">mine</textarea>" in page
    saved = desk.post(address, data=mine | {"version": order["version"] + 1})
    assert saved.status_code == 303
    assert "mine" in text_of(desk.get(f"/sales/orders/{order['number']}"))


def test_a_change_of_an_order_is_told_in_its_history(desk, sell, customer):
    order = sell(AC="1")
    data = form(customer, reason="再要一台", version=order["version"])

    desk.post(f"/sales/orders/{order['number']}/edit", data=data)

    page = text_of(desk.get(f"/sales/orders/{order['number']}"))
    assert "空调 · 1 件 × 3390.00 → 空调 · 2 件 × 3390.00" in page
    assert "再要一台" in page


def test_a_part_is_cancelled_from_the_dialog(desk, sell, deal):
    order = sell(AC="3", A4="1")
    lines = {f"lines-{at}-line_id": line["line_id"] for at, line in enumerate(order["lines"])}
    address = f"/sales/orders/{order['number']}/cancel"

    unsaid = desk.post(address, data=lines | {"lines-0-quantity": "1", "idempotency_key": "1"})
    too_much = desk.post(
        address, data=lines | {"lines-1-quantity": "9", "reason": "x", "idempotency_key": "2"}
    )
    done = desk.post(
        address, data=lines | {"lines-0-quantity": "1", "reason": "x", "idempotency_key": "3"}
    )

    assert "Say in a few words why it is cancelled." in text_of(unsaid)
    # The message stands at the line that it is about, though the first was left empty.
    assert 'id="f-lines-1-quantity-error"' in too_much.get_data(as_text=True)
    assert "Line 2, Cancel so many of" in text_of(too_much)
    assert done.status_code == 303
    assert [line["cancelled"] for line in deal(order["number"])["lines"]] == ["1", "0"]


def test_the_list_shows_stages_and_lateness(desk, sell, quote):
    sell(AC="1", promised_on="2020-01-01")
    quote(A4="1")

    page = text_of(desk.get("/sales/orders"))

    assert "1 open order, 1 quotation, 1 is late" in page
    assert "days late" in page
    only = text_of(desk.get("/sales/orders?stage=quotation"))
    assert "1 order" in only
    assert "days late" not in only


def test_an_unknown_filter_is_no_error(desk, sell):
    sell(AC="1")

    assert desk.get("/sales/orders?stage=lost&sort=colour&mine=1").status_code == 200


def test_the_board_has_a_card_for_each_order(desk, sell, quote):
    sold, quoted = sell(AC="1")["number"], quote(A4="1")["number"]

    page = desk.get("/sales/board").get_data(as_text=True)

    assert page.count('class="card-item"') == 2
    assert sold in page
    assert quoted in page


def test_both_papers_are_pdfs(desk, quote, sales):
    number = quote(AC="1", promised_on="2026-12-24")["number"]
    for _ in range(2):
        paper = desk.get(f"/sales/orders/{number}/print")
        assert paper.mimetype == "application/pdf"
        assert paper.data.startswith(b"%PDF")
        sales.post(f"sales/orders/{number}/confirm")


def test_her_card_shows_her_quotations(desk, quote, customer):
    number = quote(AC="1")["number"]

    page = desk.get(f"/customers/{customer}").get_data(as_text=True)

    assert number in page
    assert f"/sales/orders/new?customer={customer}" in page
    assert "上海晨光" in desk.get(f"/sales/orders/new?customer={customer}").get_data(as_text=True)


def test_only_sales_opens_these_screens(client, goods, sell):
    number = sell(AC="1")["number"]
    for login in ("finance", "warehouse", "service"):
        screens = client(login)
        for address in (
            "/sales/orders", "/sales/board", "/sales/orders/new", f"/sales/orders/{number}",
            f"/sales/orders/{number}/edit", f"/sales/orders/{number}/print",
        ):  # fmt: skip
            assert screens.get(address).status_code == 403, (login, address)
        # But the deal is everybody's.
        assert screens.get(f"/deals/{number}").status_code == 200


def test_in_chinese(client, goods, sell):
    number = sell(AC="1")["number"]
    screens = client("sales")
    screens.set_cookie("lamplit_language", "zh_Hans_CN")

    assert "新订单" in text_of(screens.get("/sales/orders"))
    assert "订单看板" in text_of(screens.get("/sales/board"))
    assert number in text_of(screens.get(f"/sales/orders/{number}"))
