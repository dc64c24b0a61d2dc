"""What the sample company's service does fits what the others have done in the meantime."""

from random import Random

from bus import publish
from core.db import unit_of_work
from core.deals.facts import Returned
from core.people.identity import as_colleague
from modules.service.sample import live_a_day
from tests.modules.service.conftest import goods


class Busy(Random):
    """Does whatever may be done today."""

    def random(self) -> float:
        return 0.0


def test_goods_that_came_back_are_not_exchanged_any_more(app, delivered, complain, acting):
    # Given a customer who is to be told of an exchange, and gives the goods back before
    deal = delivered(quantity=1)
    case = complain(deal).proposed("exchange", **goods(deal))
    assert case.now()["state"] == "agree", [one.text for one in case.answers]
    with acting("warehouse"):
        publish(deal.fact(Returned, lines=(deal.goods(1),)))

    # When service lives through a day
    with unit_of_work(app), as_colleague("service"):
        live_a_day(Busy(1))

    # Then she has not agreed to what nobody can give her
    assert "gone" in {offer["state"] for offer in case.offers()}
    assert case.now()["state"] != "carry_out"
