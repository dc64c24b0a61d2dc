"""The edge: one request is one transaction, reading never writes, and every refusal is plain."""

import json
import threading
import time
from uuid import uuid4

import pytest
from flask import jsonify
from sqlalchemy import func, select

from core.customers.models import Customer
from core.customers.services import create_customer
from core.db import NestedWrite, db, reading, unit_of_work
from core.errors import DomainError, InvalidInput

#: An id that belongs to nothing; the same in every process of a test run.
NOBODY = "0192a000-0000-7000-8000-00000000dead"


def customers(app) -> int:
    with reading(app) as session:
        return session.scalar(select(func.count()).select_from(Customer)) or 0


# ---------------------------------------------------------------- one request, one transaction
@pytest.fixture
def tried(app):
    """An application with views that write a customer and then end in every possible way."""

    def end(how: str):
        create_customer("写了")
        db.session.flush()
        if how == "rule":
            raise DomainError
        if how == "input":
            raise InvalidInput({"name": "?"})
        if how == "answer":
            return jsonify(refused=True), 409
        if how == "fault":
            raise RuntimeError(how)
        return jsonify(done=True), 201

    def nested():
        create_customer("外面")
        db.session.flush()
        with unit_of_work():
            create_customer("里面")
            db.session.flush()
        return ""

    for place in ("/api/v1/tried", "/tried"):
        app.add_url_rule(f"{place}/<how>", f"end {place}", end, methods=["GET", "POST"])
    app.add_url_rule("/api/v1/nested", "nested", nested, methods=["POST"])
    return app


@pytest.mark.own_app
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_asking_never_writes(tried, api, client, method):
    # When a view writes although it was only asked something
    screen, program = client("sales"), api
    refused = [
        program.send(method, "/api/v1/tried/well").status_code,
        screen.send(method, "/tried/well").status_code,
    ]

    # Then the database itself refuses, whichever it is
    assert refused == [500, 500]
    assert customers(tried) == 0

    # And the connection is good for writing again afterwards
    assert program.post("tried/well").status_code == 201
    assert customers(tried) == 1


@pytest.mark.own_app
@pytest.mark.parametrize(
    ("how", "status"), [("rule", 409), ("input", 422), ("answer", 409), ("fault", 500)]
)
def test_an_act_that_fails_leaves_nothing(tried, api, client, how, status):
    assert api.post(f"tried/{how}").status_code == status
    assert client("sales").post(f"/tried/{how}").status_code == status

    assert customers(tried) == 0


@pytest.mark.own_app
@pytest.mark.sqlite_only
def test_a_second_write_inside_a_first_is_refused_and_does_not_hang(tried, api):
    # Given a thread that writes
    started = time.monotonic()

    # When it begins to write a second time, then it is told so
    with unit_of_work(tried):
        create_customer("外面")
        db.session.flush()
        with pytest.raises(NestedWrite), unit_of_work(tried):
            create_customer("里面")

    # And so is a view; nothing of it stays, and the next one may write
    assert api.post("nested").status_code == 500
    assert customers(tried) == 1
    assert api.post("tried/well").status_code == 201
    assert time.monotonic() - started < 15, "it waited for itself"


@pytest.mark.own_app
def test_a_fault_of_ours_says_nothing_of_the_inside(tried, api, client):
    problem = api.post("tried/fault")
    assert (problem.mimetype, problem.json["code"]) == (
        "application/problem+json",
        "internal_error",
    )
    assert "RuntimeError" not in problem.text

    page = client("sales").post("/tried/fault")
    assert page.mimetype == "text/html"
    assert "RuntimeError" not in page.text


# ---------------------------------------------------------------- refusals in words
@pytest.fixture
def sold(api):
    """An order over 100, ready to be paid."""
    customer = api.post("customers", {"name": "上海晨光"}).json["id"]
    api.post("products", {"sku": "TEA", "name": "龙井", "unit": "盒", "price": "100.00"})
    order = {"customer_id": customer, "lines": [{"sku": "TEA", "quantity": "1"}], "confirm": True}
    return customer, api.post("sales/orders", order).json["number"]


