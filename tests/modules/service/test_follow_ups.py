"""A delivery brings calls; goods that come back take them away."""

from datetime import date, timedelta

from bus import publish
from core.deals.facts import Delivered, Returned
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
