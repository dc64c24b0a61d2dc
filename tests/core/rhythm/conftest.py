"""A company whose past was brought in from a file."""

import pytest

from core.imports import runs, services, shelf

HEAD = "order_ref,ordered_on,customer_ref,sku,quantity,amount"


@pytest.fixture
def sold(app, tmp_path):
    """Brings in orders of the past: rows of customer, sku, day, quantity, amount."""

    def take_in(rows):
        from core.db import unit_of_work

        lines = [
            f"R{at:05d},{day},{customer},{sku},{quantity},{amount}"
            for at, (customer, sku, day, quantity, amount) in enumerate(rows)
        ]
        file = tmp_path / "orders.csv"
        file.write_text("\n".join([HEAD, *lines, ""]), encoding="utf-8")
        with app.app_context():
            with file.open("rb") as stream, unit_of_work():
                id_ = services.open_import(
                    "orders", shelf.keep(stream), file_name="orders.csv", currency="CNY",
                    language="en",
                ).id  # fmt: skip
            assert runs.check(id_).good
            runs.take_in(id_)

    return take_in
