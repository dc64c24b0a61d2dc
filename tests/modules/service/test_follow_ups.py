"""A delivery brings calls; goods that come back take them away."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bus import publish
from core.clock import now
from core.db import db, reading
from core.deals.facts import Delivered, Returned
from core.tasks.jobs import gather_calls
from core.tasks.models import Task
from core.testing.deals import ADeal


def test_a_delivery_brings_three_calls(a_deal: ADeal, acting, api, bus_idle):
    # Given an order whose goods arrived on the first of a month
    deal = a_deal(quantity=2)
    with acting("warehouse"):
        publish(deal.fact(Delivered, lines=(deal.goods(2),), happened_on=date(2026, 11, 1)))

    # When service has heard of it
    bus_idle()

    # Then it calls after 3, 30 and 90 days, and nobody asks twice
    tasks = api.get("service/tasks", order=deal.number).json["items"]
    days = [date.fromisoformat(task["due_on"]) - date(2026, 11, 1) for task in tasks]
    assert days == [timedelta(3), timedelta(30), timedelta(90)]
    assert {task["state"] for task in tasks} == {"open"}


def test_parts_of_one_order_are_asked_about_once(a_deal: ADeal, acting, api, bus_idle):
    deal = a_deal(quantity=2)
    for _part in range(2):
        with acting("warehouse"):
            publish(deal.fact(Delivered, lines=(deal.goods(1),)))

    bus_idle()

    assert len(api.get("service/tasks", order=deal.number).json["items"]) == 3


def test_goods_that_all_came_back_are_not_asked_about(a_deal: ADeal, acting, api, bus_idle):
    # Given a delivery of two, of which one comes back
    deal = a_deal(quantity=2)
    with acting("warehouse"):
        publish(deal.fact(Delivered, lines=(deal.goods(2),)))
        publish(deal.fact(Returned, lines=(deal.goods(1),)))
    bus_idle()
    assert _states(api, deal) == {"open"}

    # When the other one comes back, too
    with acting("warehouse"):
        publish(deal.fact(Returned, lines=(deal.goods(1),)))
    bus_idle()

    # Then nobody calls
    assert _states(api, deal) == {"withdrawn"}


def test_a_call_is_postponed_and_done_with_a_note(a_deal: ADeal, acting, api_as, api, bus_idle):
    deal = a_deal(quantity=1)
    with acting("warehouse"):
        publish(deal.fact(Delivered, lines=(deal.goods(1),)))
    bus_idle()
    service = api_as("service")
    first = service.get("service/tasks", order=deal.number).json["items"][0]

    # When it is put off to a day that is over, the reason is said at the field
    refused = service.post(f"service/tasks/{first['id']}/postpone", {"due_on": "2020-01-01"})
    assert refused.status_code == 422
    assert refused.json["errors"][0]["field"] == "due_on"

    # When it is done
    done = service.post(f"service/tasks/{first['id']}/done", {"note": "一切正常"})
    assert done.json["state"] == "done"
    assert service.post(f"service/tasks/{first['id']}/done", {}).status_code == 409

    # Then everybody can know what came of it
    events = api.get("bus/events").json["items"]
    told = next(each for each in events if each["type"] == "service.follow_up_done")
    assert told["payload"]["note"] == "一切正常"


def test_history_is_not_called(a_deal: ADeal, acting, api, bus_idle):
    deal = a_deal(quantity=1, historical=True)
    with acting("admin"):
        publish(deal.fact(Delivered, lines=(deal.goods(1),), historical=True))

    bus_idle()

    assert api.get("service/tasks", order=deal.number).json["items"] == []


def _states(api, deal: ADeal) -> set[str]:
    return {task["state"] for task in api.get("service/tasks", order=deal.number).json["items"]}


@pytest.fixture
def day_of_four(app, a_deal, acting, bus_idle):
    """Four orders of one customer, all delivered today; the job has run."""
    first = a_deal(quantity=1)
    deals = [first, *(a_deal(quantity=1, customer_id=first.customer_id) for _more in range(3))]
    with acting("warehouse"):
        for deal in deals:
            publish(deal.fact(Delivered, lines=(deal.goods(1),)))
    bus_idle()
    with app.app_context():
        gather_calls()
    return deals


def test_four_deliveries_of_one_day_make_one_call(day_of_four, api, api_as, client):
    # Given four orders that were delivered to one customer on one day
    numbers = [deal.number for deal in day_of_four]

    # Then she is called once, and the task names all of them, wherever one looks.
    (call,) = _open_first(api, day_of_four[0])
    assert call["orders"] == numbers
    for deal in day_of_four:
        (first, *_later) = api.get("service/tasks", order=deal.number).json["items"]
        assert first["id"] == call["id"]
    inbox = api_as("service").get("tasks", scope="later").json["items"]
    (listed,) = [one for one in inbox if one["id"] == call["id"]]
    assert all(number in listed["reason"] for number in numbers)
    page = client("service").get(f"/tasks/{call['id']}").text
    assert all(f">{number}</a>" in page for number in numbers)


def test_the_call_is_taken_back_when_all_its_reasons_are(day_of_four, api, api_as, come_back):
    # Given one call about four orders, which somebody has taken and put off
    first, second, third, fourth = day_of_four
    (call,) = _open_first(api, first)
    service = api_as("service")
    later = (now().date() + timedelta(days=2)).isoformat()
    service.post(f"tasks/{call['id']}/take")
    service.post(f"tasks/{call['id']}/postpone", {"due_on": later})

    # When the goods of the first order come back, and those of another one
    come_back(first)
    come_back(third)

    # Then the call stays, about the rest, on the day and with the person it had.
    (rest,) = _open_first(api, first)
    assert (rest["orders"], rest["due_on"]) == ([second.number, fourth.number], later)
    assert service.get(f"tasks/{rest['id']}").json["owner"]
    assert service.get(f"tasks/{call['id']}").json["state"] == "withdrawn"

    # When the rest comes back, too, nobody calls.
    come_back(second)
    come_back(fourth)
    assert _open_first(api, first) == []
    assert service.get(f"tasks/{rest['id']}").json["state"] == "withdrawn"


def test_what_comes_later_that_day_joins_the_call(
    app, day_of_four, a_deal, api, api_as, acting, bus_idle, come_back
):
    # Given a call that somebody has taken, and a fifth order that is delivered on the same day
    (call,) = _open_first(api, day_of_four[0])
    service = api_as("service")
    service.post(f"tasks/{call['id']}/take")
    fifth = a_deal(quantity=1, customer_id=day_of_four[0].customer_id)
    with acting("warehouse"):
        publish(fifth.fact(Delivered, lines=(fifth.goods(1),)))
    bus_idle()

    # When the job has run
    with app.app_context():
        gather_calls()

    # Then it is in the same call,
    (same,) = _open_first(api, fifth)
    assert (same["id"], len(same["orders"])) == (call["id"], 5)

    # and once she was called, that is all: nothing of it is done or taken back any more.
    service.post(f"tasks/{call['id']}/done", {"note": "都好"})
    come_back(fifth)
    (done, *_later) = api.get("service/tasks", order=fifth.number).json["items"]
    assert (done["id"], done["state"]) == (call["id"], "done")
    with reading(app):
        waiting = list(db.session.scalars(select(Task.id).where(Task.state == "gathered")))
    assert len(waiting) == 4
    refused = service.post(f"tasks/{waiting[0]}/done")
    assert (refused.status_code, refused.json["code"]) == (409, "task_closed")


def test_two_customers_are_two_calls(app, a_deal, acting, api, bus_idle):
    deals = [a_deal(quantity=1), a_deal(quantity=1, customer="王芳")]
    with acting("warehouse"):
        for deal in deals:
            publish(deal.fact(Delivered, lines=(deal.goods(1),)))
    bus_idle()

    with app.app_context():
        gather_calls()

    assert [len(_open_first(api, deal)) for deal in deals] == [1, 1]


@pytest.fixture
def come_back(acting, bus_idle):
    """All goods of an order come back."""

    def act(deal):
        with acting("warehouse"):
            publish(deal.fact(Returned, lines=(deal.goods(1),)))
        bus_idle()

    return act


def _open_first(api, deal: ADeal) -> list[dict[str, Any]]:
    """The open calls of a customer that are due in the next week."""
    items = api.get("service/tasks", customer=str(deal.customer_id)).json["items"]
    week = (now().date() + timedelta(days=7)).isoformat()
    return [each for each in items if each["state"] == "open" and each["due_on"] < week]
