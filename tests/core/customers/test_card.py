"""The whole card: what may be known of a customer, checked, kept and shown."""

from datetime import date

import pytest

import bus
from core.calendar.anniversaries import Birthday
from core.customers import queries, services
from core.customers.birthdays import birthday_code, birthday_text, parse_birthday
from core.customers.drafts import ContactDraft
from core.customers.models import Customer
from core.db import db, reading
from core.errors import InvalidInput

ID = "990101198809260024"
WHOLE = {
    "kind": "person",
    "name": "李丽",
    "title": "女士",
    "area": "长宁",
    "prefers": "晚上七点以后",
    "tags": "老客户, 茶",
    "birthday": "农历八月十六",
    "household_size": "4",
    "pay_day": "10",
    "resident_id": ID,
    "brand": "other",
    "brand_name": "远东",
    "contacts-0-relation": "丈夫",
    "contacts-0-name": "张伟",
    "contacts-0-birthday": "1986-03-02",
    "contacts-1-relation": "儿子",
    "contacts-1-exam_year": "2027",
}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1990-05-12", Birthday("solar", 5, 12, year=1990)),
        ("1990年5月12日", Birthday("solar", 5, 12, year=1990)),
        ("19900512", Birthday("solar", 5, 12, year=1990)),
        ("5/12", Birthday("solar", 5, 12)),
        ("lunar 1989-12-30", Birthday("lunar", 12, 30, year=1989)),
        ("农历 8-15", Birthday("lunar", 8, 15)),
        ("农历八月十五", Birthday("lunar", 8, 15)),
        ("腊月廿三", Birthday("lunar", 12, 23)),
        ("正月初一", Birthday("lunar", 1, 1)),
        ("1987年闰六月初三", Birthday("lunar", 6, 3, True, 1987)),
        ("十一月三十", Birthday("lunar", 11, 30)),
    ],
)
def test_birthdays_are_read_as_people_write_them(app, text, meant) -> None:
    with app.test_request_context():
        assert parse_birthday(text) == meant
        assert parse_birthday(birthday_text(meant)) == meant
        assert parse_birthday(birthday_code(meant)) == meant


@pytest.mark.parametrize("text", ["soon", "13-40", "闰五月", "2月30日", "1990-02-30"])
def test_what_is_no_birthday_is_refused_at_its_field(acting, text) -> None:
    with acting("sales"), pytest.raises(InvalidInput) as refused:
        services.create_customer("李丽", birthday=text)
    assert set(refused.value.errors) == {"birthday"}


def test_everything_on_the_form_is_kept_and_shown(client, app) -> None:
    admin = client("admin")

    made = admin.post("/customers/new", data=WHOLE)
    assert made.status_code == 303, made.text
    page = admin.get(made.location).text
    for words in (
        "长宁",
        "晚上七点以后",
        "老客户",
        "张伟",
        "丈夫",
        "2027",
        "其他品牌",
        "远东",
    ):
        assert words in page, words
    assert "990101********0024" in page
    assert ID not in page

    with reading(app):
        row = db.session.scalars(db.select(Customer)).one()
        assert row.birthday == Birthday("lunar", 8, 16)
        assert (row.household_size, row.pay_day, row.resident_id) == (4, 10, ID)
        assert row.tags in (["老客户", "茶"], ["茶", "老客户"])
        assert row.contacts[0].birthday == Birthday("solar", 3, 2, year=1986)


def test_the_form_shows_all_but_the_id_number_and_keeps_it(client, app) -> None:
    admin = client("admin")
    card = admin.post("/customers/new", data=WHOLE).location
    form = admin.get(f"{card}/edit").text
    assert ID not in form
    assert "990101********0024" in form

    kept = {**WHOLE, "version": "1", "resident_id": ""}
    assert admin.post(f"{card}/edit", data=kept).status_code == 303
    with reading(app):
        assert db.session.scalars(db.select(Customer)).one().resident_id == ID

    gone = {**kept, "version": "2", "resident_id_gone": "true"}
    assert admin.post(f"{card}/edit", data=gone).status_code == 303
    with reading(app):
        assert db.session.scalars(db.select(Customer)).one().resident_id is None