@pytest.fixture
def payment(sold):
    """A payment of that order that would be taken."""
    customer, number = sold
    return {
        "customer_id": customer,
        "method": "cash",
        "amount": "100.00",
        "allocations": [{"order": number, "amount": "100.00"}],
    }


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-CN,zh;q=0.9", "欠"), ("en-GB,en;q=0.8", "owes"), ("fr", None)],
    ids=["Chinese", "English", "another"],
)
def test_a_broken_rule_is_a_problem_in_the_users_language(api, payment, language, words):
    payment = {**payment, "amount": "300.00", "allocations": payment["allocations"]}
    payment["allocations"][0]["amount"] = "300.00"

    answer = api.post("finance/payments", payment, headers={"Accept-Language": language})

    assert (answer.status_code, answer.mimetype) == (409, "application/problem+json")
    assert answer.json["code"] == "owed_changed"
    assert answer.json["owed"] == "100.00"
    assert answer.json["errors"] == []
    assert answer.json["title"]
    if words:
        assert words in answer.json["title"].casefold()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"amount": 12.5}, "amount"),
        ({"amount": 100}, "amount"),
        ({"amount": True}, "amount"),
        ({"amount": None}, "amount"),
        ({"amount": ["100.00"]}, "amount"),
        ({"amount": "NaN"}, "amount"),
        ({"amount": "Infinity"}, "amount"),
        ({"amount": "1e2"}, "amount"),
        ({"amount": "12.505"}, "amount"),
        ({"amount": "0.00"}, "amount"),
        ({"amount": "-100.00"}, "amount"),
        ({"amount": "9" * 40}, "amount"),
        ({"amount": float("nan")}, "amount"),
        ({"amount": float("inf")}, "amount"),
        ({"allocations": [{"order": "SO-1", "amount": 1.0}]}, "allocations.0.amount"),
        ({"allocations": [{"order": 7, "amount": "1.00"}]}, "allocations.0.order"),
        ({"allocations": [{"order": "x" * 41, "amount": "1.00"}]}, "allocations.0.order"),
        ({"allocations": {"order": "SO-1"}}, "allocations"),
        ({"allocations": ["SO-1"]}, "allocations.0"),
        ({"method": "gold"}, "method"),
        ({"customer_id": "somebody"}, "customer_id"),
        ({"customer_id": NOBODY}, "customer_id"),
        ({"amounts": "1.00"}, "amounts"),
    ],
    ids=repr,
)
def test_wrong_input_is_named_by_its_field(api, payment, sold, wrong, field):
    answer = api.post("finance/payments", {**payment, **wrong}, headers={"Accept-Language": "en"})

    assert (answer.status_code, answer.json["code"]) == (422, "invalid_input"), answer.json
    named = {each["field"]: each["message"] for each in answer.json["errors"]}
    assert list(named) == [field]
    assert named[field].endswith((".", "…"))
    assert api.get(f"deals/{sold[1]}").json["received"] == "0.00"


def test_an_order_that_does_not_exist_is_named_by_its_field(api, payment):
    payment["allocations"] = [{"order": "SO-2026-9999", "amount": "100.00"}]

    answer = api.post("finance/payments", payment)

    assert answer.status_code == 422
    assert [each["field"] for each in answer.json["errors"]] == ["allocations.0.order"]


def test_fields_are_explained_in_chinese(api, payment):
    answer = api.post(
        "finance/payments", {**payment, "amount": 12.5}, headers={"Accept-Language": "zh-CN"}
    )

    message = answer.json["errors"][0]["message"]
    assert any("\u4e00" <= letter <= "\u9fff" for letter in message), message


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("finance/refunds", {"amount": "1.00", "method": "cash", "reason": "x" * 501}, "reason"),
        ("sales/orders/{}/cancel", {"reason": "x" * 1001}, "reason"),
        ("service/complaints", {"text": "x" * 4001}, "text"),
        ("customers", {"name": "x" * 20_000}, "name"),
        ("products", {"sku": "x" * 5000, "name": "n", "unit": "u", "price": "1.00"}, "sku"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_text_that_is_too_long_is_refused(api, sold, path, body, field):
    if "order" not in body and path in ("finance/refunds", "service/complaints"):
        body = {**body, "order": sold[1]}

    answer = api.post(path.format(sold[1]), body)

    assert (answer.status_code, answer.json["code"]) == (422, "invalid_input"), answer.json
    assert [each["field"] for each in answer.json["errors"]] == [field]


@pytest.mark.parametrize(
    ("sent", "status"),
    [(b"{", 400), (b"\xff\xfe", 400), (b"[]", 422), (b'"text"', 422), (b"null", 422), (b"", 422)],
)
def test_what_is_no_object_cannot_be_read(api, sent, status):
    headers = {"Idempotency-Key": str(uuid4())}

    answer = api.send(
        "POST", "/api/v1/finance/payments", data=sent, headers=headers,
        content_type="application/json",
    )  # fmt: skip

    assert answer.status_code == status, answer.text
    assert answer.mimetype == "application/problem+json"
    assert answer.json["title"]


def test_money_and_goods_want_a_key(app, api, payment):
    """Every POST that takes money or goods asks for an Idempotency-Key."""
    for path in ("finance/payments", "finance/refunds", "finance/invoices", "warehouse/receipts",
                 "warehouse/returns", f"warehouse/shipments/{uuid4()}/ship"):  # fmt: skip
        answer = api.send("POST", f"/api/v1/{path}", json=payment)
        if "shipments" in path:  # which is looked up first
            assert answer.status_code in (400, 404), path
        else:
            assert (answer.status_code, answer.json["code"]) == (400, "idempotency_key_missing")


def test_every_post_that_comes_with_a_key_is_one_act(api):
    """A client that lost the answer may ask again, also where no key is asked for."""
    customer = {"name": "Li", "phones": []}
    body = {"sku": "TEA", "name": "龙井", "unit": "盒", "price": "9.00"}
    key = {"Idempotency-Key": str(uuid4())}

    first = api.post("customers", customer, headers=key)
    again = api.post("customers", customer, headers=key)
    other = api.post("customers", {"name": "Wang"}, headers=key)

    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 422)
    assert first.json == again.json
    assert other.json["code"] == "idempotency_key_reused"
    assert len(api.get("customers").json["items"]) == 1
    api.send("POST", "/api/v1/products", json=body)
    assert api.send("POST", "/api/v1/products", json=body).status_code == 409  # two acts


