"""Who opened which card, looked at an ID number or took a list out is kept, and shown."""

from datetime import timedelta

import pytest

from core.clock import now, pretending
from core.customers.models import CustomerAccess
from core.db import db, reading
from core.people.services import create_person


@pytest.fixture
def card(api):
    """A card with an ID number."""
    body = {"name": "李丽", "phones": ["13800138001"], "resident_id": "990101198809260024"}
    return api.post("customers", body).json["id"]


def steps(api, **asked):
    return [(one["person"], one["what"]) for one in api.get("trail", **asked).json["items"]]


def test_opening_a_card_is_noted_once_an_hour(card, client, api, api_as, app):
    service = client("service")
    for _look in range(3):
        assert service.get(f"/customers/{card}").status_code == 200
    api_as("finance").get(f"customers/{card}")

    names = [person for person, _what in steps(api)]
    assert len(names) == 2
    with pretending(now() + timedelta(hours=2)):
        service.get(f"/customers/{card}")
    assert len(steps(api)) == 3
    assert {what for _person, what in steps(api)} == {"card"}


def test_what_is_not_shown_is_not_noted(client, api, api_as):
    client("service").get("/customers/01a2138e-0000-7000-8000-000000000001")
    client("service").get("/customers")

    assert steps(api) == []


def test_id_numbers_and_lists_stand_there_too(card, client, api):
    browser = client("admin")
    browser.post(f"/customers/{card}/resident-id")
    asked = {"field": "card.area", "op": "empty", "value": ""}
    body = {"name": "所有人", "match": "all", "conditions": [asked]}
    segment = api.post("segments", body).json["id"]
    taken = browser.post(f"/segments/{segment}/export/csv")

    assert taken.status_code == 200
    assert {what for _person, what in steps(api)} == {"resident_id", "export"}
    (out,) = api.get("trail", what="export").json["items"]
    assert "所有人" in out["detail"]


def test_it_is_narrowed_by_person_kind_customer_and_day(card, client, api):
    client("service").get(f"/customers/{card}")
    client("finance").get(f"/customers/{card}")
    other = api.post("customers", {"name": "王伟"}).json["id"]
    client("finance").get(f"/customers/{other}")
    person = api.get("trail", customer_id=other).json["items"][0]

    assert len(steps(api, person_id=person["person_id"])) == 2
    assert len(steps(api, customer_id=card)) == 2
    assert steps(api, what="export") == []
    tomorrow = (now() + timedelta(days=2)).date().isoformat()
    assert steps(api, since=tomorrow) == []
    assert len(steps(api, until=tomorrow)) == 3


def test_it_pages_by_key(card, client, api, app):
    for login in ("service", "finance", "sales"):
        client(login).get(f"/customers/{card}")

    first = api.get("trail", limit=2).json
    second = api.get("trail", limit=2, after=first["next"]).json
    ids = [one["id"] for one in (*first["items"], *second["items"])]
    with reading(app):
        stored = [str(row.id) for row in db.session.query(CustomerAccess)]
    assert sorted(ids) == sorted(stored)
    assert second["next"] is None


def test_the_screen_shows_it_and_keeps_what_was_typed_wrongly(card, client):
    client("service").get(f"/customers/{card}")
    browser = client("admin")

    assert f"/trail?customer_id={card}" in browser.get(f"/customers/{card}").text
    page = browser.get(f"/trail?customer_id={card}&what=card")
    assert (page.status_code, "李丽" in page.text) == (200, True)
    wrong = browser.get("/trail?since=yesterday")
    assert (wrong.status_code, "yesterday" in wrong.text) == (422, True)


def test_only_who_may_sees_it(card, client, api_as):
    assert client("service").get("/trail").status_code == 403
    assert api_as("service").get("trail").status_code == 403
    assert "/trail" not in client("service").get(f"/customers/{card}").text


def test_programs_see_in_a_list_what_the_screen_shows(acting, api_as, api, app):
    with acting("admin"):
        owner, _password = create_person("wang", "王芳", ["sales_member"], password="lamplit-wang")
        create_person("zhao", "赵云", ["sales_member"], password="lamplit-zhao")
    body = {"name": "李丽", "phones": ["13800138001"], "email": "li@x.com", "seller_id": str(owner)}
    card = api.post("customers", body).json["id"]

    (listed,) = api_as("zhao").get("customers").json["items"]
    assert listed["phones"] == ["138****01"]
    assert "13800138001" not in str(listed)
    assert listed["email"] == ""
    assert api_as("wang").get("customers").json["items"][0]["phones"] == ["13800138001"]
    assert api_as("zhao").get(f"customers/{card}").json["phones"] == ["13800138001"]


def test_a_telephone_system_sees_no_customers(acting, api_as):
    with acting("admin"):
        create_person("pbx", "电话交换机", ["telephone_system"], password="ring-ring-2026")

    assert api_as("pbx").get("customers").status_code == 403
