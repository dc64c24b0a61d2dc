"""Who calls is known before a word is said; whom nobody answered is called back."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from bus import publish
from core import clock
from core.calls import services as calls
from core.calls.models import Call, CallAct
from core.calls.numbers import caller, line
from core.customers.models import CustomerTouch
from core.db import db, reading, unit_of_work
from core.deals.facts import ConcernRaised
from core.ids import new_id
from core.live.models import LiveHint
from core.people.queries import person_by_login
from core.tasks import services as tasks
from core.tasks.models import Task


def ring(telephone, number="13800138000", to="8012", **more):
    answer = telephone.post("calls", {"from": number, "to": to, **more})
    assert answer.status_code == 201, answer.text
    return answer.json["id"]


def tasks_asked(app):
    with reading(app):
        rows = db.session.scalars(select(Task).where(Task.kind == "core.missed_call"))
        return [(row.state, row.title, row.words.get("name"), row.owner_id) for row in rows]


@pytest.mark.parametrize(
    ("told", "shown", "compared"),
    [
        ("138 0013 8000", "138 0013 8000", "+8613800138000"),
        ("sip:+8613800138000@pbx.local;user=phone", "+8613800138000", "+8613800138000"),
        ("<tel:02164380012>", "02164380012", "+862164380012"),
        ("8012", "8012", "8012"),
        ("anonymous", "", ""),
        ("sip:anonymous@anonymous.invalid", "", ""),
        ("", "", ""),
        (None, "", ""),
    ],
)
def test_a_number_is_read_as_telephone_systems_write_it(told, shown, compared):
    assert caller(told) == (shown, compared)
    assert line("sip:8012@pbx.local") == "8012"


def test_her_card_is_on_the_screen_of_the_person_called(app, telephone, answers, client, li):
    # Given two people with extensions, and a page that was drawn before
    called = answers("sales", "8012")
    answers("finance", "8013")

    # When she calls one of them
    ring(telephone)

    # Then every screen of the person called shows her, also after a reload,
    for address in ("/tasks", "/products", "/calls/bar"):
        page = client("sales").get(address).text
        assert "李丽" in page, address
        assert "没有欠款" in page, address
    assert "李丽" not in client("finance").get("/calls/bar").text
    # and open screens are told to look.
    with reading(app):
        hints = {(row.topic, row.ref) for row in db.session.scalars(select(LiveHint))}
    assert ("calls", str(called)) in hints


def test_what_she_owes_and_what_was_promised_stands_there(
    telephone, answers, client, acting, a_deal, li
):
    # Given a customer with an order that is not paid, a worry about it, and a promise
    answers("service", "8012")
    deal = a_deal(quantity=2, customer_id=UUID(li))
    with acting("service"):
        worry = {"concern_id": new_id(), "kind": "complaint", "text": "漏水", "holds": "none"}
        publish(deal.fact(ConcernRaised, **worry))
        words = {"name": "李丽"}
        asked = {"customer_id": UUID(li), "words": words}
        tasks.ask("core.missed_call", "k", "Call %(name)s back", clock.today(), **asked)

    # When she calls
    ring(telephone)

    # Then all of it is on the screen
    shown = client("service").get("/calls/bar").text
    for said in ("20.00", deal.number, "漏水", "给李丽回电"):
        assert said in shown


def test_a_call_told_twice_is_one_call(app, telephone, answers):
    answers("sales", "8012")

    first = ring(telephone, id="pbx-1")
    again = ring(telephone, id="pbx-1")

    assert first == again
    with reading(app):
        assert len(db.session.scalars(select(Call)).all()) == 1
    key = {"key": "k-1"}
    one = telephone.post("calls", {"from": "1", "to": "2"}, **key).json
    assert telephone.post("calls", {"from": "1", "to": "2"}, **key).json == one


def test_of_several_cards_the_latest_touched_is_chosen_and_the_others_are_shown(
    app, telephone, answers, client, api, li
):
    # Given a family with one number, and an order of the husband's
    husband = api.post("customers", {"name": "王强", "phones": ["13800138000"]}).json["id"]
    with unit_of_work(app):
        db.session.merge(CustomerTouch(customer_id=UUID(li), touched_at=clock.now() - timedelta(9)))
        db.session.merge(
            CustomerTouch(customer_id=UUID(husband), touched_at=clock.now() + timedelta(1))
        )
    answers("sales", "8012")

    # When the number calls
    call = ring(telephone)

    # Then he is shown, and she beside him
    shown = client("sales").get("/calls/bar").text
    assert shown.index("王强") < shown.index("李丽")

    # And whoever takes the call says who it is
    taken = client("sales").post(f"/calls/{call}/take", data={"customer_id": li})
    assert taken.location == f"/customers/{li}"
    assert '<b class="ringing-name">李丽' in client("sales").get("/calls/bar").text


def test_an_unknown_number_opens_a_new_card_with_it(telephone, answers, client):
    answers("sales", "8012")
    call = ring(telephone, "021-6438 0012")

    browser = client("sales")
    assert "021-6438 0012" in browser.get("/tasks").text
    taken = browser.post(f"/calls/{call}/take")
    form = browser.get(taken.location).text

    assert 'value="021-6438 0012"' in form


def test_a_withheld_number_says_so_and_nobody_is_asked_to_call_it_back(
    app, telephone, answers, client
):
    answers("sales", "8012")
    call = ring(telephone, "anonymous")

    assert "未显示号码" in client("sales").get("/calls/bar").text
    assert telephone.post(f"calls/{call}/ended", {"answered": False}).json["missed"]
    assert tasks_asked(app) == []


def test_put_aside_it_leaves_ones_own_screen_alone(telephone, answers, client, li):
    # Given two people on one number
    answers("sales", "8012")
    answers("service", "8012")
    call = ring(telephone)

    # When one of them puts the call aside
    rest = client("sales").post(f"/calls/{call}/aside", headers={"HX-Request": "true"})

    # Then it is gone there, and stays with the other
    assert "李丽" not in rest.text
    assert "李丽" not in client("sales").get("/calls/bar").text
    assert "李丽" in client("service").get("/calls/bar").text
    # And who takes it takes it off the other's screen
    client("service").post(f"/calls/{call}/take")
    answers("finance", "8012")
    assert "李丽" not in client("finance").get("/calls/bar").text
    assert "李丽" in client("service").get("/calls/bar").text


def test_the_end_of_a_call_takes_it_off_the_screen(telephone, answers, client, li):
    answers("sales", "8012")
    call = ring(telephone, id="pbx-8")

    assert telephone.post("calls/pbx-8/ended", {"answered": True}).json["missed"] is False
    assert telephone.post(f"calls/{call}/ended", {"answered": False}).json["missed"] is False
    assert "李丽" not in client("sales").get("/calls/bar").text
    assert telephone.post("calls/no-such/ended", {}).status_code == 404


def test_a_missed_call_is_called_back_once(app, telephone, answers, client, li):
    # Given a call that nobody took, and another
    person = answers("sales", "8012")
    for _time in range(2):
        telephone.post(f"calls/{ring(telephone)}/ended", {})

    # Then one task asks to call her back, and the list says it
    assert tasks_asked(app) == [("open", "Call %(name)s back", "李丽", person)]
    assert "回电" in client("sales").get("/tasks").text
    assert client("sales").get("/calls?scope=missed").text.count("李丽") == 2

    # When she calls again and is answered, then it is needed no longer
    call = ring(telephone)
    client("sales").post(f"/calls/{call}/take")
    assert [state for state, *_rest in tasks_asked(app)] == ["withdrawn"]


def test_a_call_whose_end_nobody_tells_is_over_after_an_hour(app, telephone, answers, client, li):
    answers("sales", "8012")
    ring(telephone)

    with clock.pretending(clock.now() + timedelta(hours=2)):
        assert "李丽" not in client("sales").get("/calls/bar").text
        with unit_of_work(app):
            assert calls.end_forgotten() == 1
            assert calls.end_forgotten() == 0
    assert len(tasks_asked(app)) == 1


def test_colleagues_who_call_one_another_are_not_shown(app, telephone, answers, client):
    answers("sales", "8012")
    answers("service", "8013")

    ring(telephone, "8013", "8012")

    assert 'class="ringing"' not in client("sales").get("/calls/bar").text
    assert tasks_asked(app) == []


def test_every_act_is_kept_with_who_did_it(app, telephone, answers, client, li):
    answers("sales", "8012")
    call = ring(telephone)
    client("sales").post(f"/calls/{call}/take")
    client("sales").post(f"/calls/{call}/aside")
    telephone.post(f"calls/{call}/ended", {"answered": True})

    with reading(app):
        acts = db.session.scalars(select(CallAct).order_by(CallAct.id)).all()
        assert [(act.act, act.by) for act in acts] == [
            ("taken", "王伟"),
            ("aside", "王伟"),
            ("ended", "电话交换机"),
        ]


def test_her_timeline_tells_of_it_once(api, telephone, answers, client, li):
    answers("sales", "8012")
    call = ring(telephone)
    client("sales").post(f"/calls/{call}/take")
    telephone.post(f"calls/{call}/ended", {"answered": True})

    told = api.get("bus/events", type="calls.call_received").json["items"]
    mine = [each for each in told if each["type"] == "calls.call_received"]
    assert len(mine) == 1
    assert mine[0]["payload"]["customer_id"] == li
    assert mine[0]["payload"]["called"] == ["王伟"]


@pytest.mark.usefixtures("li")
def test_a_missed_call_is_never_told_as_one_that_was_taken(api, telephone, answers):
    # Given a call that rings
    answers("sales", "8012")
    call = ring(telephone)
    assert api.get("bus/events", type="calls.call_received").json["items"] == []

    # When nobody takes it
    telephone.post(f"calls/{call}/ended", {"answered": False})

    # Then that is what is told
    (told,) = api.get("bus/events", type="calls.call_received").json["items"]
    assert told["payload"]["missed"] is True


def test_a_card_opened_during_the_call_gets_it(api, telephone, answers, client):
    answers("sales", "8012")
    call = ring(telephone, "13900139000")
    card = api.post("customers", {"name": "赵敏", "phones": ["13900139000"]}).json["id"]

    telephone.post(f"calls/{call}/ended", {"answered": True})

    assert api.get("calls").json["items"][0]["customer_id"] == card


def test_a_telephone_system_sees_nothing(telephone, answers, li, api_as):
    answers("sales", "8012")
    call = ring(telephone)

    for path in ("customers", f"customers/{li}", "deals", "calls"):
        assert telephone.get(path).status_code == 403, path
    assert telephone.get("search", q="li").status_code == 403
    assert telephone.post(f"calls/{call}/take").status_code == 403
    assert set(telephone.post(f"calls/{call}/ended").json) == {
        "id", "received_at", "ended_at", "missed",
    }  # fmt: skip
    assert api_as("sales").post("calls", {"from": "1", "to": "2"}).status_code == 403
    assert telephone.post("calls", {"from": "1"}).status_code == 422


def test_an_extension_is_entered_with_the_person(app, client):
    with reading(app):
        person = person_by_login("sales").id
    admin = client("admin")
    given = {"name": "王伟", "roles": ["sales_member"], "extension": "021-6438 0012"}

    assert admin.post(f"/people/{person}", data=given).status_code == 303
    assert 'value="021-6438 0012"' in admin.get(f"/people/{person}").text
    wrong = admin.post(f"/people/{person}", data={**given, "extension": "front desk"})
    assert wrong.status_code == 422
    assert "f-extension-error" in wrong.text
