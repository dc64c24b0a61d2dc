"""The document says what the events say: every kept sample fits it, every name leads on."""

import json

import jsonschema_rs
import pytest

from core.contracts.queries import contracts
from core.registry.naming import names_of_departments
from tests.architecture.test_contracts import SAMPLES


@pytest.fixture
def document(api):
    return api.get("asyncapi.json").json


def test_every_event_of_every_department_is_in_it(document):
    assert document["asyncapi"] == "3.0.0"
    assert {"sales.order_placed", "deals.sold", "warehouse.goods_shipped"} <= set(
        document["channels"]
    )
    for name, channel in document["channels"].items():
        assert channel["address"] == name
        assert channel["description"]


def test_every_name_in_it_leads_somewhere(document):
    def follow(part):
        if isinstance(part, dict):
            if "$ref" in part:
                found = document
                for step in part["$ref"].removeprefix("#/").split("/"):
                    found = found[step]
            for each in part.values():
                follow(each)
        elif isinstance(part, list):
            for each in part:
                follow(each)

    follow(document)


def test_who_sends_and_who_receives_is_said(document):
    operations = document["operations"]

    assert operations["sales.sends.sales.order_placed"]["action"] == "send"
    heard = operations["finance.receives.sales.order_placed"]
    assert heard["action"] == "receive"
    assert heard["x-reads"] == [{"as": "core.deals.facts.Sold", "of": "deals.sold"}]


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.json")), ids=lambda path: path.stem)
def test_every_kept_sample_fits_it(document, path):
    name = path.stem.rpartition(".")[0]

    schema = document["components"]["schemas"][name]

    assert not list(jsonschema_rs.validator_for(schema).iter_errors(json.loads(path.read_text())))


def test_what_breaks_an_event_does_not_fit(document):
    schema = document["components"]["schemas"]["deals.paid"]
    sample = json.loads((SAMPLES / "deals.paid.01.json").read_text())

    def fits(**changes):
        return jsonschema_rs.validator_for(schema).is_valid({**sample, **changes})

    assert fits()
    assert not fits(amount=12.5)  # a float would lose cents
    assert not fits(amount="12,50")
    assert not jsonschema_rs.validator_for(schema).is_valid({"number": "SO-1"})


def test_the_page_is_for_administrators(client):
    page = client("admin").get("/bus/kinds")

    assert page.status_code == 200
    assert "sales.order_placed" in page.text
    assert client("sales").get("/bus/kinds").status_code == 403


def test_whoever_tells_or_hears_is_named_for_people(app):
    with app.test_request_context():
        names = names_of_departments()

        known = contracts()

    tellers = {each.teller for each in known}
    hearers = {one.subscriber for each in known for one in each.listeners}
    assert tellers | hearers <= names.keys()


def test_what_an_event_means_is_said_in_the_language_of_the_reader(client):
    administrator = client("admin")
    administrator.post("/preferences/language", data={"language": "zh_Hans_CN"})
    page = administrator.get("/bus/kinds").text

    assert "货物已出库。" in page
    assert "Goods have left the house." not in page
