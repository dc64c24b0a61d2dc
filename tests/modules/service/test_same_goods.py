"""One complaint, how many others? Who has the same lot or product is asked first."""

import pytest

from bus import publish
from core.deals.facts import Delivered, GoodsLine, Returned
from core.doctor import examine


@pytest.fixture
def has(a_deal, acting, bus_idle):
    """A maker of customers who have goods of a lot: has("李丽", "L-1")."""

    def make(customer, lot="", quantity=2, serials=()):
        deal = a_deal(quantity=quantity, customer=customer)
        line = GoodsLine(
            line_id=deal.line_id, quantity=deal.quantity, lot=lot or None, serials=serials
        )
        with acting("warehouse"):
            publish(deal.fact(Delivered, lines=(line,)))
        bus_idle()
        return deal

    return make


def names(case):
    found = case.service.get(f"service/complaints/{case.id}/others").json
    return [(one["customer"], one["same_lot"], one["asked"]) for one in found]


def test_who_has_the_same_is_listed_the_same_lot_first(has, complain):
    hers = has("李丽", "L-1")
    has("王芳", "L-2")
    has("赵敏", "L-1")
    case = complain(hers)
    assert names(case) == []

    case.explained(line_id=str(hers.line_id), lot="L-1")

    assert names(case) == [("赵敏", True, False), ("王芳", False, False)]


def test_who_gave_them_back_is_not_asked(has, complain, acting, bus_idle):
    hers, back = has("李丽", "L-1"), has("王芳", "L-1")
    with acting("warehouse"):
        publish(back.fact(Returned, lines=(back.goods(2),)))
    bus_idle()

    case = complain(hers).explained(line_id=str(hers.line_id), lot="L-1")

    assert names(case) == []


def test_one_click_asks_them_all_and_nobody_twice(has, complain, api, asked):
    # Given two others, one of them with the same lot
    hers, same, other = has("李丽", "L-1"), has("王芳", "L-1"), has("赵敏", "L-2")
    case = complain(hers).explained(line_id=str(hers.line_id), lot="L-1")

    # When those with the same lot are asked, and then all
    path = f"service/complaints/{case.id}/others/ask"
    assert case.service.post(path, {"same_lot_only": True}).json == {"asked": 1}
    assert case.service.post(path, {}).json == {"asked": 1}

    # Then everybody has one task, and nobody is left to ask
    calls = {
        task["customer_id"]
        for task in case.service.get("service/tasks", limit=200).json["items"]
        if task["kind"] == "service.ask_other"
    }
    assert calls == {str(same.customer_id), str(other.customer_id)}
    again = case.service.post(path, {})
    assert (again.status_code, again.json["code"]) == (409, "nobody_else")


def test_a_piece_is_known_by_its_number(has, complain, app):
    hers = has("李丽", serials=("S1", "S2"))
    has("王芳", serials=("S3", "S4"))
    case = complain(hers).explained(line_id=str(hers.line_id), serial="S1")

    assert (case.now()["serial"], names(case)) == ("S1", [("王芳", False, False)])
    assert examine(app).lines[-1] == "ok"


def test_causes_are_counted_the_greatest_first(has, complain, api):
    deal = has("李丽")
    for cause in ("ours", "goods", "ours"):
        complain(deal).explained(cause, line_id=str(deal.line_id))

    def counted(by):
        return [
            (one["code"], one["count"], one["running"])
            for one in api.get("service/causes", by=by).json
        ]

    assert counted("cause") == [("ours", 2, 66.7), ("goods", 1, 100.0)]
    assert counted("product") == [("TEA", 3, 100.0)]
    assert counted("kind") == [("goods", 3, 100.0)]
    assert counted("department") == [("warehouse", 3, 100.0)]
    assert (len(counted("month")), counted("month")[-1][1]) == (12, 3)
    assert api.get("service/causes", by="weather").status_code == 422