def test_the_birthday_and_nothing_else_is_read_from_the_id_number(acting) -> None:
    with acting("sales"):
        silent = services.create_customer("李丽", resident_id=ID)
        assert silent.birthday == Birthday("solar", 9, 26, year=1988)
        assert (silent.title, silent.surname, silent.area) == ("", "", "")

        said = services.create_customer("李莉", resident_id=ID, birthday="lunar 08-16")
        assert said.birthday == Birthday("lunar", 8, 16)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("resident_id", "990101198809260023"),
        ("uscc", "91990101MA0DEM021X"),
        ("pay_day", 32),
        ("household_size", 0),
        ("kind", "ghost"),
        ("brand", "yes"),
        ("birthday", "2999-01-01"),
    ],
)
def test_each_mistake_stands_at_its_field(acting, field, value) -> None:
    with acting("sales"), pytest.raises(InvalidInput) as refused:
        services.create_customer("李丽", **{field: value})
    assert set(refused.value.errors) == {field}


def test_a_mistake_about_a_relative_stands_in_its_row(client) -> None:
    wrong = {**WHOLE, "contacts-3-relation": "母亲", "contacts-3-birthday": "some day"}

    answer = client("admin").post("/customers/new", data=wrong)

    assert answer.status_code == 422
    assert 'id="f-contacts-3-birthday-error"' in answer.text


def test_a_company_is_known_by_its_code_and_its_people(api) -> None:
    made = api.post(
        "customers",
        {
            "name": "上海晨光有限公司",
            "kind": "company",
            "uscc": "91990101MA0DEM021N",
            "legal_person": "周海涛",
            "title": "总",
            "staff": 45,
            "terms": "月结30天",
            "contacts": [{"relation": "采购", "name": "周经理", "phone": "13900010001"}],
            "tags": ["月结"],
        },
    )

    assert made.status_code == 201, made.text
    card = api.get(f"customers/{made.json['id']}").json
    assert (card["kind"], card["uscc"], card["staff"]) == ("company", "91990101MA0DEM021N", 45)
    assert card["contacts"][0]["name"] == "周经理"
    assert card["tags"] == ["月结"]


def test_what_changed_is_told_without_what_stands_in_it(acting, app) -> None:
    with acting("sales"):
        id_ = services.create_customer("李丽", resident_id=ID).id
        services.change_customer(
            id_, area="长宁", birthday="lunar 8-16", contacts=[ContactDraft("丈夫", "张伟")]
        )
        services.change_customer(id_, area="长宁")

    with reading(app):
        told = bus.events(aggregate_id=id_)
    assert [each.payload["fields"] for each in reversed(told)] == [
        [],
        ["area", "birthday", "contacts"],
    ]
    assert "长宁" not in str([each.payload for each in told])
    assert ID not in str([each.payload for each in told])


def test_this_years_birthday_is_shown(api, time_machine) -> None:
    time_machine.move_to("2026-09-01T04:00:00Z")
    made = api.post("customers", {"name": "李丽", "birthday": "lunar 1988-08-15"}).json

    assert made["birthday"] == "lunar 1988-08-15"
    assert date.fromisoformat(made["birthday_on"]) == date(2026, 9, 25)


def test_who_was_not_touched_for_long_is_flagged_and_listed(
    client, acting, a_deal, bus_idle, time_machine, app
) -> None:
    time_machine.move_to("2025-11-20T08:00:00Z", tick=False)
    with acting("sales"):
        services.create_customers([queries.CustomerDraft("王静")])
        old = services.create_customer("赵敏").id
    bus_idle()
    time_machine.move_to("2026-11-20T08:00:00Z", tick=False)
    fresh = a_deal(customer="李丽")
    bus_idle()

    sales = client("sales")
    listed = sales.get("/customers?stale=1").text
    assert "赵敏" in listed
    assert "王静" in listed
    assert "李丽" not in listed
    assert "2025-11-20 起没有人" in sales.get(f"/customers/{old}").text
    assert "起没有人" not in sales.get(f"/customers/{fresh.customer_id}").text
