"""What is sold, at which price."""

import threading
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from uuid import uuid4

import pytest

from core.db import reading
from core.errors import EditedMeanwhile, InvalidInput
from core.products import queries, services
from core.products.drafts import ProductDraft
from core.products.errors import ProductNotFound, SkuTaken

LAMP = {"sku": "LAMP-1", "name": "台灯", "unit": "盏", "price": "129.00", "currency": "CNY",
        "tax_rate": "13", "lots": False, "serials": True, "warranty_months": 12}  # fmt: skip


def a_lamp(acting, sku="LAMP-1", **more):
    with acting("admin"):
        services.create_product(sku, "台灯", "盏", Decimal("129.00"), "cny", **more)
    return sku


def skus(app, **query):
    with reading(app):
        return [row.sku for row in queries.products(**query).items]


def test_a_product_is_found_by_number_name_and_sound(app, acting) -> None:
    a_lamp(acting, tax_rate=Decimal(13), serials=True, warranty_months=12)

    for question in ("LAMP-1", "lamp1", "台灯", "臺燈", "td", "taideng"):
        assert skus(app, q=question) == ["LAMP-1"], question
    with reading(app):
        lamp = queries.product("LAMP-1")
        assert (lamp.price, lamp.currency, lamp.tax_rate) == (Decimal("129.00"), "CNY", Decimal(13))
        assert (lamp.lots, lamp.serials, lamp.warranty_months) == (False, True, 12)
        assert list(queries.products_by_sku(["LAMP-1", "none"])) == ["LAMP-1"]


def test_a_number_names_one_product(acting) -> None:
    a_lamp(acting)

    with pytest.raises(SkuTaken):
        a_lamp(acting)


def test_two_people_entering_the_same_number_make_one_product(app, acting) -> None:
    start = threading.Barrier(2)

    def enter(_number: int) -> str:
        start.wait()
        try:
            return a_lamp(acting)
        except SkuTaken:
            return "taken"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(enter, range(2))) == ["LAMP-1", "taken"]
    assert skus(app) == ["LAMP-1"]


def test_bad_input_names_every_field(acting) -> None:
    with pytest.raises(InvalidInput) as refused, acting("admin"):
        services.create_product(
            "/x", "", "x" * 21, Decimal("1.001"), "XYZ", tax_rate=Decimal(101), warranty_months=-1
        )

    assert set(refused.value.errors) == {
        "sku", "name", "unit", "price", "currency", "tax_rate", "warranty_months"
    }  # fmt: skip


def test_a_change_keeps_the_number_and_respects_others(app, acting) -> None:
    a_lamp(acting)

    with acting("admin"):
        services.change_product("LAMP-1", version=1, name="落地灯", sku="OTHER")

    assert skus(app, q="落地") == ["LAMP-1"]
    assert skus(app, q="台灯") == []
    with pytest.raises(EditedMeanwhile), acting("admin"):
        services.change_product("LAMP-1", version=1, price=Decimal(1))


def test_many_at_once(app, acting) -> None:
    drafts = [
        ProductDraft(
            sku=f"P{n:04d}", name=f"Part {n}", unit="piece", price=Decimal(n), currency="CNY"
        )
        for n in range(700)
    ]

    with acting("admin"):
        services.create_products(drafts)

    assert skus(app, q="P0123") == ["P0123"]
    with reading(app):
        first = queries.products(limit=500)
        second = queries.products(limit=500, after=first.next)
        listed = [row.sku for row in [*first.items, *second.items]]
    assert listed == [f"P{n:04d}" for n in range(700)]


def test_unknown_products(app) -> None:
    with reading(app), pytest.raises(ProductNotFound):
        queries.product("nothing\x00")
    with reading(app), pytest.raises(ProductNotFound):
        queries.product_by_id(uuid4())


def test_a_program_enters_reads_and_changes_a_product(api) -> None:
    made = api.post("products", LAMP)

    assert made.status_code == 201
    assert {name: made.json[name] for name in LAMP} == LAMP
    address = f"products/{made.json['id']}"
    assert api.get(address).json == made.json
    changed = api.patch(address, {"price": "99.90", "version": made.json["version"]})
    assert (changed.status_code, changed.json["price"]) == (200, "99.90")
    assert api.patch(address, {"price": "1.00", "version": 1}).status_code == 409
    assert [one["sku"] for one in api.get("products", q="灯").json["items"]] == ["LAMP-1"]
    assert api.post("products", LAMP).json["code"] == "sku_taken"


def test_what_is_left_out_takes_its_preset(api) -> None:
    made = api.post("products", {"sku": "A", "name": "A", "unit": "piece", "price": "1"}).json

    assert (made["currency"], made["tax_rate"], made["lots"], made["warranty_months"]) == (
        "CNY",
        "0",
        False,
        0,
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("price", 129.0), ("price", "free"), ("price", "-1"), ("price", "1.005"), ("price", "NaN"),
        ("sku", ""), ("warranty_months", 1.5), ("warranty_months", True), ("tax_rate", "120"),
        ("currency", "RMB"), ("colour", "red"), ("lots", "perhaps"), ("name", None), ("name", 5),
    ],
)  # fmt: skip
def test_bad_input_over_rest_says_which_field(api, field, value) -> None:
    refused = api.post("products", {**LAMP, field: value})

    assert refused.status_code == 422
    assert [error["field"] for error in refused.json["errors"]] == [field]
    assert api.get("products").json["items"] == []


def test_who_only_sells_cannot_change_products(api_as) -> None:
    refused = api_as("sales").post("products", LAMP)

    assert (refused.status_code, refused.json["code"]) == (403, "forbidden")
