"""Customers are found by card, purchases and what departments know; who takes a list is noted."""

import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import openpyxl
import pytest
from sqlalchemy import select

from core.clock import today
from core.company import CompanyRow
from core.customers.models import CustomerAccess, CustomerAlias, CustomerTag, CustomerTouch
from core.customers.resolution import forget_aliases
from core.customers.services import create_customer
from core.db import db, reading, unit_of_work
from core.errors import Forbidden, InvalidInput
from core.ids import new_id
from core.local_days import local_day
from core.registry import switchboard
from core.segments import queries, services
from core.segments.conditions import read
from core.segments.errors import SegmentIncomplete, SegmentNameTaken
from core.testing.deals import sell


@pytest.fixture
def town(acting):
    """王伟 bought 1,200 three days ago, 李娜 400 long ago, 钱进 nothing."""
    with acting("admin"):
        ids = {}
        for name, area, grade in (
            ("王伟", "浦东", "A"), ("李娜", "浦东新区", "B"), ("钱进", "徐汇", "")
        ):  # fmt: skip
            row = create_customer(name, ["13800138000"], ["世纪大道 1 号"])
            row.area, row.grade = area, grade
            ids[name] = row.id
        db.session.flush()
        sell("S-1", 120, customer_id=ids["王伟"], sold_on=today() - timedelta(days=3))
        sell("S-2", 40, customer_id=ids["李娜"], sold_on=today() - timedelta(days=90))
        db.session.add(CustomerTag(customer_id=ids["钱进"], tag="VIP"))
    return ids


def ask(*conditions):
    return [dict(zip(("field", "op", "value"), each, strict=False)) for each in conditions]


def found(app, *conditions, match="all"):
    with reading(app):
        asked = read(ask(*conditions))
        page = queries.customers(match, asked)
        assert queries.count(match, asked) == len(page.items)
        return {row.name for row in page.items}


@pytest.mark.parametrize(
    ("condition", "names"),
    [
        (("card.area", "is", "浦东"), {"王伟"}),
        (("card.area", "contains", "浦东"), {"王伟", "李娜"}),
        (("card.area", "is_not", "浦东"), {"李娜", "钱进"}),
        (("card.grade", "is", "A"), {"王伟"}),
        (("card.grade", "is_not", "A"), {"李娜", "钱进"}),
        (("card.birth_month", "is", "3"), set()),
        (("card.birth_month", "is_not", "3"), {"王伟", "李娜", "钱进"}),
        (("card.household", "at_most", "3"), set()),
        (("card.trade", "empty", ""), {"王伟", "李娜", "钱进"}),
        (("card.opted_out", "no", ""), {"王伟", "李娜", "钱进"}),
        (("card.tag", "has", "VIP"), {"钱进"}),
        (("card.tag", "has_not", "VIP"), {"王伟", "李娜"}),
        (("bought.amount", "at_least", "500"), {"王伟"}),
        (("bought.amount", "at_most", "500"), {"李娜", "钱进"}),
        (("bought.orders", "at_least", "1"), {"王伟", "李娜"}),
        (("bought.orders", "at_most", "0"), {"钱进"}),
        (("bought.last", "within", "30"), {"王伟"}),
        (("bought.last", "before", "30"), {"李娜"}),
        (("bought.last", "never", ""), {"钱进"}),
        (("bought.sku", "has", "TEA"), {"王伟", "李娜"}),
        (("bought.sku", "has_not", "TEA"), {"钱进"}),
        (("finance.overdue", "at_least", "0.01"), set()),
        (("finance.overdue", "at_most", "0"), {"王伟", "李娜", "钱进"}),
        (("service.open_complaints", "at_least", "1"), set()),
        (("service.last_call", "never", ""), {"王伟", "李娜", "钱进"}),
    ],
)
def test_each_condition_finds_whom_it_says(app, town, condition, names) -> None:
    assert found(app, condition) == names


def test_all_conditions_or_any_of_them(app, town) -> None:
    both = (("card.area", "contains", "浦东"), ("bought.amount", "at_least", "500"))

    assert found(app, *both) == {"王伟"}
    assert found(app, *both, match="any") == {"王伟", "李娜"}


