"""Somebody writes to a customer from her card or from a task; letters are printed and posted."""

from datetime import date
from uuid import UUID

from core.tasks import services as tasks


def test_from_a_task_its_words_are_used(app, client, api, acting, li, by_day):
    # Given a task that says what to say
    with acting("sales"):
        task = tasks.ask(
            "core.missed_call",
            "k",
            "Call %(name)s back",
            date(2026, 11, 25),
            say="The call was taken.",
            words={"name": "李丽"},
            customer_id=UUID(li),
            owner_id=None,
        )

    # When she is written to from there
    browser = client("sales")
    page = browser.get(f"/messages/write?task_id={task}").text
    assert "尊敬的李女士" in page
    assert "电话已有人接听。" in page
    assert f"/messages/write?task_id={task}" in browser.get(f"/tasks/{task}").text
    form = {"customer_id": li, "task_id": str(task), "channel": "sms", "kind": "service"}
    sent = browser.post("/messages/write", data={**form, "body": "李女士您好,已安排。"})

    # Then the message is noted and the task is shown again
    assert sent.location == f"/tasks/{task}"
    [message] = api.get("messages").json["items"]
    assert message["body"] == "【晨光商贸】李女士您好,已安排。"
    assert "已安排" in browser.get(f"/customers/{li}").text


def test_the_screen_says_what_is_empty_and_keeps_what_was_typed(client, api, li, by_day):
    browser = client("sales")
    delivery = next(
        each["id"]
        for each in api.get("messages/templates").json["items"]
        if each["preset"] == "delivery"
    )

    page = browser.get(f"/messages/write?customer_id={li}&template={delivery}").text
    assert "订单号" in page
    assert "{order}" in page

    form = {"customer_id": li, "template": delivery, "channel": "sms", "kind": "service"}
    refused = browser.post("/messages/write", data={**form, "body": "单号 {order} 今天送"})
    assert refused.status_code == 422
    assert "单号 {order} 今天送" in refused.text
    assert api.get("messages").json["items"] == []


def test_no_code_is_shown_for_a_place_or_a_language(client, api, li, by_day):
    feedback = next(
        each["id"]
        for each in api.get("messages/templates").json["items"]
        if "{feedback}" in each["texts"]["en"]["body"]
    )

    page = client("sales").get(f"/messages/write?customer_id={li}&template={feedback}").text
    assert "缺少：评价链接。" in page

    page = client("admin").get("/messages/templates").text
    assert "简体中文" in page
    assert "zh_Hans_CN" not in page.partition("<main")[2].partition("</main>")[0]


def test_a_letter_is_printed_labelled_and_posted(client, api, li, by_day):
    words = {"order": "SO-1", "goods": "空调"}
    letter = {"template": "thanks", "customer_id": li, "words": words}
    message = api.post("messages", letter).json
    browser = client("sales")

    for name in ("letters", "labels"):
        paper = browser.get(f"/messages/{name}.pdf")
        assert paper.data.startswith(b"%PDF"), name
    assert "李丽" in browser.get("/messages/letters").text
    browser.post("/messages/letters/posted", data={"id": message["id"]})

    assert api.get(f"messages/{message['id']}").json["state"] == "sent"
    assert message["id"] not in browser.get("/messages/letters").text


def test_what_became_of_it_is_written_down_by_hand(client, api, li, by_day, out):
    message = api.post("messages", {"template": "birthday", "customer_id": li}).json
    out()
    browser = client("sales")

    browser.post(f"/messages/{message['id']}/became", data={"became": "answered", "text": "谢谢"})

    shown = browser.get(f"/messages/{message['id']}").text
    assert "谢谢" in shown
    assert [each["act"] for each in api.get(f"messages/{message['id']}").json["acts"]] == [
        "answered",
        "sent",
        "noted",
    ]


def test_an_address_is_checked(client, li):
    browser = client("sales")

    wrong = browser.post(f"/messages/customers/{li}/email", data={"email": "nobody"})
    right = browser.post(f"/messages/customers/{li}/email", data={"email": "li@company.com"})

    assert wrong.status_code == 422
    assert 'value="nobody"' in wrong.text
    assert right.status_code == 303


def test_every_screen_of_the_owner_can_be_opened(client, api, li, by_day):
    admin = client("admin")
    template = api.get("messages/templates").json["items"][0]["id"]
    for path in (
        "/messages",
        "/messages/templates",
        "/messages/templates/new",
        f"/messages/templates/{template}",
        f"/messages/templates/{template}/preview?customer_id={li}",
        "/messages/settings",
    ):
        assert admin.get(path).status_code == 200, path
    wrong = admin.post("/messages/settings", data={"opens": "20", "closes": "9", "gap": "7"})
    assert wrong.status_code == 422
