"""What the shell answers: the menu, what is found, a deal's strip and the entries behind it."""

import pytest

import bus
from core.customers.services import create_customer
from core.deals.facts import Credited, Paid, Shipped
from core.ids import new_id
from core.money import to_money
from core.people.services import create_person


@pytest.fixture
def english(client):
    """A browser of the salesperson, in English."""
    browser = client("sales")
    browser.post("/preferences/language", data={"language": "en"})
    return browser


@pytest.fixture
def half_paid(a_deal, acting):
    """Two pieces at ten: half shipped, five paid."""
    deal = a_deal(quantity=2)
    with acting("finance"):
        bus.publish(
            deal.fact(
                Paid, payment_id=new_id(), amount=to_money("5"), method="cash", document="RE-1"
            )
        )
        bus.publish(deal.fact(Shipped, lines=(deal.goods(1),), document="DN-1"))
    return deal


def test_the_strip_shows_the_same_figures_everywhere(english, half_paid):
    strip = english.fragment(f"/deals/{half_paid.number}/strip").text

    for label, amount in (("Ordered", "20.00"), ("Shipped", "10.00"), ("Owed", "15.00")):
        at = strip.index(label)
        assert amount in strip[at : at + 120]
    assert f"live:deals:{half_paid.number} from:body" in strip


def test_what_was_taken_off_is_a_figure_when_there_is_any(english, half_paid, acting):
    address = f"/deals/{half_paid.number}"
    assert "Taken off" not in english.fragment(f"{address}/strip").text
    with acting("finance"):
        bus.publish(half_paid.fact(Credited, amount=to_money("4"), document="CN-1", reason="late"))

    strip = english.fragment(f"{address}/strip").text

    assert "4.00" in strip[strip.index("Taken off") :][:120]
    assert "CN-1" in english.fragment(f"{address}/entries?figure=reduced").text


def test_money_is_measured_by_what_is_to_be_paid(english, half_paid, acting):
    with acting("finance"):
        bus.publish(half_paid.fact(Credited, amount=to_money("15"), document="CN-1", reason="late"))

    strip = english.fragment(f"/deals/{half_paid.number}/strip").text

    received = strip[strip.index("Received") : strip.index("Refunded")]
    shipped = strip[strip.index("Shipped") : strip.index("Invoiced")]
    assert 'class="fill" width="100.0"' in received
    assert 'class="fill" width="50.0"' in shipped


def test_each_figure_opens_the_entries_behind_it(english, half_paid):
    owed = english.fragment(f"/deals/{half_paid.number}/entries?figure=owed").text
    shipped = english.fragment(f"/deals/{half_paid.number}/entries?figure=shipped").text

    assert "RE-1" in owed
    assert "-¥5.00" in owed
    assert "李静" in owed
    assert "DN-1" not in owed
    assert "DN-1" in shipped


def test_the_entries_are_a_page_of_their_own_without_javascript(english, half_paid):
    page = english.get(f"/deals/{half_paid.number}/entries").text

    assert "<main" in page
    assert "DN-1" in page
    assert "RE-1" in page


def test_a_deal_that_does_not_exist_is_said_so(english):
    assert english.fragment("/deals/NO-1/strip").status_code == 404


def test_what_is_found_says_what_is_owed(english, half_paid):
    found = english.fragment("/search?q=lili").text

    assert "李丽" in found
    assert "owes ¥15.00" in found


def test_places_of_the_menu_are_found_too(english):
    assert "/customers" in english.fragment("/search?q=custom").text


def test_nothing_found_says_what_to_try(english):
    assert "Nothing found" in english.fragment("/search?q=zzzz").text


def test_a_picker_is_offered_what_fits(english, acting):
    with acting("sales"):
        id_ = create_customer("陈洁", ["13700001234"]).id

    items = english.get("/pick/customers?q=chenjie").json["items"]

    assert [(one["value"], one["text"]) for one in items] == [(str(id_), "陈洁")]
    assert english.get("/pick/secrets?q=x").status_code == 404


def test_an_order_is_picked_by_its_number_or_its_customer(english, half_paid):
    for q in (half_paid.number, "lili", ""):
        (item,) = english.get(f"/pick/orders?q={q}").json["items"]

        assert (item["value"], item["text"]) == (half_paid.number, half_paid.number)
        assert "李丽" in item["detail"]
    assert english.get("/pick/orders?q=zzzz").json["items"] == []


def test_who_has_no_role_finds_no_customer(client, acting, half_paid):
    with acting("admin"):
        create_person("idle", "闲人", [], password="waiting-for-work-2026")
    idle, number = client("idle"), half_paid.number

    assert "李丽" not in idle.get("/search?q=lili").text
    for address in ("/pick/customers", "/pick/orders", f"/deals/{number}/strip"):
        assert idle.get(address).status_code == 403
    assert idle.get(f"/deals/{number}/entries").status_code == 403


def test_the_menu_marks_the_place_that_was_asked_for(english):
    menu = english.fragment("/menu?at=/customers/new").text
    marked = [line for line in menu.splitlines() if 'aria-current="page"' in line]

    assert len(marked) == 1
    assert "/customers" in marked[0]


def test_a_part_of_a_page_comes_without_the_frame(english):
    whole, part = english.get("/search").text, english.fragment("/customers").text

    assert 'id="menu"' in whole
    assert 'id="menu"' not in part
    assert "<h1" in part


def test_everything_but_the_sign_in_asks_who_it_is(visitor):
    for address in ("/menu", "/search", "/pick/customers", "/deals/T-1/strip", "/live/ticket"):
        assert visitor.get(address).status_code == 303
