"""The owner sets a promise, tries it on past days, and only then switches it on."""

import re
from datetime import timedelta

from bus import publish
from core.clock import today
from core.deals.facts import Delivered

FIRST_DAYS = "service.follow_up"


def test_a_promise_is_tried_before_it_is_switched_on(app, client, api, a_deal, acting, bus_idle):
    # Given a delivery ten days ago
    with app.app_context():
        ten_days_ago = today() - timedelta(10)
    deal = a_deal(quantity=1)
    with acting("warehouse"):
        publish(deal.fact(Delivered, lines=(deal.goods(1),), happened_on=ten_days_ago))
    bus_idle()

    # When a promise is made, it is off
    browser = client("admin")
    made = browser.post(
        f"/promises/new/{FIRST_DAYS}",
        data={"name": "一周后", "days": "7", "title": "打电话", "say": "还好吗?"},
    )
    assert made.status_code == 303
    promise = api.get(f"promises/{made.location.rsplit('/', 1)[1]}").json
    assert (promise["name"], promise["settings"]["days"], promise["active"]) == ("一周后", 7, False)

    # Then the form's settings can be tried, and say who would have been called
    tried = browser.get(
        f"/promises/trial/{FIRST_DAYS}", query_string={"days": "7", "title": "打电话"}
    )
    assert "李丽" in tried.text
    result = api.get(f"promises/{promise['id']}/trial", days=30).json
    assert (result["tasks"], result["customers"]) == (1, 1)
    assert result["examples"][0]["due_on"] == (ten_days_ago + timedelta(7)).isoformat()
    assert api.get(f"promises/{promise['id']}/trial", days=2).json["tasks"] == 0

    # And it can be switched on and off, which is kept with who did it
    assert browser.post(f"/promises/{promise['id']}/on").status_code == 303
    assert api.get(f"promises/{promise['id']}").json["active"]
    assert api.post(f"promises/{promise['id']}/off", {}).json["active"] is False
    assert "停用了它" in browser.get(f"/promises/{promise['id']}").text


def test_what_is_wrong_stands_at_its_field_and_nothing_is_saved(client, api):
    browser = client("admin")
    first = next(each for each in api.get("promises").json["items"] if each["kind"] == FIRST_DAYS)

    wrong = browser.post(
        f"/promises/{first['id']}",
        data={"name": "", "days": "soon", "title": "", "products": "NO-SUCH"},
    )

    assert wrong.status_code == 422
    assert len(re.findall('class="field-error"', wrong.text)) == 4
    assert 'value="soon"' in wrong.text
    assert api.get(f"promises/{first['id']}").json == first
    tried = browser.get(f"/promises/trial/{FIRST_DAYS}", query_string={"days": "soon"})
    assert tried.status_code == 422


def test_programs_are_told_what_they_may_not_set(api, api_as):
    first = api.get("promises").json["items"][0]

    unknown = api.patch(f"promises/{first['id']}", {"settings": {"colour": "red"}})
    stale = api.patch(f"promises/{first['id']}", {"name": "x", "version": 99})
    refused = api_as("sales").get("promises")

    assert (unknown.status_code, unknown.json["errors"][0]["field"]) == (422, "colour")
    assert (stale.status_code, stale.json["code"]) == (409, "edited_meanwhile")
    assert refused.status_code == 403
    assert api.get("promises/" + "0" * 8 + "-0000-0000-0000-000000000000").status_code == 404


def test_a_module_that_is_off_takes_its_promises_along(api):
    api.post("modules/service/disable", {})

    kinds = {one["kind"].partition(".")[0] for one in api.get("promises").json["items"]}

    assert "service" not in kinds
    assert "finance" in kinds
