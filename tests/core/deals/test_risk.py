"""Why a balance is at risk, told by the deal itself."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bus import publish
from core.clock import today
from core.db import reading
from core.deals.facts import ConcernRaised, ConcernSettled, Delivered, Invoiced, Sold
from core.deals.locking import lock
from core.deals.queries import deal as picture_of
from core.deals.risk import concerns_of, risks
from core.ids import new_id


@pytest.fixture
def why(app):
    """The codes of what is in the way of an order."""

    def codes(deal):
        with reading(app):
            return [risk.code for risk in risks(picture_of(deal.number))]

    return codes


@pytest.fixture
def state(acting):
    def tell(deal, fact, /, **more):
        with acting("admin"):
            publish(deal.fact(fact, **more))

    return tell


def test_an_open_concern_is_a_risk_until_it_is_settled(a_deal, state, why):
    deal, concern = a_deal(2), new_id()
    state(deal, ConcernRaised, concern_id=concern, kind="complaint", text="颜色不对")
    assert why(deal) == ["concern"]

    state(deal, ConcernSettled, concern_id=concern)

    assert why(deal) == []


def test_a_concern_is_seen_under_the_lock_that_it_was_raised_under(a_deal, acting):
    # Given a deal, held in the transaction in which a concern about it is raised
    deal, concern = a_deal(2), new_id()
    with acting("admin"):
        publish(deal.fact(ConcernRaised, concern_id=concern, kind="complaint", text="颜色不对"))

        # When it is looked at again in the same transaction, then the concern is open
        (found,) = lock([deal.deal_id])[deal.deal_id].concerns
        assert (found.concern_id, found.settled_at) == (concern, None)


def test_a_concern_raised_again_is_the_same_one_and_open(a_deal, state, app):
    # Given a concern that was settled
    deal, concern = a_deal(2), new_id()
    raised = {"concern_id": concern, "kind": "complaint", "text": "颜色不对"}
    state(deal, ConcernRaised, **raised, holds="shipping")
    state(deal, ConcernSettled, concern_id=concern)

    # When it is raised again under the same id
    state(deal, ConcernRaised, **{**raised, "text": "又不对"})

    # Then there is one concern, open, with what it says and holds now
    with reading(app):
        (found,) = picture_of(deal.number).concerns
    assert (found.text, found.holds, found.settled_at) == ("又不对", "none", None)


def test_goods_that_are_late_are_a_risk(a_deal, acting, state, why, app):
    deal = a_deal(2)
    with reading(app):
        yesterday = today() - timedelta(days=1)
    with acting("sales"):
        publish(deal.sold(Sold, promised_on=yesterday))
    assert why(deal) == ["late_delivery"]

    state(deal, Delivered, lines=(deal.goods(4),))

    assert why(deal) == []


def test_an_invoice_over_more_than_she_has_is_a_risk(a_deal, state, why):
    deal = a_deal(2)
    state(deal, Delivered, lines=(deal.goods(1),))
    state(deal, Invoiced, amount=Decimal("10.00"))
    assert why(deal) == []

    state(deal, Invoiced, amount=Decimal("10.00"))

    assert why(deal) == ["invoice"]


def test_the_warehouse_asks_for_all_concerns_of_a_customer(a_deal, state, app):
    deal, other = a_deal(2), a_deal(2, customer="王芳")
    state(deal, ConcernRaised, concern_id=new_id(), kind="complaint", text="颜色不对")

    with reading(app):
        found = concerns_of([deal.customer_id, other.customer_id])

    assert [(number, risk.text) for number, risk in found[deal.customer_id]] == [
        (deal.number, "颜色不对")
    ]
    assert found[other.customer_id] == []