def test_an_order_asked_for_twice_is_written_once(api):
    customer = api.post("customers", {"name": "Li"}).json["id"]
    api.post("products", {"sku": "TEA", "name": "龙井", "unit": "盒", "price": "9.00"})
    order = {"customer_id": customer, "lines": [{"sku": "TEA", "quantity": "3"}]}
    key = {"Idempotency-Key": str(uuid4())}

    numbers = {api.post("sales/orders", order, headers=key).json["number"] for _ in range(3)}

    assert len(numbers) == 1
    assert len(api.get("sales/orders").json["items"]) == 1


def test_the_document_names_the_key(api):
    paths = api.get("openapi.json").json["paths"]

    def needed(path):
        headers = [each for each in paths[path]["post"]["parameters"] if each["in"] == "header"]
        return [(each["name"], each["required"]) for each in headers]

    assert needed("/api/v1/finance/payments") == [("Idempotency-Key", True)]
    assert needed("/api/v1/sales/orders") == [("Idempotency-Key", False)]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("deals/SO-1999-0001", "deal_not_found"),
        ("sales/orders/SO-1999-0001", "order_not_found"),
        (f"customers/{NOBODY}", "customer_not_found"),
        (f"warehouse/shipments/{NOBODY}", "shipment_not_found"),
        ("finance/payments/RC-1", "payment_not_found"),
        ("finance/invoices/IN-1", "invoice_not_found"),
        ("customers/not-a-uuid", "not_found"),
        ("nowhere", "not_found"),
    ],
)
def test_what_is_not_there_is_not_found(api, path, code):
    answer = api.get(path)

    assert (answer.status_code, answer.json["code"]) == (404, code)
    assert answer.mimetype == "application/problem+json"


def test_a_method_that_is_not_served_says_which_are(api):
    answer = api.send("DELETE", "/api/v1/customers")

    assert (answer.status_code, answer.json["code"]) == (405, "method_not_allowed")
    assert "GET" in answer.headers["Allow"]


def test_the_same_refusal_is_a_page_for_people_and_a_problem_for_programs(api, client):
    page = client("sales").get("/deals/SO-1999-0001")
    problem = api.get("deals/SO-1999-0001")

    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert 'id="menu"' in page.text
    assert (problem.status_code, problem.mimetype) == (404, "application/problem+json")
    assert json.loads(problem.text)["status"] == 404


def test_without_a_database_the_answer_is_still_in_words(app, api, client, monkeypatch):
    from sqlalchemy.exc import OperationalError

    from core.people import identity

    def away(*_given: object) -> None:
        raise OperationalError("SELECT", None, Exception("the server is gone"))

    screen = client("sales")
    monkeypatch.setattr(identity, "load", away)
    monkeypatch.setattr("core.company._load", away)

    problem = api.get("customers")
    page = screen.get("/customers", headers={"Accept-Language": "zh-CN"})

    assert (problem.status_code, problem.mimetype) == (503, "application/problem+json")
    assert problem.json["code"] == "database_away"
    assert (page.status_code, page.mimetype) == (503, "text/html")
    assert "数据库" in page.text


@pytest.mark.sqlite_only
def test_who_waits_too_long_for_other_writers_is_told_to_try_again(app, api, monkeypatch):
    monkeypatch.setattr("core.write_lock.PATIENCE", 0.1)
    writes, over = threading.Event(), threading.Event()

    def write():
        with unit_of_work(app):
            db.session.connection()
            writes.set()
            over.wait(30)

    other = threading.Thread(target=write)
    other.start()
    writes.wait(30)
    refused = api.post("customers", {"name": "等"})
    over.set()
    other.join()

    assert (refused.status_code, refused.json["code"]) == (503, "database_away")
    assert api.post("customers", {"name": "等"}).status_code == 201
