"""What people of the warehouse see and tap, and what the others see of it."""

import re

import pytest

from core.db import db, reading
from core.live.models import LiveHint


@pytest.fixture
def screen(client):
    """The browser of a warehouse worker."""
    return client("warehouse")


@pytest.fixture
def waiting(a_product, received, an_order, shipments_of):
    """A shipment that may leave, and its order."""
    a_product("TEA")
    received("TEA", "10")
    sale = an_order(TEA="4")
    return sale, shipments_of(sale)[0]


PAGES = (
    "/warehouse",
    "/warehouse?stage=ready",
    "/warehouse?stage=held",
    "/warehouse?stage=short",
    "/warehouse?stage=on_the_way",
    "/warehouse?stage=delivered",
    "/warehouse?stage=nonsense&q=zzz",
    "/warehouse/board",
    "/warehouse/receipts/new",
    "/warehouse/returns/new",
    "/warehouse/stock",
    "/warehouse/stock/TEA",
    "/warehouse/journal",
)


@pytest.mark.parametrize("language", ["en", "zh_Hans_CN"])
def test_every_page_opens_in_both_languages(screen, waiting, language):
    sale, shipment = waiting
    screen.set_cookie("lamplit_language", language)
    screen.post("/preferences/language", data={"language": language})
    more = (
        f"/warehouse/shipments/{shipment['id']}",
        f"/warehouse/returns/new?order={sale.number}",
        f"/deals/{sale.number}",
        "/products/TEA",
    )
    for page in (*PAGES, *more):
        answer = screen.get(page)
        assert answer.status_code == 200, page
        assert ("style=" in answer.text) is False, page
    expected = {"en": "To ship", "zh_Hans_CN": "待发货"}[language]
    assert expected in screen.get("/warehouse").text


def test_the_list_says_to_whom_where_what_and_who_sold_it(screen, waiting):
    sale, _shipment = waiting
    page = screen.get("/warehouse").text
    for shown in (sale.number, "上海晨光", "上海市人民路 1 号", "13812345678", "货 TEA", "王伟"):
        assert shown in page
    assert "¥40.00" in page


def test_a_shipment_is_sent_off_and_delivered_from_its_page(screen, waiting, shipments_of):
    # Given the page of a shipment, on which everything is proposed
    sale, shipment = waiting
    page = f"/warehouse/shipments/{shipment['id']}"
    assert 'value="4"' in screen.get(page).text

    # When a part is shipped
    line = {"lines-0-line_id": sale.lines["TEA"], "lines-0-quantity": "3"}
    sent = screen.post(f"{page}/ship", data={**line, "carrier": "顺丰", "idempotency_key": "k1"})
    assert sent.status_code == 303

    # Then a double click changes nothing, the page offers the next step, and the note prints
    again = screen.post(f"{page}/ship", data={**line, "carrier": "顺丰", "idempotency_key": "k1"})
    assert (again.status_code, again.location) == (303, sent.location)
    assert f"{page}/deliver" in screen.get(page).text
    note = screen.get(f"{page}/delivery-note")
    assert (note.mimetype, note.data[:5]) == ("application/pdf", b"%PDF-")

    # When it has arrived, one tap says so
    assert screen.post(f"{page}/deliver", data={"at": "board"}).location == "/warehouse/board"
    first, rest = shipments_of(sale)
    assert (first["state"], rest["state"]) == ("delivered", "open")


def test_a_wrong_form_keeps_what_was_typed_and_says_what_to_do(screen, waiting):
    sale, shipment = waiting
    page = f"/warehouse/shipments/{shipment['id']}"
    line = {"lines-0-line_id": sale.lines["TEA"], "idempotency_key": "k"}

    wrong = screen.post(f"{page}/ship", data={**line, "lines-0-quantity": "vier"})
    assert wrong.status_code == 422
    assert 'value="vier"' in wrong.text
    assert 'id="f-lines-0-quantity-error"' in wrong.text

    much = screen.post(f"{page}/ship", data={**line, "lines-0-quantity": "5"})
    assert much.status_code == 422
    assert 'id="f-lines-0-quantity-error"' in much.text

    nothing = screen.post(f"{page}/ship", data={**line, "lines-0-quantity": ""})
    assert nothing.status_code == 422


