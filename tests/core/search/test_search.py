"""One search box over everything."""

import pytest
from sqlalchemy import event

from core.customers.services import create_customer
from core.db import db, reading
from core.registry import switchboard
from core.search import index
from core.search.models import SearchRow


def found(acting, q, login="admin", **options):
    with acting(login):
        return [(each.kind, each.ref) for each in index.find(q, **options)]


def put(acting, kind="order", ref="SO-2026-0001", title="", words=(), **more):
    with acting("admin"):
        index.put(kind, ref, title or ref, words, **more)


@pytest.mark.parametrize(
    "q", ["SO-2026-0001", "so20260001", "0001", "2026 0001", "shcg", "晨光", "晨光 0001", "S", "晨"]
)
def test_an_order_is_found_by_number_and_by_who_bought(acting, q) -> None:
    put(acting, words=["上海晨光文具有限公司"])
    put(acting, ref="SO-2026-0777", words=["北京永辉"])

    assert ("order", "SO-2026-0001") in found(acting, q)


@pytest.mark.parametrize(
    "q", ["", "%", "_", "'; --", '"', "qqqq", "0002", "光晨", "*", "NEAR(a b)"]
)
def test_nothing_is_found_by_what_is_not_there(acting, q) -> None:
    put(acting, words=["上海晨光文具有限公司"])

    assert found(acting, q) == []


@pytest.mark.parametrize("length", range(1, 14))
def test_every_part_of_a_number_finds_it(acting, length) -> None:
    put(acting, words=["8613800139876"], ref="X1")
    put(acting, words=["861370013", "8765432109"], ref="X2")
    parts = ["8613800139876"[start : start + length] for start in range(14 - length)]

    assert all(("order", "X1") in found(acting, part) for part in parts)
    assert found(acting, "0139876") == [("order", "X1")]
    assert found(acting, "00138765") == []


@pytest.mark.parametrize("q", ["z", "zw", "zhw", "ngw", "zhangw", "ongsh", "shu", "zws", "gws"])
def test_every_part_of_a_name_in_letters_finds_it(acting, q) -> None:
    put(acting, words=["张王书", "zhongshu"], ref="X1")
    put(acting, words=["李丽"], ref="X2")

    expected = [("order", "X1")] if q not in ("zhw", "gws") else []
    assert found(acting, q) == expected


def test_digits_of_different_numbers_are_not_one(acting) -> None:
    put(acting, words=["a123b234c", "3456"], ref="X1")

    assert found(acting, "1234") == []
    assert found(acting, "2345") == []
    for part in ("123", "23b2", "b234c", "234", "345", "3456"):
        assert found(acting, part) == [("order", "X1")]


def test_two_words_side_by_side_are_not_one(acting) -> None:
    put(acting, words=["ab", "cd"], ref="X1")

    assert found(acting, "abcd") == []
    assert found(acting, "ab cd") == [("order", "X1")]


def test_put_again_is_found_by_its_new_words_only(acting) -> None:
    put(acting, words=["晨光"])
    put(acting, words=["永辉"])

    assert found(acting, "晨光") == []
    assert found(acting, "永辉") == [("order", "SO-2026-0001")]


def test_what_is_removed_is_found_no_longer(acting) -> None:
    put(acting, words=["晨光"])

    with acting("admin"):
        index.remove("order", "SO-2026-0001")

    assert found(acting, "晨光") == []


def test_a_change_that_fails_leaves_the_index_as_it_was(acting) -> None:
    def fail_after_putting() -> None:
        with acting("admin"):
            index.put("order", "SO-2026-0001", "SO-2026-0001", ["晨光"])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_after_putting()

    assert found(acting, "晨光") == []


def test_the_name_itself_comes_before_what_contains_it(acting) -> None:
    for title in ("新晨光百货", "晨光文具", "晨光"):
        put(acting, kind="product", ref=title, title=title)

    assert [ref for _kind, ref in found(acting, "晨光")] == ["晨光", "晨光文具", "新晨光百货"]


