"""Products on screens."""

import re

from core.db import reading
from core.products import queries

ENTERED = {"sku": "LAMP/1", "name": "台灯", "unit": "盏", "price": "129", "currency": "CNY",
           "tax_rate": "13", "serials": "true", "warranty_months": "12"}  # fmt: skip


def test_a_product_entered_is_a_product_shown(client) -> None:
    admin = client("admin")

    made = admin.post("/products/-/new", data=ENTERED)
    assert (made.status_code, made.location) == (303, "/products/LAMP/1")
    page = admin.get(made.location).text

    for words in ("台灯", "LAMP/1", "129.00", "13 %"):
        assert words in page
    assert "LAMP/1" in admin.get("/products?q=td").text


def test_a_mistake_keeps_what_was_typed(client, app) -> None:
    answer = client("admin").post("/products/-/new", data={**ENTERED, "price": "cheap", "unit": ""})

    assert answer.status_code == 422
    assert 'value="cheap"' in answer.text
    assert 'id="f-price-error"' in answer.text
    assert 'id="f-unit-error"' in answer.text
    with reading(app):
        assert queries.products().items == []


def test_a_box_that_is_no_longer_ticked_is_off(client, app) -> None:
    admin = client("admin")
    admin.post("/products/-/new", data=ENTERED)
    entered = {name: value for name, value in ENTERED.items() if name not in ("sku", "serials")}

    saved = admin.post("/products/LAMP/1/-/edit", data={**entered, "version": "1"})

    assert saved.status_code == 303
    with reading(app):
        assert queries.product("LAMP/1").serials is False


def test_what_somebody_else_saved_is_shown_beside_ones_own(client) -> None:
    admin = client("admin")
    admin.post("/products/-/new", data=ENTERED)
    changed = {name: value for name, value in ENTERED.items() if name != "sku"}
    admin.post("/products/LAMP/1/-/edit", data={**changed, "price": "140", "version": "1"})

    refused = admin.post(
        "/products/LAMP/1/-/edit", data={**changed, "price": "150", "version": "1"}
    )

    assert refused.status_code == 422
    assert "140.00" in refused.text
    assert 'value="150"' in refused.text
    version = re.search(r'name="version" value="(\d+)"', refused.text)[1]
    assert (
        admin.post(
            "/products/LAMP/1/-/edit", data={**changed, "price": "150", "version": version}
        ).status_code
        == 303
    )


def test_who_only_looks_has_no_buttons_and_no_form(client) -> None:
    client("admin").post("/products/-/new", data=ENTERED)
    warehouse = client("warehouse")

    assert "/-/edit" not in warehouse.get("/products/LAMP/1").text
    assert warehouse.get("/products/LAMP/1/-/edit").status_code == 403
    assert warehouse.post("/products/-/new", data=ENTERED).status_code == 403