def test_the_message_stands_at_the_line_that_is_wrong(
    screen, a_product, received, an_order, shipments_of
):
    # Given a shipment of two lines, of which only the second is to leave now
    a_product("TEA")
    a_product("PHONE", serials=True)
    received("TEA", "1")
    received("PHONE", "1", serials=["S1"])
    sale = an_order(TEA="1", PHONE="1")
    [shipment] = shipments_of(sale)
    typed = {
        "lines-0-line_id": sale.lines["TEA"],
        "lines-0-quantity": "",
        "lines-1-line_id": sale.lines["PHONE"],
        "lines-1-quantity": "1",
        "lines-1-serials": "S9",
        "idempotency_key": "k",
    }
    page = f"/warehouse/shipments/{shipment['id']}/ship"

    # When a wrong number is typed, the message stands there
    wrong = screen.post(page, data=typed)
    assert wrong.status_code == 422
    assert 'id="f-lines-1-serials-error"' in wrong.text
    assert ">S9</textarea>" in wrong.text

    # When it is right, the piece leaves
    assert screen.post(page, data={**typed, "lines-1-serials": "S1"}).status_code == 303
    states = {row["state"]: row["lines"][0]["sku"] for row in shipments_of(sale)}
    assert states == {"shipped": "PHONE", "open": "TEA"}


def test_goods_are_received_by_a_form(screen, a_product, in_stock):
    a_product("MILK", lots=True)
    form = {
        "lines-0-sku": "MILK",
        "lines-0-quantity": "12",
        "lines-0-lot": "A",
        "lines-0-expires_on": "2031-05-01",
        "lines-1-sku": "",
        "note": "牛奶厂",
        "idempotency_key": "k",
    }
    wrong = screen.post("/warehouse/receipts/new", data={**form, "lines-0-lot": ""})
    assert wrong.status_code == 422
    assert 'id="f-lines-0-lot-error"' in wrong.text
    done = screen.post("/warehouse/receipts/new", data=form)
    assert done.status_code == 303
    assert "MILK" in screen.get(done.location).text
    assert in_stock("MILK") == {"A": "12"}


def test_equal_goods_are_told_apart_when_they_come_back(
    screen, waiting, stated, shipments_of, api_as
):
    # Given goods that left, and the same goods given for them later
    sale, shipment = waiting
    warehouse = api_as("warehouse")
    first = warehouse.post(f"warehouse/shipments/{shipment['id']}/ship", {}).json["document"]
    old = sale.lines.pop("TEA")
    stated(sale.sold(TEA="1"))
    (later,) = [each for each in shipments_of(sale) if each["id"] != shipment["id"]]
    second = warehouse.post(f"warehouse/shipments/{later['id']}/ship", {}).json["document"]

    # When one of them comes back
    page = screen.get(f"/warehouse/returns/new?order={sale.number}").text

    # Then each says with which delivery note it left.
    items = re.findall(r'<li class="card-item">.*?</li>', page, re.DOTALL)
    told = {str(old): first, str(sale.lines["TEA"]): second}
    assert len(items) == 2
    for item in items:
        (line_id,) = re.findall(r'line_id" value="([^"]+)"', item)
        assert re.findall(r"DN-[\d-]+", item) == [told[line_id]]


def test_goods_are_taken_back_by_a_form(screen, waiting, api_as, in_stock):
    sale, shipment = waiting
    api_as("warehouse").post(f"warehouse/shipments/{shipment['id']}/ship", {})
    form = {
        "order": sale.number,
        "lines-0-line_id": sale.lines["TEA"],
        "lines-0-quantity": "1",
        "restock": "true",
        "reason": "太多",
        "idempotency_key": "k",
    }
    none = screen.post("/warehouse/returns/new", data={**form, "lines-0-quantity": ""})
    assert "请至少填写一行退回的货物。" in none.text
    much = screen.post("/warehouse/returns/new", data={**form, "lines-0-quantity": "9"})
    assert much.status_code == 422
    assert 'value="9"' in much.text
    assert screen.post("/warehouse/returns/new", data=form).status_code == 303
    assert in_stock("TEA") == {"": "7"}


def test_every_department_sees_the_shipments_of_a_deal(client, waiting, api_as):
    sale, shipment = waiting
    page = client("sales").get(f"/deals/{sale.number}").text
    assert 'id="warehouse-deal"' in page
    # And only the warehouse is offered the next step
    step = f"/warehouse/shipments/{shipment['id']}"
    assert step not in page
    assert step in client("warehouse").get(f"/deals/{sale.number}").text