def test_many_conditions_are_one_statement(app, town) -> None:
    asked = (
        ("bought.amount", "at_least", "100"),
        ("bought.orders", "at_least", "1"),
        ("bought.last", "before", "30"),
        ("bought.sku", "has", "TEA"),
        ("card.tag", "has_not", "VIP"),
        ("finance.overdue", "at_most", "0"),
        ("service.open_complaints", "at_most", "0"),
        ("service.last_call", "never", ""),
    )

    assert found(app, *asked) == {"李娜"}
    assert found(app, *asked, match="any") == {"王伟", "李娜", "钱进"}


def test_merged_cards_are_one_customer(app, acting, town) -> None:
    with acting("admin"):
        third = create_customer("王伟").id
        db.session.add(CustomerAlias(alias_id=town["李娜"], customer_id=town["王伟"]))
        db.session.add(CustomerAlias(alias_id=town["王伟"], customer_id=third))
        db.session.flush()
        forget_aliases()

    with reading(app):
        asked = read(ask(("bought.amount", "at_least", "1600")))
        assert [row.id for row in queries.customers("all", asked).items] == [third]
    assert found(app, ("bought.last", "before", "30")) == set()
    assert found(app, ("bought.orders", "at_most", "0")) == {"钱进"}


def test_departments_contribute_what_they_know(app, api, bus_idle, town) -> None:
    api.post("service/complaints", {"customer_id": str(town["李娜"]), "text": "漏水"})
    bus_idle()

    assert found(app, ("service.open_complaints", "at_least", "1")) == {"李娜"}


@pytest.mark.parametrize(
    ("condition", "part"),
    [
        (("nonsense", "is", "x"), "field"),
        (("card.area", "at_least", "x"), "op"),
        (("card.grade", "is", "D"), "value"),
        (("card.area", "is", ""), "value"),
        (("bought.amount", "at_least", "much"), "value"),
        (("bought.last", "within", "-1"), "value"),
        (("bought.orders", "at_least", "٣"), "value"),
    ],
)
def test_what_cannot_be_asked_is_said_at_its_field(app, town, condition, part) -> None:
    with pytest.raises(InvalidInput) as refused, reading(app):
        read(ask(("card.area", "is", "浦东"), condition))

    assert f"conditions.1.{part}" in refused.value.errors


def test_without_a_condition_nobody_is_found(app) -> None:
    with pytest.raises(InvalidInput), reading(app):
        read([])


def test_a_segment_of_a_module_that_is_off_says_so(app, acting, client, town) -> None:
    with acting("admin"):
        conditions = ask(("service.open_complaints", "at_most", "0"))
        id_ = services.save_segment("Content", "all", conditions).id
        switchboard.disable("service", "Admin")

    admin = client("admin")

    assert "客服" in admin.get(f"/segments/{id_}").text
    assert "王伟" not in admin.get(f"/segments/{id_}").text
    assert admin.get("/segments").status_code == 200
    assert admin.post(f"/segments/{id_}/export/csv").status_code == 409
    with pytest.raises(SegmentIncomplete), reading(app):
        list(queries.customer_ids(id_))

    with acting("admin"):
        switchboard.enable("service", "Admin")
    assert "王伟" in admin.get(f"/segments/{id_}").text


def test_two_segments_are_not_called_the_same(acting, town) -> None:
    with acting("admin"):
        asked = ask(("card.area", "is", "浦东"))
        first = services.save_segment("Pudong", "all", asked)
        services.save_segment("Pudong", "any", asked, segment_id=first.id)

        with pytest.raises(SegmentNameTaken):
            services.save_segment(" Pudong ", "all", asked)


def test_a_list_goes_out_with_permission_and_leaves_a_trail(app, acting, client, town) -> None:
    with acting("admin"):
        row = services.save_segment("Pudong", "all", ask(("card.area", "contains", "浦东")))
        id_ = row.id

    with pytest.raises(Forbidden), acting("warehouse"):
        services.export(id_, "csv", io.BytesIO())
    assert client("warehouse").post(f"/segments/{id_}/export/csv").status_code == 403
    csv = client("admin").post(f"/segments/{id_}/export/csv")
    xlsx = client("admin").post(f"/segments/{id_}/export/xlsx")

    assert csv.text.count("浦东") == 2
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.data)).active
    assert {row[0].value for row in sheet.iter_rows(min_row=2)} == {"王伟", "李娜"}
    with reading(app):
        trail = [(each.what, each.detail) for each in db.session.query(CustomerAccess)]
        assert sorted(trail) == [("export", "Pudong: 2 (csv)"), ("export", "Pudong: 2 (xlsx)")]


