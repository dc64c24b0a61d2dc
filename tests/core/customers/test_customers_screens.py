"""Customers on screens."""

import re

from sqlalchemy import event

from core.customers import queries, services
from core.db import db, reading

ENTERED = {
    "name": "上海晨光",
    "phones-0-number": "138 0013 8000",
    "phones-0-label": "老板",
    "phones-2-number": "021-52345678",
    "addresses-0-text": "上海市徐汇区漕溪北路18号",
    "addresses-0-contact": "李师傅",
    "note": "上午送货",
}


def test_a_card_entered_is_a_card_shown(client) -> None:
    admin = client("admin")

    made = admin.post("/customers/new", data=ENTERED)
    assert made.status_code == 303
    card = admin.get(made.location).text

    for words in (
        "上海晨光",
        "138 0013 8000",
        "老板",
        "021-52345678",
        "漕溪北路18号",
        "李师傅",
        "上午送货",
    ):
        assert words in card
    assert "上海晨光" in admin.get("/customers?q=shcg").text
    assert "上海晨光" not in admin.get("/customers?q=bjcg").text


def test_a_mistake_keeps_what_was_typed_and_stands_at_its_field(client, app) -> None:
    entered = {**ENTERED, "name": "", "phones-2-number": "none"}

    answer = client("admin").post("/customers/new", data=entered)

    assert answer.status_code == 422
    assert 'value="138 0013 8000"' in answer.text
    assert 'id="f-name-error"' in answer.text
    assert 'id="f-phones-2-number-error"' in answer.text
    with reading(app):
        assert queries.customers().items == []


def test_a_number_somebody_has_is_pointed_out_while_typing_and_after(client) -> None:
    admin = client("admin")
    first = admin.post("/customers/new", data=ENTERED).location

    hint = admin.post("/customers/alike", data={"phones-0-number": "+86 13800138000"}).text
    second = admin.post("/customers/new", data={"name": "李四", "phones-0-number": "13800138000"})

    assert first in hint
    assert second.status_code == 303
    assert first in admin.get(second.location).text
    assert "href" not in admin.post("/customers/alike", data={"phones-0-number": "999"}).text


def test_two_people_editing_one_card_both_keep_their_work(client, acting, app) -> None:
    with acting("admin"):
        card = services.create_customer("王伟", ["13800138000"]).id
    mine, hers = client("admin"), client("admin")
    form = mine.get(f"/customers/{card}/edit").text
    version = re.search(r'name="version" value="(\d+)"', form)[1]
    hers.post(f"/customers/{card}/edit", data={"name": "王小伟", "version": version})

    refused = mine.post(
        f"/customers/{card}/edit",
        data={"name": "王大伟", "phones-0-number": "13900139000", "version": version},
    )

    assert refused.status_code == 422
    assert "王小伟" in refused.text
    assert 'value="王大伟"' in refused.text
    assert 'value="13900139000"' in refused.text

    version = re.search(r'name="version" value="(\d+)"', refused.text)[1]
    saved = mine.post(
        f"/customers/{card}/edit",
        data={"name": "王大伟", "phones-0-number": "13900139000", "version": version},
    )
    assert saved.status_code == 303
    with reading(app):
        assert queries.customer(card).name == "王大伟"


def test_a_search_that_finds_nobody_offers_a_new_card(client) -> None:
    page = client("admin").get("/customers?q=陈静").text

    assert "/customers/new?name=" in page
    assert 'value="陈静"' in client("admin").get("/customers/new?name=陈静").text


def test_an_unknown_card_says_so(client) -> None:
    assert client("admin").get("/customers/00000000-0000-0000-0000-000000000000").status_code == 404


def test_a_card_counts_what_waits_in_the_menu_once(client, acting) -> None:
    with acting("admin"):
        card = services.create_customer("王伟", ["13800138000"]).id
        engine = db.engine
    admin, asked = client("admin"), []

    def note(_connection, _cursor, statement, parameters, *_more):
        asked.append((statement, str(parameters)))

    event.listen(engine, "before_cursor_execute", note)
    assert admin.get(f"/customers/{card}").status_code == 200
    event.remove(engine, "before_cursor_execute", note)

    counts = [each for each in asked if each[0].startswith("SELECT count(*)")]
    assert len(counts) > 3
    assert len(counts) == len(set(counts))
