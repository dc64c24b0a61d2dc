"""An administrator sees what happened and who was told, page by page."""

from core.testing.deals import ADeal


def test_every_delivery_is_on_some_page(a_deal: ADeal, api):
    # Given a sale that several departments hear of
    a_deal()
    whole = api.get("bus/deliveries").json["items"]
    assert len(whole) > 1

    # When the deliveries are read one by one
    found, after = [], {}
    while True:
        page = api.get("bus/deliveries", limit=1, **after).json
        found += page["items"]
        if page["next"] is None:
            break
        after = {"after": page["next"]}

    # Then none was left out and none came twice
    assert found == whole


def test_an_order_shows_its_own_events_newest_first(a_deal: ADeal, api):
    a_deal()
    deal = a_deal()

    events = api.get("bus/events", order=deal.number).json["items"]

    assert [each["type"] for each in events] == ["deals.sold"]
    assert events[0]["payload"]["number"] == deal.number
    assert api.get("bus/events", order="SO-1999-0001").status_code == 404


def test_a_wrong_state_is_said_at_the_field(api):
    answer = api.get("bus/deliveries", state="lost")

    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "state"


def test_only_administrators_see_the_log(api_as):
    assert api_as("sales").get("bus/events").status_code == 403