def test_an_export_is_written_page_by_page(app, acting, town) -> None:
    with acting("admin"):
        for number in range(1203):
            create_customer(f"Customer {number:04}").area = "北区"
        row = services.save_segment("North", "all", ask(("card.area", "is", "北区")))
        target = io.BytesIO()
        services.export(row.id, "csv", target)

    lines = target.getvalue().decode("utf-8-sig").splitlines()
    assert len(lines) == len(set(lines)) == 1204


def test_the_form_counts_while_it_is_filled_in(client, town) -> None:
    admin = client("admin")
    asked = "conditions-0-field=card.area&conditions-0-op=contains&conditions-0-value=浦东"

    assert "<b>2</b>" in admin.fragment(f"/segments/count?match=all&{asked}").text
    assert admin.fragment("/segments/count?match=all").status_code == 422


def test_what_can_be_asked_follows_what_was_chosen(client, town) -> None:
    page = (
        client("admin")
        .get(
            "/segments/lines?match=all&conditions-0-field=card.grade&conditions-0-op=is"
            "&conditions-1-field=&conditions-1-value=gone"
        )
        .text
    )

    assert 'value="is_not"' in page
    assert 'value="at_least"' not in page
    assert '<option value="A"' in page
    assert 'value="gone"' not in page


def test_saved_listed_changed_and_dropped_on_screens(client, town) -> None:
    admin = client("admin")
    sent = {
        "name": "Pudong", "match": "all", "conditions-0-field": "card.area",
        "conditions-0-op": "is", "conditions-0-value": "浦东",
    }  # fmt: skip

    bad = admin.post("/segments/new", data={**sent, "conditions-0-value": ""})
    made = admin.post("/segments/new", data=sent)
    page = admin.get(made.location).text
    changed = admin.post(f"{made.location}/edit", data={**sent, "version": "1",
                         "conditions-0-op": "contains"})  # fmt: skip

    assert (bad.status_code, made.status_code, changed.status_code) == (422, 303, 303)
    assert "Pudong" in bad.text
    assert "王伟" in page
    assert "李娜" not in page
    assert "李娜" in admin.get(made.location).text
    assert "Pudong" in admin.get("/segments").text
    admin.post(f"{made.location}/drop")
    assert admin.get(made.location).status_code == 404
    assert client("warehouse").get("/segments").status_code == 403


def test_everything_works_for_programs(api, town) -> None:
    asked = ask(("bought.amount", "at_least", "500"))
    body = {"name": "Good", "match": "all", "conditions": asked}

    made = api.post("segments", body).json

    assert api.post("segments/count", {"conditions": asked}).json == {"count": 1}
    assert api.get(f"segments/{made['id']}/customers").json["items"][0]["name"] == "王伟"
    assert {each["name"] for each in api.get("segments/fields").json["items"]} >= {
        "finance.overdue", "service.open_complaints", "service.last_call", "bought.sku",
    }  # fmt: skip
    assert Decimal(asked[0]["value"]) == 500
    assert api.post("segments", body).status_code == 422


@pytest.mark.parametrize(
    ("zone", "moment", "day"),
    [
        ("Asia/Shanghai", datetime(2026, 11, 24, 17, 0, tzinfo=UTC), date(2026, 11, 25)),
        ("Asia/Shanghai", datetime(2026, 11, 24, 15, 0, tzinfo=UTC), date(2026, 11, 24)),
        ("America/New_York", datetime(2026, 7, 2, 3, 30, tzinfo=UTC), date(2026, 7, 1)),
        ("America/New_York", datetime(2026, 12, 2, 4, 30, tzinfo=UTC), date(2026, 12, 1)),
    ],
)
def test_a_day_is_the_companys_also_where_the_database_reckons_it(app, zone, moment, day):
    with unit_of_work(app):
        db.session.get_one(CompanyRow, 1).timezone = zone
    with unit_of_work(app):
        db.session.add(CustomerTouch(customer_id=new_id(), touched_at=moment))

    with reading(app):
        assert db.session.scalars(select(local_day(CustomerTouch.touched_at))).all() == [day]
