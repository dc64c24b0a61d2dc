"""One click on a reminder, and sales has the order."""

import pytest
from sqlalchemy import select

from core.clock import today
from core.db import db
from core.tasks import services as tasks
from core.tasks.models import Task


@pytest.fixture
def reminder(app, acting, api, a_deal):
    """A reminder that a product runs out."""
    api.post(
        "products",
        {"sku": "TEA", "name": "龙井", "unit": "kg", "price": "10.00", "currency": "CNY"},
    )

    def make(sku: str = "TEA"):
        deal = a_deal(quantity=3)
        with acting("service"):
            return tasks.ask(
                "service.run_out",
                f"run-out:{deal.number}",
                "Running out: offer it again",
                today(),
                customer_id=deal.customer_id,
                words={"sku": sku, "product": "龙井", "quantity": "3", "why": "", "day": ""},
            )

    return make


def test_the_quotation_is_there_before_she_has_hung_up(app, client, api_as, reminder, bus_idle):
    # Given a reminder on service's list, with the offer beside it
    task = reminder()
    browser = client("service")
    assert "repeat-order" in browser.get(f"/tasks/{task}").text

    # When service clicks, even twice
    assert browser.post(f"/service/tasks/{task}/repeat-order").status_code == 303
    browser.post(f"/service/tasks/{task}/repeat-order")
    bus_idle()

    # Then sales has one quotation for the same, and is asked to confirm it
    quotations = api_as("sales").get("sales/orders").json["items"]
    assert [(each["customer"], each["total"]) for each in quotations] == [("李丽", "30.00")]
    with app.app_context():
        asked = db.session.scalars(select(Task).where(Task.kind == "sales.repeat")).one()
        assert asked.words["quotation"] == quotations[0]["number"]


def test_what_is_sold_no_longer_is_asked_of_a_person(app, api_as, reminder, bus_idle):
    task = reminder("GONE")

    answer = api_as("service").post(f"service/tasks/{task}/repeat-order", {})
    bus_idle()

    assert answer.json["state"] == "done"
    assert api_as("sales").get("sales/orders").json["items"] == []
    with app.app_context():
        asked = db.session.scalars(select(Task).where(Task.kind == "sales.repeat")).one()
        assert "by hand" in asked.title


def test_sales_hears_of_it_when_it_is_on_again(api, api_as, reminder, bus_idle):
    task = reminder()
    api.post("modules/sales/disable", {})
    api_as("service").post(f"service/tasks/{task}/repeat-order", {})
    bus_idle()

    api.post("modules/sales/enable", {})
    bus_idle()

    assert len(api_as("sales").get("sales/orders").json["items"]) == 1
