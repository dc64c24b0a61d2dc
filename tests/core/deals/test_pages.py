"""The page of a deal, which every department links to, and the list of all deals."""

import re

import pytest

from core.deals.facts import ConcernRaised
from core.ids import new_id


def text_of(answer):
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)))


@pytest.fixture
def desk(client):
    """A maker of browsers in English: desk("finance")."""

    def sit_down(login):
        screens = client(login)
        screens.set_cookie("lamplit_language", "en")
        return screens

    return sit_down


@pytest.mark.parametrize("login", ["sales", "finance", "warehouse", "service"])
def test_every_department_sees_the_same_figures(desk, a_deal, login):
    sold = a_deal(10, customer="上海晨光")

    page = text_of(desk(login).get(f"/deals/{sold.number}"))

    for shown in ("上海晨光", "王伟", "龙井", "10 kg", "¥100.00", "Waiting for Warehouse"):
        assert shown in page


def test_a_worry_stands_on_top(desk, a_deal, acting):
    from bus import publish

    sold = a_deal(1)
    with acting("service"):
        publish(
            sold.fact(
                ConcernRaised, concern_id=new_id(), kind="complaint", text="颜色不对",
                holds="shipping",
            )
        )  # fmt: skip

    page = text_of(desk("warehouse").get(f"/deals/{sold.number}"))

    assert page.index("颜色不对") < page.index("Goods")
    assert "holds shipping" in page


def test_what_is_written_by_others_is_only_text(desk, a_deal):
    sold = a_deal(1, customer="<script>alert(1)</script>")

    page = desk("sales").get(f"/deals/{sold.number}").get_data(as_text=True)

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_list_finds_and_filters(desk, a_deal, acting):
    from bus import publish
    from core.deals.facts import Paid

    owing, settled = a_deal(1, customer="李丽"), a_deal(2, customer="上海晨光")
    with acting("finance"):
        publish(settled.fact(Paid, payment_id=new_id(), amount=settled.amount, method="cash"))
    screens = desk("finance")

    everything = screens.get("/deals").get_data(as_text=True)
    assert owing.number in everything
    assert settled.number in everything
    only_owing = screens.get("/deals?owing=1").get_data(as_text=True)
    assert owing.number in only_owing
    assert settled.number not in only_owing
    found = screens.get("/deals?q=shcg").get_data(as_text=True)
    assert settled.number in found
    assert owing.number not in found


def test_an_unknown_number_is_not_found(desk):
    assert desk("sales").get("/deals/NONE").status_code == 404


def test_nobody_looks_without_signing_in(visitor, a_deal):
    sold = a_deal(1)

    assert visitor.get(f"/deals/{sold.number}").status_code in (302, 303, 401)
