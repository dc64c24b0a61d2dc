"""A complaint is everybody's until the customer has an answer."""

from core.testing.deals import ADeal


def test_a_complaint_is_seen_on_the_deal_until_it_is_closed(a_deal: ADeal, api_as, api):
    # Given an order that its customer is not content with
    deal = a_deal()
    service, head = api_as("service"), api_as("admin")

    # When service records it and holds the shipping
    opened = service.post(
        "service/complaints", {"order": deal.number, "text": "冰箱门关不上", "holds": "shipping"}
    )

    # Then every department sees it on the deal at once
    assert opened.status_code == 201
    concern = api_as("warehouse").get(f"deals/{deal.number}").json["concerns"][0]
    assert (concern["text"], concern["holds"]) == ("冰箱门关不上", "shipping")
    assert concern["settled_at"] is None

    # And it cannot be closed before she has an answer
    path = f"service/complaints/{opened.json['id']}"
    early = head.post(f"{path}/close", {})
    assert (early.status_code, early.json["code"]) == (409, "answer_first")
    assert service.post(f"{path}/answer", {"text": "明天上门更换"}).json["state"] == "answered"
    assert head.post(f"{path}/close", {}).json["state"] == "closed"
    assert api.get(f"deals/{deal.number}").json["concerns"][0]["settled_at"] is not None


def test_a_complaint_without_an_order_needs_a_customer(a_deal: ADeal, api):
    deal = a_deal()

    nobody = api.post("service/complaints", {"text": "电话打不通"})
    somebody = api.post(
        "service/complaints", {"customer_id": str(deal.customer_id), "text": "电话打不通"}
    )
    holding = api.post(
        "service/complaints",
        {"customer_id": str(deal.customer_id), "text": "电话打不通", "holds": "shipping"},
    )

    assert (nobody.status_code, nobody.json["errors"][0]["field"]) == (422, "order")
    assert somebody.status_code == 201
    assert (holding.status_code, holding.json["code"]) == (422, "holds_need_order")


def test_what_was_said_is_required_and_what_is_closed_stays_closed(a_deal: ADeal, api):
    deal = a_deal()

    silent = api.post("service/complaints", {"order": deal.number, "text": "  "})
    unknown = api.post("service/complaints", {"order": "SO-1999-0001", "text": "?"})

    assert (silent.status_code, silent.json["errors"][0]["field"]) == (422, "text")
    assert unknown.status_code == 404
    path = "service/complaints/" + _closed(api, deal)
    again = api.post(f"{path}/answer", {"text": "再说一次"})
    assert (again.status_code, again.json["code"]) == (409, "complaint_closed")


def test_only_service_works_on_complaints(a_deal: ADeal, api_as):
    deal = a_deal()

    refused = api_as("warehouse").post(
        "service/complaints", {"order": deal.number, "text": "与仓库无关"}
    )

    assert (refused.status_code, refused.json["code"]) == (403, "forbidden")


def test_the_screens_lead_through_a_complaint(a_deal: ADeal, client):
    # Given somebody of service with the form of an order open
    deal = a_deal()
    browser = client("service")
    page = browser.get(f"/service/complaints/new?order={deal.number}")
    assert deal.number in page.text

    # When nothing was written, the message stands at the field and the order is kept
    empty = browser.post("/service/complaints/new", data={"order": deal.number, "holds": "none"})
    assert empty.status_code == 422
    assert deal.number in empty.text

    # When it is written down, it is in the list and on its page
    sent = browser.post(
        "/service/complaints/new",
        data={"order": deal.number, "text": "送来的是旧款", "holds": "collection"},
    )
    assert sent.status_code == 303
    assert "送来的是旧款" in browser.get(sent.location).text
    assert "送来的是旧款" in browser.get("/service/complaints?state=open").text
    assert browser.get("/service").status_code == 200


def _closed(api, deal: ADeal) -> str:
    made = api.post("service/complaints", {"order": deal.number, "text": "慢"}).json["id"]
    api.post(f"service/complaints/{made}/answer", {"text": "下次更快"})
    api.post(f"service/complaints/{made}/close", {})
    return made
