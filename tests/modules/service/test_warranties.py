"""A warranty begins with the delivery, is registered by the customer, and ends with a return."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from bus import publish
from bus.tables import bus_event
from core.clock import now, pretending, today
from core.customers.models import Customer
from core.customers.services import change_customer
from core.db import db, reading
from core.deals.facts import Delivered, GoodsLine, Returned, Sold
from core.promises import services as promises
from core.promises.keeping import keep_all
from core.promises.models import Promise
from core.tasks.models import OPEN, WITHDRAWN, Task
from core.testing.deals import ADeal
from modules.service.models import Warranty, WarrantyClaim
from modules.service.models.warranties import ENDED, REGISTERED
from modules.service.services import warranties as services
from modules.service.services.visitors import ABOUT_ONE_SUBJECT, FROM_ONE_ADDRESS
from modules.service.services.warranties.terms import months_later

PHONE = "13800138000"
TEA = {"sku": "TEA", "name": "空调", "unit": "台", "price": "10.00", "tax_rate": "13"}


@pytest.fixture
def sold(api, acting, a_deal, bus_idle):
    """Sell and deliver pieces with serial numbers to a customer whose telephone is known."""
    api.post("products", {**TEA, "serials": True, "warranty_months": 12})

    def deliver(*serials: str, phone: str = PHONE, customer_id=None, quantity: int = 0) -> ADeal:
        deal = a_deal(quantity=quantity or len(serials), customer_id=customer_id)
        with acting("warehouse"):
            if phone and customer_id is None:
                change_customer(deal.customer_id, phones=[phone])
            publish(deal.fact(Delivered, lines=(_goods(deal, serials, quantity),)))
        bus_idle()
        return deal

    return deliver


@pytest.fixture
def send(visitor):
    """Register on the public page as somebody without an account."""
    visitor.take_csrf_token()

    def post(serial: str, phone: str = PHONE, name: str = "李丽", **more: str):
        return visitor.post("/w", data={"serial": serial, "name": name, "phone": phone, **more})

    return post


def test_a_delivery_begins_a_warranty_for_each_piece(app, sold):
    deal = sold("SN-1", "SN-2")

    first, second = _warranties(app)

    assert (first.serial, second.serial) == ("SN-1", "SN-2")
    assert {first.state, second.state} == {"open"}
    assert first.customer_id == deal.customer_id
    assert first.ends_on == months_later(first.starts_on, 12)


def test_a_day_that_its_month_lacks_is_the_last_of_that_month():
    assert months_later(date(2027, 2, 28), 12) == date(2028, 2, 28)
    assert months_later(date(2028, 2, 29), 12) == date(2029, 2, 28)
    assert months_later(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert months_later(date(2026, 12, 15), 1) == date(2027, 1, 15)


def test_goods_without_warranty_months_have_none(app, api, acting, a_deal, bus_idle):
    api.post("products", TEA)
    deal = a_deal(quantity=1)
    with acting("warehouse"):
        publish(deal.fact(Delivered, lines=(deal.goods(1),)))
    bus_idle()

    assert _warranties(app) == []


def test_the_buyer_registers_on_her_phone_and_her_card_is_completed(app, sold, send):
    # Given a piece that was delivered
    deal = sold("SN-1")

    # When she types its number in her own way
    more = {"household_size": "3", "birth_month": "5", "birth_day": "2", "may_call": "true",
            "birth_calendar": "lunar"}  # fmt: skip
    answer = send(" sn1 ", "+86 138 0013 8000", **more)

    # Then it is registered, and what was empty on her card is filled
    assert (answer.status_code, answer.location) == (303, "/w/thanks")
    (row,) = _warranties(app)
    assert (row.state, row.may_call, row.acts[-1].words) == (REGISTERED, True, {"by": "customer"})
    card = _card(app, deal.customer_id)
    assert (card.household_size, card.birth_calendar, card.birth_month) == (3, "lunar", 5)
    assert _events(app, "service.warranty_registered") == 1
    assert _tasks(app, "service.card_proposal") == []


def test_a_double_click_registers_once(app, sold, send):
    sold("SN-1")
    first, second = send("SN-1"), send("SN-1")

    assert (first.status_code, second.status_code) == (303, 303)
    assert _events(app, "service.warranty_registered") == 1
    assert len(_warranties(app)[0].acts) == 2


def test_what_differs_is_proposed_and_never_overwritten(app, sold, send):
    deal = sold("SN-1")
    send("SN-1", household_size="3", name="李莉")
    send("SN-1", household_size="5", name="李莉")

    card = _card(app, deal.customer_id)
    assert (card.name, card.household_size) == ("李丽", 3)
    assert [task.words["told"] for task in _tasks(app, "service.card_proposal")] == [
        "李莉",
        "李莉; 5",
    ]


def test_a_stranger_hears_the_same_and_changes_nothing(app, sold, send):
    # Given two pieces, one of them registered by its buyer
    deal = sold("SN-1", "SN-2")
    hers = send("SN-1", household_size="3")

    # When a stranger tries a wrong number, hers, and one that is free
    others = [
        send(serial, "13900139000", "王伟", household_size="9", birth_month="1", birth_day="1")
        for serial in ("NO-SUCH", "SN-1", "SN-2")
    ]

    # Then every answer is that of a good registration
    for each in others:
        assert (each.status_code, each.location, each.data) == (303, hers.location, hers.data)
    # And her card, her warranty and the free one are as before; staff is asked
    card = _card(app, deal.customer_id)
    assert (card.household_size, card.birth_calendar) == (3, None)
    assert [row.state for row in _warranties(app)] == [REGISTERED, "open"]
    assert sorted(claim.why for claim in _claims(app)) == ["other_phone", "taken", "unknown"]
    assert len(_tasks(app, "service.warranty_claim")) == 3


def test_the_public_page_shows_nothing_that_is_stored(sold, visitor):
    deal = sold("SN-1")

    for address in ("/w?s=SN-1", "/w?s=NO-SUCH", "/w/thanks"):
        page = visitor.get(address)
        assert page.status_code == 200
        assert deal.customer_name not in page.text
        assert PHONE not in page.text
        assert "空调" not in page.text


def test_who_has_it_from_a_dealer_gets_a_card_and_a_contact(app, client, sold, send, api):
    # Given goods that a dealer bought
    sold("SN-1")

    # When the person who has them registers, twice
    for _time in range(2):
        send("SN-1", "13900139000", "王芳", household_size="4")

    # Then she has a card of her own, somebody is to introduce himself, and a colleague decides
    (claim,) = _claims(app)
    card = _card(app, claim.customer_id)
    assert (card.name, card.household_size) == ("王芳", 4)
    assert len(_tasks(app, "service.warranty_new_card")) == 1
    confirmed = api.post(f"service/warranty-claims/{claim.id}/confirm")
    assert (confirmed.status_code, confirmed.json["state"]) == (200, REGISTERED)
    assert confirmed.json["customer_id"] == str(claim.customer_id)
    assert [act["act"] for act in confirmed.json["acts"]] == ["began", "moved", "registered"]
    assert [task.state for task in _tasks(app, "service.warranty_claim")] == [WITHDRAWN]
    again = api.post(f"service/warranty-claims/{claim.id}/confirm")
    assert (again.status_code, again.json["code"]) == (409, "claim_settled")


def test_an_unknown_number_is_put_right_or_dismissed(app, sold, send, api):
    sold("SN-1")
    send("SN-I", "13900139000", "王芳")
    send("XX-9", "13900139001", "赵敏")
    first, second = sorted(_claims(app), key=lambda claim: claim.serial)

    wrong = api.post(f"service/warranty-claims/{first.id}/confirm")
    right = api.post(f"service/warranty-claims/{first.id}/confirm", {"serial": "SN-1"})
    gone = api.post(f"service/warranty-claims/{second.id}/dismiss", {"note": "不是我们的货"})

    assert (wrong.status_code, wrong.json["errors"][0]["field"]) == (422, "serial")
    assert (right.status_code, right.json["state"]) == (200, REGISTERED)
    assert (gone.status_code, gone.json["state"]) == (200, "dismissed")
    assert api.get("service/warranty-claims").json["items"] == []


def test_bad_input_is_said_at_the_field_and_kept(send):
    for wrong, field in (
        ({"household_size": "0"}, "household_size"),
        ({"birth_month": "2"}, "birth_day"),
        ({"birth_month": "2", "birth_day": "30"}, "birth_day"),
        ({"phone": "12"}, "phone"),
        ({"name": " "}, "name"),
        ({"serial": "--"}, "serial"),
    ):
        page = send(**{"serial": "SN-1", **wrong})

        assert page.status_code == 422, wrong
        assert f"f-{field}-error" in page.text, wrong
        assert "13800138000" in page.text or "phone" in wrong


def test_who_sends_too_much_waits(app, sold, send):
    sold("SN-1")
    answers = [send("SN-1").status_code for _time in range(ABOUT_ONE_SUBJECT + 1)]
    assert answers == [303] * ABOUT_ONE_SUBJECT + [429]

    left = FROM_ONE_ADDRESS - ABOUT_ONE_SUBJECT
    answers = [send(f"GUESS-{at}").status_code for at in range(left + 1)]
    assert answers == [303] * left + [429]

    # An hour later the door is open again
    with app.app_context():
        later = now() + timedelta(hours=1, minutes=1)
    with pretending(later):
        assert send("SN-1").status_code == 303


def test_a_form_from_a_foreign_page_is_refused(app, sold):
    sold("SN-1")
    body = {"serial": "SN-1", "name": "李丽", "phone": PHONE}

    assert app.test_client().post("/w", data=body).status_code == 400
    assert _warranties(app)[0].state == "open"


def test_the_page_speaks_the_visitors_language(visitor):
    chinese = visitor.get("/w", headers={"Accept-Language": "zh-CN,zh;q=0.9"})
    assert 'lang="zh-Hans"' in chinese.text
    assert "序列号" in chinese.text
    assert "Content-Security-Policy" in chinese.headers


def test_with_service_off_the_page_answers_404_in_words(visitor, sold, send, switch):
    sold("SN-1")
    switch("service", on=False)

    for answer in (visitor.get("/w"), send("SN-1"), visitor.get("/w/thanks")):
        assert answer.status_code == 404
        assert "<h1" in answer.text


def test_goods_that_came_back_end_the_warranty(app, acting, bus_idle, sold, api, send):
    # Given two pieces of an order
    deal = sold("SN-1", "SN-2")

    # When one of them comes back
    with acting("warehouse"):
        publish(deal.fact(Returned, lines=(_goods(deal, ("SN-1",)),)))
    bus_idle()

    # Then its warranty has ended and cannot be registered any more
    ended, other = _warranties(app)
    assert (ended.state, other.state) == (ENDED, "open")
    refused = api.post(f"service/warranties/{ended.id}/register")
    assert (refused.status_code, refused.json["code"]) == (409, "warranty_ended")
    send("SN-1")
    assert [claim.why for claim in _claims(app)] == ["unknown"]


def test_a_part_that_came_back_leaves_the_rest_under_warranty(app, acting, bus_idle, sold):
    deal = sold(quantity=3)
    with acting("warehouse"):
        publish(deal.fact(Returned, lines=(deal.goods(2),)))
    bus_idle()
    (row,) = _warranties(app)
    assert (row.quantity, row.returned, row.state) == (Decimal(3), Decimal(2), "open")

    with acting("warehouse"):
        publish(deal.fact(Returned, lines=(deal.goods(1),)))
    bus_idle()
    assert [each.state for each in _warranties(app)] == [ENDED]


def test_staff_registers_extends_and_ends(app, sold, api):
    sold("SN-1")
    (row,) = _warranties(app)
    path = f"service/warranties/{row.id}"

    registered = api.post(f"{path}/register", {"note": "电话登记"}).json
    again = api.post(f"{path}/register").json
    assert registered["acts"] == again["acts"]
    early = api.post(f"{path}/extend", {"ends_on": str(row.ends_on), "reason": "维修"})
    assert (early.status_code, early.json["errors"][0]["field"]) == (422, "ends_on")
    later = str(row.ends_on + timedelta(30))
    assert api.post(f"{path}/extend", {"ends_on": later, "reason": "维修"}).json["ends_on"] == later
    assert api.post(f"{path}/end", {"reason": "自行拆机"}).json["state"] == ENDED
    acts = [act["act"] for act in api.get(path).json["acts"]]
    assert acts == ["began", "registered", "extended", "ended"]


@pytest.mark.parametrize("on_exchange", ["inherits", "restarts"])
def test_goods_given_in_exchange(app, acting, api, sold, send, bus_idle, complain, on_exchange):
    # Given a registered piece that is exchanged, by the owner's terms
    api.patch("service/warranty-terms", {"on_exchange": on_exchange, "main_part": "压缩机",
                                         "main_months": 36})  # fmt: skip
    deal = sold("SN-1")
    send("SN-1")
    line = {"line_id": str(deal.line_id), "quantity": "1"}
    complain(deal).agreed("exchange", lines=[line])
    bus_idle()

    # When it has come back and a new one is delivered ten days later
    with app.app_context():
        later = now() + timedelta(days=10)
    with pretending(later):
        with acting("warehouse"):
            publish(deal.fact(Returned, lines=(_goods(deal, ("SN-1",)),)))
        new = _replacement(acting, deal)
        bus_idle()
        with acting("warehouse"):
            goods = GoodsLine(line_id=new, quantity=Decimal(1), serials=("SN-2",))
            publish(deal.fact(Delivered, lines=(goods,)))
        bus_idle()

    # Then the new one is hers at once, and its term is what the owner has set
    old, fresh = _warranties(app)
    assert (old.state, fresh.state, fresh.replaces_id) == (ENDED, REGISTERED, old.id)
    anew = months_later(fresh.starts_on, 12)
    assert fresh.ends_on == (old.ends_on if on_exchange == "inherits" else anew)
    assert fresh.main_part == "压缩机"


def test_a_serial_number_finds_warranty_order_and_customer(api, api_as, client, sold):
    deal = sold("SN-77")

    (found,) = [one for one in api.get("search", q="SN-77").json["items"]
                if one["kind"] == "warranty"]  # fmt: skip

    assert found["customer_id"] == str(deal.customer_id)
    (row,) = api.get("service/warranties", serial="sn 77").json["items"]
    assert (row["order"], row["customer_id"]) == (deal.number, str(deal.customer_id))
    page = client("finance").get("/search?q=SN-77")
    assert f"/deals/{deal.number}" in page.text
    assert "SN-77" in client("service").get(f"/deals/{deal.number}").text
    assert "SN-77" in client("service").get(f"/customers/{deal.customer_id}").text


def test_the_warranty_card_is_a_pdf_with_the_address_as_code(app, sold, api):
    sold("SN-1")
    (row,) = _warranties(app)

    paper = api.get(f"service/warranties/{row.id}/card")

    assert (paper.status_code, paper.mimetype) == (200, "application/pdf")
    assert paper.data.startswith(b"%PDF")


def test_staff_sees_and_settles_on_screens(app, client, sold, send):
    sold("SN-1", "SN-2")
    send("XX-1")
    (claim,) = _claims(app)
    first, _second = _warranties(app)
    browser = client("admin")

    for path in ("/service/warranties", "/service/warranties?standing=open&q=SN-1",
                 "/service/warranties?standing=lapsed", "/service/warranties/claims",
                 "/service/warranties/terms", f"/service/warranties/{first.id}"):  # fmt: skip
        assert browser.get(path).status_code == 200, path
    body = {"note": ""}
    assert (
        browser.post(f"/service/warranties/claims/{claim.id}/dismiss", data=body).status_code == 422
    )
    body = {"note": "打错了"}
    assert (
        browser.post(f"/service/warranties/claims/{claim.id}/dismiss", data=body).status_code == 303
    )
    assert browser.post(f"/service/warranties/{first.id}/register", data={}).status_code == 303
    terms = {"main_part": "电机", "main_months": "", "on_exchange": "restarts"}
    assert browser.post("/service/warranties/terms", data=terms).status_code == 422
    terms["main_months"] = "36"
    assert browser.post("/service/warranties/terms", data=terms).status_code == 303


def test_the_end_of_a_warranty_is_announced_once_for_a_line(app, acting, bus_idle, sold):
    # Given two pieces whose warranty ends in twenty days, and the promise
    deal = sold("SN-1", "SN-2")
    _ends(acting, 20)
    _promise(acting)

    # When it is kept two nights running, then there is one call
    for _night in range(2):
        keep_all(app)
    (task,) = _tasks(app, "service.warranty_end")
    assert (task.state, task.customer_id, task.number) == (OPEN, deal.customer_id, deal.number)

    # When one piece comes back it stays; when both have, it is withdrawn
    for serial, state in (("SN-1", OPEN), ("SN-2", WITHDRAWN)):
        with acting("warehouse"):
            publish(deal.fact(Returned, lines=(_goods(deal, (serial,)),)))
        bus_idle()
        (task,) = _tasks(app, "service.warranty_end")
        assert task.state == state


def test_an_extended_warranty_is_announced_for_its_new_end(app, acting, sold):
    sold("SN-1")
    _ends(acting, 20)
    _promise(acting)
    keep_all(app)
    with acting("service"):
        row = db.session.scalars(select(Warranty)).one()
        services.extend(row.id, row.ends_on + timedelta(200), "送半年")

    assert [task.state for task in _tasks(app, "service.warranty_end")] == [WITHDRAWN]


def test_the_promise_is_off_until_somebody_wants_it(app):
    with reading(app):
        row = db.session.scalars(
            select(Promise).where(Promise.kind == "service.warranty_end")
        ).one()
        assert not row.active


def _goods(deal: ADeal, serials: tuple[str, ...], quantity: int = 0) -> GoodsLine:
    return GoodsLine(
        line_id=deal.line_id, quantity=Decimal(quantity or len(serials)), serials=serials
    )


def _replacement(acting, deal: ADeal):
    """Enter the new goods as sales does when it hears of an exchange."""
    from core.deals.facts import SoldLine
    from core.ids import new_id
    from modules.service.models import CompensationLine

    line = SoldLine(line_id=new_id(), sku="TEA", name="空调", unit="台", quantity=Decimal(1),
                    unit_price=Decimal(0), amount=Decimal("0.00"), tax=Decimal("0.00"))  # fmt: skip
    with acting("sales"):
        sold = deal.fact(Sold, lines=(line,), dues=(), seller_id=new_id(), seller_name="王伟")
        publish(sold)
        row = db.session.scalars(select(CompensationLine)).one()
        row.replacement_id = line.line_id
    return line.line_id


def _ends(acting, days: int) -> None:
    with acting("service"):
        for row in db.session.scalars(select(Warranty)):
            row.ends_on = today() + timedelta(days)


def _promise(acting) -> None:
    with acting("admin"):
        row = db.session.scalars(
            select(Promise).where(Promise.kind == "service.warranty_end")
        ).one()
        promises.switch(row.id, on=True)
        row.since = row.kept_to = today() - timedelta(30)


def _warranties(app) -> list[Warranty]:
    with app.app_context():
        query = select(Warranty).order_by(Warranty.starts_on, Warranty.serial)
        return list(db.session.scalars(query))


def _claims(app) -> list[WarrantyClaim]:
    with app.app_context():
        return list(db.session.scalars(select(WarrantyClaim)))


def _card(app, customer_id) -> Customer:
    with app.app_context():
        return db.session.get_one(Customer, customer_id)


def _tasks(app, kind: str) -> list[Task]:
    with app.app_context():
        return list(db.session.scalars(select(Task).where(Task.kind == kind).order_by(Task.id)))


def _events(app, type_: str) -> int:
    with app.app_context():
        query = select(func.count()).select_from(bus_event).where(bus_event.c.type == type_)
        return db.session.scalar(query) or 0
