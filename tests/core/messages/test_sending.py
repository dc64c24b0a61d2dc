"""A message carries the customer's own facts, leaves by day, and never against her will."""

import re
from datetime import timedelta
from uuid import UUID

import pytest

from core import clock
from core.config import Settings
from core.db import unit_of_work
from core.messages import senders, services
from core.messages.settings import link_of
from tests.core.messages.conftest import MORNING, NIGHT


def written(api, li, template="birthday", **more):
    answer = api.post("messages", {"template": template, "customer_id": li, **more})
    assert answer.status_code == 201, answer.text
    return answer.json


def state(api, message):
    return api.get(f"messages/{message['id']}").json["state"]


def outbox(settings):
    return sorted((settings.home / "outbox").glob("*"))


def test_a_text_message_is_filled_in_signed_and_lies_in_the_outbox(api, li, by_day, out, settings):
    message = written(api, li)

    assert message["body"].startswith("【晨光商贸】尊敬的李女士")
    assert "生日" in message["body"]
    assert (message["recipient"], message["state"]) == ("+8613800138000", "noted")
    assert out() == 1
    assert state(api, message) == "sent"
    [file] = outbox(settings)
    assert message["body"] in file.read_text(encoding="utf-8")
    # and her log tells of it, without its text
    events = api.get("bus/events").json["items"]
    [told] = [each for each in events if each["type"] == "messages.message_sent"]
    assert told["payload"]["customer_id"] == li
    assert message["body"] not in str(told)


def test_asked_for_twice_under_one_key_it_is_sent_once(api, li, by_day, out, settings):
    first = written(api, li, key="k")
    second = written(api, li, key="k")

    assert first["id"] == second["id"]
    assert out() == 1
    assert len(outbox(settings)) == 1


def test_with_an_empty_place_it_is_not_sent_and_the_place_is_named(api, li, by_day, out):
    refused = api.post("messages", {"template": "delivery", "customer_id": li})

    assert (refused.status_code, refused.json["code"]) == (409, "slots_empty")
    assert set(refused.json["slots"]) == {"订单号", "承诺日期", "公司电话"}
    shown = api.post("messages/preview", {"template": "delivery", "customer_id": li}).json
    assert set(shown["empty"]) == {"order", "date", "company_phone"}
    assert "订单号" in shown["refused"]
    assert out() == 0
    words = {"order": "SO-1", "date": "明天", "company_phone": "021-64380012"}
    assert written(api, li, "delivery", words=words)["state"] == "noted"


def test_nobody_is_dear_customer(api, by_day):
    someone = api.post("customers", {"name": "小红", "phones": ["13900139000"]}).json["id"]

    refused = api.post("messages", {"template": "birthday", "customer_id": someone})

    assert refused.json["slots"] == ["称谓"]


def test_an_order_fills_the_places(api, li, by_day, a_deal):
    a_deal(quantity=2, customer_id=UUID(li))
    words = {"company_phone": "021-64380012"}

    shown = api.post(
        "messages/preview", {"template": "payment", "customer_id": li, "words": words}
    ).json

    assert "T-0001" in shown["subject"]
    assert "20.00" in shown["body"]
    assert shown["refused"] is None


def test_at_night_it_waits_for_the_morning(app, api, li, out):
    with clock.pretending(NIGHT):
        message = written(api, li)
        assert message["state"] == "waiting"
        assert out() == 0
        with unit_of_work(app):
            assert services.release() == 0

    # Nine in Shanghai
    with clock.pretending(MORNING + timedelta(hours=23)):
        with unit_of_work(app):
            assert services.release() == 1
        assert out() == 1
        assert state(api, message) == "sent"


def test_what_is_still_on_its_way_when_night_comes_waits_too(app, api, li, out):
    with clock.pretending(MORNING):
        message = written(api, li)
    with clock.pretending(NIGHT):
        assert out() == 1
        assert state(api, message) == "waiting"


def test_one_advertisement_in_seven_days(api, li, out):
    words = {"goods": "空调", "company_phone": "021-64380012"}
    with clock.pretending(MORNING):
        first = written(api, li, "care", words=words)
        assert first["body"].endswith("拒收请回复R")
        soon = api.post("messages", {"template": "care", "customer_id": li, "words": words})
        assert (soon.status_code, soon.json["code"]) == (409, "too_soon")
        assert written(api, li)["state"] == "noted"
    with clock.pretending(MORNING + timedelta(days=8)):
        assert written(api, li, "care", words=words)["id"] != first["id"]


def test_who_refuses_gets_service_notices_only(api, li, by_day, out):
    words = {"goods": "空调", "company_phone": "021-64380012"}
    waiting = written(api, li)
    # She answers the last message
    assert api.post("messages/answers", {"from": "138 0013 8000", "text": "td"}).json == {
        "customers": 1
    }

    for template in ("birthday", "care"):
        refused = api.post("messages", {"template": template, "customer_id": li, "words": words})
        assert refused.json["code"] == "wants_no_advertising", template
    assert state(api, waiting) == "answered"
    notice = written(api, li, "follow_up", words=words)
    assert notice["kind"] == "service"
    api.post("messages/consent", {"customer_id": li, "opted_out": False})
    assert written(api, li, "birthday")["state"] == "noted"


