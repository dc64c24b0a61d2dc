"""Whoever of her family calls is known as well, and named."""

from uuid import UUID

import pytest

from core.customers.models import Customer
from core.db import db, unit_of_work
from core.people.queries import person_by_login


@pytest.fixture
def family(api):
    """Ms Li, and her daughter with a number of her own."""
    daughter = {"relation": "女儿", "name": "王小丽", "phone": "139 0013 9000"}
    card = {"name": "李丽", "phones": ["138 0013 8000"], "contacts": [daughter]}
    return api.post("customers", card).json["id"]


def _ring(telephone, number):
    assert telephone.post("calls", {"from": number, "to": "8012"}).status_code == 201


def test_her_daughter_is_named_and_it_is_her_card(family, telephone, answers, client):
    answers("sales", "8012")

    _ring(telephone, "13900139000")

    bar = client("sales").get("/calls/bar").text
    assert "李丽" in bar
    assert "女儿 王小丽" in bar


def test_her_own_number_is_her_own(family, telephone, answers, client, api):
    answers("sales", "8012")
    api.send("PATCH", f"/api/v1/customers/{family}", json={
        "contacts": [{"relation": "女儿", "name": "王小丽", "phone": "13800138000"}],
    })  # fmt: skip

    _ring(telephone, "13800138000")

    assert "王小丽" not in client("sales").get("/calls/bar").text


def test_whose_own_number_it_is_comes_first(family, telephone, answers, api, client):
    answers("sales", "8012")
    api.post("customers", {"name": "王小丽", "phones": ["13900139000"]})
    api.post("customers", {"name": "王小华", "phones": ["13900139009"]})

    _ring(telephone, "13900139000")

    call = api.get("calls").json["items"][0]
    assert call["customer"] == "王小丽"
    assert "李丽" in client("sales").get("/calls/bar").text


def test_who_may_not_see_family_is_not_told_who(app, family, telephone, answers, client):
    answers("warehouse", "8012")
    with unit_of_work(app):
        other = person_by_login("admin").id
        db.session.get_one(Customer, UUID(family)).seller_id = other

    _ring(telephone, "13900139000")

    bar = client("warehouse").get("/calls/bar").text
    assert "李丽" in bar
    assert "女儿" not in bar
