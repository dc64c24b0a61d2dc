"""Orders of the past are taken over: figures and timeline count, nothing else follows."""

from decimal import Decimal
from pathlib import Path

import pytest

from core.imports import runs, services, shelf
from core.imports.queries import import_called

HEAD = "order_ref,ordered_on,customer_ref,sku,quantity,amount"
ROWS = """CD1,1997-01-01,C1,CD,1,11.77
CD2,1997-01-02,C2,CD,2,29.33
CD3,1997-01-02,C1,CD,3,0.00
CD4,1998-06-30,C1,LP,2,50.01"""


@pytest.fixture
def take_over(app, tmp_path: Path):
    """Takes over orders from a text of rows; returns the import as it ended."""

    def run(rows=ROWS, head=HEAD, currency="USD", language="en"):
        file = tmp_path / "orders.csv"
        file.write_text(f"{head}\n{rows}\n", encoding="utf-8")
        with app.app_context():
            from core.db import reading, unit_of_work

            with file.open("rb") as stream, unit_of_work():
                row = services.open_import(
                    "orders", shelf.keep(stream), file_name="orders.csv", currency=currency,
                    language=language,
                )  # fmt: skip
                id_, state = row.id, row.state
            if state != "done" and runs.check(id_).good:
                runs.take_in(id_)
            with reading():
                ended = import_called(id_)
                problems = [(p.line, p.column, p.reason) for p in shelf.problems(id_)]
                return {"state": ended.state, "new": ended.rows_new, "problems": problems}

    return run


def test_a_past_order_is_sold_delivered_and_paid(take_over, api_as):
    take_over()

    seen = api_as("finance").get("deals/CD2").json
    assert (seen["customer"], seen["currency"], seen["sold_on"]) == ("C2", "USD", "1997-01-02")
    assert {seen[f] for f in ("ordered", "shipped", "delivered", "received")} == {"29.33"}
    assert (seen["owed"], seen["overdue"]) == ("0.00", "0.00")
    assert [each["type"] for each in seen["entries"]] == [
        "sales.past_sale",
        "sales.past_delivery",
        "sales.past_payment",
    ]


def test_the_rows_amount_is_the_lines_whatever_a_piece_would_cost(take_over, api_as):
    take_over()

    # 29.33 for two is no price of cents; the amount stands.
    order = api_as("sales").get("sales/orders/CD2").json
    assert (order["total"], order["stage"]) == ("29.33", "done")
    assert [(e["quantity"], e["amount"]) for e in order["lines"]] == [("2", "29.33")]


def test_nothing_may_cost_nothing(take_over, api_as):
    take_over()

    assert api_as("finance").get("deals/CD3").json["ordered"] == "0.00"


def test_unknown_customers_and_goods_are_entered_known_ones_found(take_over, api, acting):
    from core.customers.services import create_customer

    with acting("admin"):
        known = create_customer("上海晨光", code="C1").id

    take_over()

    assert {c["name"] for c in api.get("customers").json["items"]} == {"上海晨光", "C2"}
    assert {p["sku"] for p in api.get("products").json["items"]} == {"CD", "LP"}
    assert len(api.get("deals", customer=str(known)).json["items"]) == 3


def test_no_department_has_anything_to_do(take_over, api, bus_idle):
    take_over()
    bus_idle()

    assert api.get("warehouse/shipments").json["items"] == []
    assert api.get("service/tasks").json["items"] == []
    assert {each["owed"] for each in api.get("finance/receivables").json["items"]} <= {"0.00"}
    assert api.get("deals", owing="true").json["items"] == []


def test_screens_are_not_disturbed(take_over, app):
    take_over()

    with app.app_context():
        from sqlalchemy import select

        from core.db import db, reading
        from core.live.models import LiveHint

        with reading():
            topics = set(db.session.scalars(select(LiveHint.topic)))
    assert "imports" in topics
    assert not topics & {"deals", "sales.orders", "customers", "products", "finance.receivables"}


def test_the_same_rows_in_another_file_change_nothing(take_over, api):
    first = take_over()
    second = take_over(ROWS + "\nCD5,1999-01-01,C1,CD,1,12.00")

    assert (first["new"], second["new"]) == (4, 1)
    assert len(api.get("deals").json["items"]) == 5
    assert len(api.get("deals/CD1").json["entries"]) == 3


def test_bad_rows_are_named_and_nothing_is_taken(take_over, api, quote):
    own = quote(AC="1")["number"]

    ended = take_over(
        f"""CD1,1997-01-01,C1,CD,1,11.77
CD/2,1997-01-01,C1,CD,1,11.77
{own},1997-01-01,C1,CD,1,11.77
CD3,2999-01-01,C1,CD,1,11.77
CD4,1997-13-01,C1,CD,0,-1
CD1,1997-01-01,C1,CD,1,11.77
CD5,1997-01-01,C1,/CD,1,11.77"""
    )

    assert ended["state"] == "refused"
    assert sorted((line, column) for line, column, _reason in ended["problems"]) == [
        (3, "Order number"),
        (4, "Order number"),
        (5, "Ordered on"),
        (6, "Amount"),
        (6, "Ordered on"),
        (6, "Quantity"),
        (7, "Order number"),
        (8, "Product number"),
    ]
    assert all(reason for _line, _column, reason in ended["problems"])
    assert api.get("deals").json["items"] == []


def test_chinese_heads_and_a_unit(take_over, api_as):
    take_over(
        "X1,2020年1月2日,C1,CD,2,10.00,盒", head="订单号,下单日期,客户编号,商品编号,数量,金额,单位"
    )

    line = api_as("finance").get("deals/X1").json["lines"][0]
    assert (line["unit"], line["ordered"], line["amount"]) == ("盒", "2", "10.00")


def test_settled_history_is_not_touched(take_over, api_as):
    take_over()
    sales = api_as("sales")

    answers = [
        sales.patch("sales/orders/CD1", {"note": "x"}),
        sales.post("sales/orders/CD1/confirm"),
        sales.post("sales/orders/CD1/cancel", {"reason": "x"}),
    ]

    assert [answer.json["code"] for answer in answers] == ["settled_history"] * 3


def test_doctor_is_content(take_over, app, bus_idle):
    from core.db import reading
    from core.doctor.deals import difference

    take_over()
    bus_idle()

    with app.app_context(), reading():
        assert difference() is None


def test_figures_add_up(take_over, api):
    take_over()

    ordered = [Decimal(deal["ordered"]) for deal in api.get("deals").json["items"]]
    assert sum(ordered) == Decimal("91.11")
