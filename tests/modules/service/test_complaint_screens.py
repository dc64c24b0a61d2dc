"""The screens ask little first, and lead through a complaint step by step."""

import re

import pytest

from tests.modules.service.conftest import goods


@pytest.fixture
def browser(client):
    return client("service")


def test_the_form_asks_little_and_keeps_what_was_typed(a_deal, browser):
    # Given somebody of service with the form of an order open
    deal = a_deal()
    page = browser.get(f"/service/complaints/new?order={deal.number}")
    assert deal.number in page.text

    # When nothing was written, the message stands at the field and the order is kept
    empty = browser.post("/service/complaints/new", data={"order": deal.number, "holds": "none"})
    assert empty.status_code == 422
    assert deal.number in empty.text
    assert "f-text-error" in empty.text

    # When it is written down, it is in the list and on its page
    sent = browser.post(
        "/service/complaints/new",
        data={"order": deal.number, "text": "送来的是旧款", "holds": "collection"},
    )
    assert sent.status_code == 303
    assert "送来的是旧款" in browser.get(sent.location).text
    for address in ("/service/complaints", "/service/complaints?state=hear&mine=1&q=旧款"):
        assert "送来的是旧款" in browser.get(address).text
    assert "送来的是旧款" not in browser.get("/service/complaints?state=closed").text
    assert browser.get("/service").status_code == 200


def test_each_step_is_done_on_the_page(delivered, complain, browser, client):
    deal = delivered(2)
    case = complain(deal)
    path = f"/service/complaints/{case.id}"

    def do(act, data, by=browser):
        shown = by.get(path).text
        assert f'action="{path}/{act}"' in shown
        assert by.post(f"{path}/{act}", data=data).status_code == 303

    do("hear", {"kind": "goods", "text": "昨天送到"})
    do("cause", {"cause": "goods", "department": "warehouse", "text": "摔过",
                 "line_id": str(deal.line_id), "lot": "L-1"})  # fmt: skip
    line = goods(deal)["lines"][0]
    do("proposal", {"kind": "exchange", "text": "换新",
                    "lines-0-line_id": line["line_id"], "lines-0-quantity": "1"})  # fmt: skip
    do("answer", {"text": "同意", "agreed": "true"})
    assert f'action="{path}/carried-out"' in browser.get(path).text
    do("carried-out", {"text": "仓库当面换了"})
    assert f'action="{path}/close"' not in browser.get(path).text
    do("close", {"verdict": "content", "words": "谢谢"}, by=client("admin"))
    assert "谢谢" in browser.get(path).text
    assert f'href="{path}/reopen"' in browser.get(path).text


def test_what_cannot_be_done_is_said_at_its_field(delivered, complain, browser):
    case = complain(delivered(2)).explained()
    path = f"/service/complaints/{case.id}"

    silent = browser.post(f"{path}/proposal", data={"kind": "credit", "text": "补偿"})
    large = browser.post(
        f"{path}/proposal", data={"kind": "credit", "text": "补偿", "amount": "99.00"}
    )

    assert (silent.status_code, "f-amount-error" in silent.text) == (422, True)
    assert (large.status_code, "99.00" in large.text) == (422, True)
    assert browser.post(f"{path}/nonsense", data={}).status_code == 404
    assert browser.get(f"{path}/hear").status_code == 404


@pytest.mark.parametrize("name", ["goods", "offer", "take-over", "ask", "wait", "escalate"])
def test_what_is_done_beside_the_steps_has_a_page_of_its_own(delivered, complain, browser, name):
    case = complain(delivered())
    path = f"/service/complaints/{case.id}/{name}"

    assert browser.get(path).status_code == 200
    if name != "goods":
        assert browser.post(path, data={}).status_code == 422


def test_waiting_and_going_on(delivered, complain, browser):
    path = f"/service/complaints/{complain(delivered()).id}"

    browser.post(f"{path}/wait", data={"text": "等照片"})
    assert f'href="{path}/resume"' in browser.get(path).text
    browser.post(f"{path}/resume", data={})
    assert f'href="{path}/wait"' in browser.get(path).text


def test_the_picture_of_causes_opens_the_cases(delivered, complain, browser):
    complain(delivered()).explained("ours")

    page = browser.get("/service/complaints/causes?by=cause").text
    address = re.search(r'href="(/service/complaints\?[^"]*cause=ours[^"]*)"', page)

    assert address
    assert "冰箱门关不上" in browser.get(address[1].replace("&amp;", "&")).text
    for by in ("kind", "department", "product", "month", "weather"):
        assert browser.get(f"/service/complaints/causes?by={by}").status_code == 200


def test_the_others_are_asked_by_one_click(delivered, complain, browser):
    hers = delivered()
    delivered(customer="王芳")
    case = complain(hers).explained(line_id=str(hers.line_id))
    path = f"/service/complaints/{case.id}/others"

    assert "王芳" in browser.get(path).text
    assert browser.post(path, data={}).status_code == 303
    assert "王芳" in browser.get("/service").text


def test_the_owner_sets_times_and_limits(client, browser, api):
    # Given the owner with the settings open
    owner = client("admin")
    page = owner.get("/service/complaints/rules").text
    fields = dict(re.findall(r'name="([^"]+)" aria-required="true"[^>]*value="([^"]*)"', page))
    assert fields["B_hear"] == "2"

    # When one time is changed and a limit is given
    sent = {**fields, "B_hear": "1.5", "role:service_member": "50"}
    assert owner.post("/service/complaints/rules", data=sent).status_code == 303
    rules = api.get("service/rules").json
    assert rules["minutes"]["B"]["hear"] == 90
    assert rules["limits"][0]["amount"] == "50.00"

    # When a time cannot hold, it is said at its field; and nobody else may set them
    wrong = owner.post("/service/complaints/rules", data={**sent, "B_cause": "0.1"})
    assert (wrong.status_code, "f-B_cause-error" in wrong.text) == (422, True)
    assert browser.get("/service/complaints/rules").status_code == 403


def test_everybody_sees_why_she_may_not_pay_and_why_not_to_send_more(
    delivered, a_deal, complain, client, bus_idle
):
    # Given a complaint about an order on which money is owed, and another order of hers to ship
    deal = delivered(2)
    complain(deal, "发票抬头不对")
    bus_idle()

    # Then finance sees it beside the balance: in the list, at the counter, on her card
    finance = client("finance")
    for address in (
        "/finance",
        f"/finance/counter?order={deal.number}",
        f"/customers/{deal.customer_id}",
    ):
        assert "发票抬头不对" in finance.get(address).text, address


def test_finance_and_warehouse_see_what_they_have_to_do(delivered, complain, client, bus_idle):
    paid = delivered(2, paid="20.00")
    complain(paid).agreed("refund", amount="5.00")
    swapped = delivered(2, customer="王芳")
    complain(swapped).agreed("exchange", **goods(swapped))
    bus_idle()

    finance, warehouse = client("finance"), client("warehouse")
    assert paid.number in finance.get("/finance/promises").text
    assert "/finance/promises" in finance.get("/finance").text
    assert swapped.number in warehouse.get("/warehouse/returns/new").text
    assert "/warehouse/returns/new" in warehouse.get("/warehouse").text
    assert "王芳" in warehouse.get("/warehouse/board").text
