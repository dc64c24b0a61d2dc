"""A department is switched off and on: gone everywhere at once, and nothing is lost."""

import re
from contextlib import closing

import pytest

from core.db import reading
from core.registry import switchboard
from core.registry.consequences import consequences
from core.testing.applications import connected, dispose, made
from core.testing.clients import ApiClient, ScreenClient


@pytest.fixture
def order(api):
    """An order that every department knows."""
    customer = api.post("customers", {"name": "上海晨光"}).json["id"]
    api.post("products", {"sku": "TEA", "name": "龙井", "unit": "盒", "price": "100.00"})
    body = {"customer_id": customer, "lines": [{"sku": "TEA", "quantity": "1"}], "confirm": True}
    return customer, api.post("sales/orders", body).json["number"]


@pytest.fixture
def elsewhere(app, settings):
    """A second program on the same database, as another web process would be."""
    other = made(settings)
    connected(app, settings)
    with closing(_Disposing(other)):
        yield other


class _Disposing:
    def __init__(self, app) -> None:
        self._app = app

    def close(self) -> None:
        dispose(self._app)


def _is_gone(app, customer: str, number: str) -> bool:
    """Whether nothing of finance is to be seen; all of it or nothing must be."""
    program = ApiClient(app, "admin")
    screen = ScreenClient(app, app.response_class).sign_in("admin")
    receivables, page = program.get("finance/receivables"), screen.get("/finance/payments")
    if receivables.status_code == 404:
        assert receivables.json["code"] == "module_off"
        assert "text/html" in page.content_type
    signs = {
        "rest": receivables.status_code == 404,
        "page": page.status_code == 404,
        "menu": 'href="/finance/' not in screen.get("/menu").text,
        "deal": "finance" not in _panels(screen.get(f"/deals/{number}").text),
        "customer": "finance" not in _panels(screen.get(f"/customers/{customer}").text),
    }
    assert len(set(signs.values())) == 1, signs
    return signs["rest"]


def _panels(page: str) -> str:
    """Return the page without the menu, in which the addresses of panels stand."""
    assert 'id="menu"' in page
    return page[page.index("<main") :].replace("finance.member", "")


def test_off_is_gone_in_every_program_at_once(app, elsewhere, api, order):
    # Given two programs that serve the same company
    assert not _is_gone(app, *order)
    assert not _is_gone(elsewhere, *order)

    # When finance is switched off in one of them, it is gone in both without a restart
    assert api.post("modules/finance/disable").json["state"] == "disabled"
    assert _is_gone(app, *order)
    assert _is_gone(elsewhere, *order)

    # And the rest of the company works on
    assert ApiClient(elsewhere, "sales").get(f"sales/orders/{order[1]}").status_code == 200

    # When the other program switches it on, both have it again
    assert ApiClient(elsewhere, "admin").post("modules/finance/enable").status_code == 200
    assert not _is_gone(app, *order)
    assert not _is_gone(elsewhere, *order)


def test_what_happens_meanwhile_is_heard_later_once_and_in_order(api, order, a_deal, bus_idle):
    # Given the warehouse off, on, and off again while orders come in
    numbers = [order[1]]
    for _again in range(2):
        api.post("modules/warehouse/disable")
        numbers.append(a_deal(2).number)
        api.post("modules/warehouse/enable")
        numbers.append(a_deal(2).number)
    assert {each["name"]: each["waiting"] for each in api.get("modules").json["items"]}["warehouse"]

    # When it has caught up
    bus_idle()

    # Then every order has exactly one shipment, and nothing waits
    assert api.get("bus/deliveries", state="dead").json["items"] == []
    shipments = api.get("warehouse/shipments", limit=200).json["items"]
    assert sorted(each["order"] for each in shipments) == sorted(numbers)
    stands = {each["name"]: each for each in api.get("modules").json["items"]}["warehouse"]
    assert (stands["state"], stands["waiting"]) == ("enabled", 0)


def test_switching_twice_is_switching_once(api):
    for verb, state in (("disable", "disabled"), ("enable", "enabled")):
        for _again in range(2):
            answer = api.post(f"modules/service/{verb}")
            assert (answer.status_code, answer.json["state"]) == (200, state)


def test_only_an_administrator_switches_and_only_what_is_there(api, api_as):
    assert api_as("sales").post("modules/finance/disable").status_code == 403
    assert api_as("sales").get("modules").status_code == 403
    assert api.post("modules/nothing/disable").status_code == 404
    assert {each["state"] for each in api.get("modules").json["items"]} == {"enabled"}


def test_who_loses_what_is_known_before(app, client):
    with reading(app):
        found = consequences(switchboard.installed()["finance"])

        # One person works there, its screens go, and nobody else's work hangs on its own events
        assert found.people == 1
        assert len(found.screens) == len(switchboard.installed()["finance"].manifest.menu)
        assert "deals.sold" in found.hears
        assert "finance" not in found.listeners
        shown = consequences(switchboard.installed()["warehouse"])
        assert shown.listeners["finance"] >= 1  # goods that leave are invoiced

    page = client("admin").get("/modules").text
    for title in map(str, found.screens):
        assert title in page
    assert not re.search(r">\s*[,、]", page)  # nobody without a name listens


def test_a_program_that_starts_later_knows_what_is_off(api, app, settings, order):
    api.post("modules/finance/disable")

    later = made(settings)
    try:
        connected(app, settings)
        assert _is_gone(later, *order)
    finally:
        dispose(later)
