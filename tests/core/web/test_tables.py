"""Cells carry their heading, so that a phone can show rows as cards."""

from decimal import Decimal

import pytest

from core.web.tables import cells, column, here, sort_link

COLUMNS = [column("Order"), column("Amount", end=True, sort="total"), column("Act", hidden=True)]


@pytest.fixture
def asked(app):
    address = "/orders?q=tea&sort=total&after=xyz"
    with app.test_request_context(address, headers={"Accept-Language": "en"}):
        yield


@pytest.mark.usefixtures("asked")
def test_a_row_says_which_column_each_cell_belongs_to():
    td = cells(COLUMNS)

    assert td.link("SO-1", "/o/1").startswith('<th scope="row" data-label="Order">')
    assert 'class="num" data-label="Amount"' in td.money(Decimal("12.5"), "CNY")
    assert 'data-label=""' in td("x")


@pytest.mark.usefixtures("asked")
def test_what_people_typed_is_escaped():
    assert "<b>" not in cells(COLUMNS)("<b>bold</b>")
    assert "<script>" not in cells(COLUMNS).link("<script>", "/")


@pytest.mark.usefixtures("asked")
def test_links_of_a_list_keep_its_filter():
    assert here(sort="number") == "/orders?q=tea&after=xyz&sort=number"
    assert here(q=None, after=None) == "/orders?sort=total"


@pytest.mark.usefixtures("asked")
def test_a_heading_turns_the_order_round_and_starts_from_the_first_page():
    assert sort_link(COLUMNS[1], "total") == ("/orders?q=tea&sort=-total", "ascending")
    assert sort_link(COLUMNS[1], "-total") == ("/orders?q=tea&sort=total", "descending")
    assert sort_link(COLUMNS[1], "number")[1] == "none"