def test_many_orders_do_not_hide_the_customer(acting) -> None:
    with acting("admin"):
        customer = create_customer("晨光", ["13800138000"]).id
        index.put_many(
            index.Entry(
                kind="order",
                ref=f"SO-{n:04d}",
                title=f"SO-{n:04d}",
                words=["晨光"],
                customer_id=customer,
            )
            for n in range(900)
        )

    hits = found(acting, "晨光", limit=10)

    assert len(hits) == 10
    assert hits[0] == ("customer", str(customer))


def test_very_many_of_several_kinds_are_asked_for_in_a_few_statements(acting) -> None:
    kinds = ("customer", "order", "product")
    with acting("admin"):
        for kind in kinds:
            many = [
                index.Entry(kind=kind, ref=f"{n}", title=f"晨光{n}", words=()) for n in range(250)
            ]
            index.put_many([*many, index.Entry(kind=kind, ref="best", title="晨光", words=())])
    asked = []

    def note(_connection, _cursor, statement, *_more):
        asked.append(statement)

    with acting("admin"):
        event.listen(db.engine, "before_cursor_execute", note)
        hits = index.find("晨光", limit=30)
        event.remove(db.engine, "before_cursor_execute", note)

    # Of each kind the best, and not only of the one that was put last
    assert [(each.kind, each.ref) for each in hits[:3]] == [(kind, "best") for kind in kinds]
    assert len([each for each in asked if "core_search" in each]) <= 4, asked


def test_a_phone_number_finds_the_customer_and_her_orders(acting) -> None:
    with acting("admin"):
        customer = create_customer("王伟", ["138 0013 8000"]).id
        index.put("order", "SO-2026-0001", "SO-2026-0001", ["王伟"], customer_id=customer)

    assert found(acting, "0013-8000") == [("customer", str(customer)), ("order", "SO-2026-0001")]
    assert found(acting, "0013-8000", kinds=("customer",)) == [("customer", str(customer))]


def test_only_what_the_person_may_see(acting) -> None:
    put(acting, words=["晨光"], permission="core.administer")

    assert found(acting, "晨光") == [("order", "SO-2026-0001")]
    assert found(acting, "晨光", login="warehouse") == []


def test_nothing_of_a_module_that_is_off(acting) -> None:
    put(acting, words=["晨光"], module="service")
    assert found(acting, "晨光") == [("order", "SO-2026-0001")]

    with acting("admin"):
        switchboard.disable("service", "Admin")
    assert found(acting, "晨光") == []

    with acting("admin"):
        switchboard.enable("service", "Admin")
    assert found(acting, "晨光") == [("order", "SO-2026-0001")]


def test_thousands_at_once_the_last_word_counts(app, acting) -> None:
    with acting("admin"):
        index.put_many(
            index.Entry(
                kind="order", ref=f"R{n % 1500}", title=f"R{n % 1500}", words=[f"round{n // 1500}"]
            )
            for n in range(3000)
        )

    with reading(app):
        assert db.session.query(SearchRow).count() == 1500
    assert found(acting, "round0") == []
    assert len(found(acting, "round1", limit=100, kinds=("order",))) == 100


def test_programs_see_what_is_owed_at_once(api) -> None:
    made = api.post("customers", {"name": "上海晨光", "phones": ["13800138000"]}).json
    api.post("products", {"sku": "PEN", "name": "晨光笔", "unit": "支", "price": "2.50"})

    answer = api.get("search", q="chenguang").json

    kinds = {item["kind"]: item for item in answer["items"]}
    assert kinds["customer"]["ref"] == made["id"]
    assert (kinds["customer"]["owed"], kinds["customer"]["currency"]) == ("0.00", "CNY")
    assert kinds["customer"]["url"] == f"/customers/{made['id']}"
    assert (kinds["product"]["ref"], kinds["product"]["owed"]) == ("PEN", None)
    assert answer["next"] is None
    assert api.get("search").status_code == 422