def test_who_refuses_while_it_is_on_its_way_does_not_get_it(api, li, by_day, out, settings):
    message = written(api, li)
    api.post("messages/consent", {"customer_id": li, "opted_out": True})

    out()

    assert state(api, message) == "refused"
    assert outbox(settings) == []


def test_one_click_from_a_mail_ends_advertising(app, api, li, by_day, visitor, client):
    saved = {"opens": "9", "closes": "20", "gap": "7", "public_url": "https://erp.example.com"}
    assert client("admin").post("/messages/settings", data=saved).status_code == 303
    with app.app_context():
        link = link_of(UUID(li))
    path = link.removeprefix("https://erp.example.com")

    # A look decides nothing,
    assert visitor.get(path).status_code == 200
    assert written(api, li)["state"] == "noted"
    # the button, or the mail program's own, does
    assert visitor.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert api.post("messages", {"template": "birthday", "customer_id": li}).status_code == 409
    assert visitor.get("/m/forged").status_code == 404
    assert visitor.post("/m/forged").status_code == 404
    card = client("sales").get(f"/customers/{li}").text
    assert "点链接" in card


def test_many_are_written_to_and_who_may_not_is_left_out(api, li, by_day):
    nobody = api.post("customers", {"name": "小红"}).json["id"]
    body = {"template": "birthday", "customer_ids": [li, nobody, li], "key": "autumn"}

    for _time in range(2):
        done = api.post("messages/many", body).json
        assert done["noted"] == 1
        assert [(each["customer_id"], each["code"]) for each in done["left_out"]] == [
            (nobody, "slots_empty")
        ]
    assert len(api.get("messages").json["items"]) == 1


class Broken:
    """A carrier that is away, or refuses for good."""

    def __init__(self, error):
        self.error = error

    def send(self, out):
        raise self.error


@pytest.fixture
def carried_by():
    """Put a carrier in for text messages."""

    def put(sender):
        senders.carrier("sms", lambda _settings: sender)

    yield put
    senders._carriers.clear()


def test_what_is_refused_for_good_is_failed_and_may_be_sent_once_more(
    api, li, by_day, out, carried_by, client, settings
):
    carried_by(Broken(senders.RefusedForGood("no such number")))
    message = written(api, li)
    out()
    assert state(api, message) == "failed"
    assert api.get(f"messages/{message['id']}").json["acts"][0]["text"] == "no such number"

    carried_by(senders.Outbox(settings.home / "outbox"))
    client("sales").post(f"/messages/{message['id']}/again")
    out()

    assert state(api, message) == "sent"


def test_a_carrier_that_is_away_is_tried_again(api, li, by_day, out, carried_by):
    carried_by(Broken(ConnectionRefusedError()))
    message = written(api, li)

    out()

    assert state(api, message) == "noted"
    assert api.get("messages", state="failed").json["items"] == []


def test_a_mail_is_the_same_at_every_try():
    out = senders.Outgoing(
        "a1", "mail", "li@example.com", "您好", "正文", "晨光", "info@example.com", "https://x/m/1"
    )

    first, second = senders.mail_of(out), senders.mail_of(out)

    assert first["Message-ID"] == second["Message-ID"] == "<a1@example.com>"
    assert first["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert first.get_content().strip() == "正文"


def test_the_mail_server_is_named_in_the_environment(monkeypatch):
    monkeypatch.setenv("LAMPLIT_SMTP_URL", "smtp://u:p@mail.example.com:587")
    assert Settings.from_environment().smtp_url.startswith("smtp://u")
    monkeypatch.setenv("LAMPLIT_SMTP_URL", "mail.example.com")
    with pytest.raises(Exception, match="LAMPLIT_SMTP_URL"):
        Settings.from_environment()


def test_a_template_is_checked_in_every_language(api, client):
    made = api.post(
        "messages/templates",
        {
            "name": "到店有礼",
            "kind": "marketing",
            "channel": "sms",
            "texts": {"zh_Hans_CN": {"body": "{salutation}到店有礼"}},
        },
    )
    assert made.status_code == 201, made.text
    where = f"messages/templates/{made.json['id']}"
    bad = {"texts": {"zh_Hans_CN": {"body": "【别家】¥5"}}}
    assert api.patch(where, bad).json["errors"][0]["field"] == "body_zh_Hans_CN"
    assert api.patch(where, {"name": "x", "version": 9}).status_code == 409
    form = client("admin").post("/messages/templates", data={"name": "", "kind": "service"})
    assert form.status_code == 422
    assert len(re.findall('class="field-error"', form.text)) >= 2
    assert client("sales").get("/messages/templates").status_code == 403