def test_a_serial_number_leads_to_lot_order_and_warranty(
    screen, client, a_product, received, an_order, shipments_of, api_as
):
    a_product("PHONE", serials=True, warranty_months=12)
    received("PHONE", "1", serials=["SN-4711"])
    sale = an_order(PHONE="1")
    [shipment] = shipments_of(sale)
    body = {"lines": [{**sale.goods("PHONE", "1"), "serials": ["SN-4711"]}]}
    api_as("warehouse").post(f"warehouse/shipments/{shipment['id']}/ship", body)

    # When anybody types the number into the search box
    found = api_as("service").get("search", q="SN-4711").json["items"]
    [piece] = [each for each in found if each["kind"] == "serial"]

    # Then it leads to the piece and whose it is
    page = client("service").get(f"/warehouse/serials/{piece['ref']}").text
    assert sale.number in page
    assert "SN-4711" in page


def test_open_screens_are_told(app, waiting, api_as, bus_idle):
    sale, shipment = waiting
    api_as("warehouse").post(f"warehouse/shipments/{shipment['id']}/ship", {})
    bus_idle()
    with reading(app):
        from sqlalchemy import select

        hints = {(row.topic, row.ref) for row in db.session.scalars(select(LiveHint))}
    assert {("warehouse.shipments", sale.number), ("warehouse.stock", "TEA")} <= hints
    assert ("deals", sale.number) in hints


def test_others_are_kept_out_of_the_warehouse(client):
    for page in ("/warehouse", "/warehouse/board", "/warehouse/stock", "/warehouse/journal"):
        assert client("finance").get(page).status_code == 403, page


def test_an_expired_piece_is_not_offered(screen, a_product, received, an_order, shipments_of):
    a_product("LAMP", lots=True, serials=True)
    received("LAMP", "1", lot="OLD", serials=["SN-OLD"], expires_on="2020-01-01")
    received("LAMP", "1", lot="NEW", serials=["SN-NEW"])
    [shipment] = shipments_of(an_order(LAMP="1"))

    page = screen.get(f"/warehouse/shipments/{shipment['id']}").text

    assert "SN-NEW" in page
    assert "SN-OLD" not in page


def test_an_expired_piece_that_is_named_is_refused_at_its_field(
    screen, a_product, received, an_order, shipments_of, in_stock, api_as
):
    # Given a piece that has expired, and an order of one piece
    a_product("LAMP", lots=True, serials=True)
    received("LAMP", "1", lot="OLD", serials=["SN-OLD"], expires_on="2020-01-01")
    received("LAMP", "1", lot="NEW", serials=["SN-NEW"])
    sale = an_order(LAMP="1")
    [shipment] = shipments_of(sale)
    address = f"/warehouse/shipments/{shipment['id']}/ship"
    line = {"lines-0-line_id": sale.lines["LAMP"], "lines-0-quantity": "1", "idempotency_key": "k"}

    # When it is named, then the field says what to do and nothing leaves
    wrong = screen.post(address, data={**line, "lines-0-serials": "SN-OLD"})
    assert wrong.status_code == 422
    assert 'id="f-lines-0-serials-error"' in wrong.text
    assert "序列号 SN-OLD 已于 2020-01-01 过期。" in wrong.text
    assert in_stock("LAMP") == {"OLD": "1", "NEW": "1"}

    # And, as with any goods, it leaves when somebody names its lot as well
    asked = {"lines": [{**sale.goods("LAMP", "1"), "serials": ["SN-OLD"], "lot": "OLD"}]}
    api_as("warehouse").post(f"warehouse/shipments/{shipment['id']}/ship", asked)
    assert in_stock("LAMP") == {"NEW": "1"}


def test_a_receipt_of_what_has_expired_is_warned_of(screen, a_product):
    a_product("MILK", lots=True)
    line = {"lines-0-sku": "MILK", "lines-0-quantity": "1"}

    def receive(lot, day):
        typed = {**line, "lines-0-lot": lot, "lines-0-expires_on": day, "idempotency_key": lot}
        done = screen.post("/warehouse/receipts/new", data=typed)
        return screen.get(done.location).text

    assert "批次 OLD 已于 2020-01-01 过期" in receive("OLD", "2020-01-01")
    assert "批次 NEW" not in receive("NEW", "2190-01-01")
