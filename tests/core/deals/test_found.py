"""A deal is found by everything that was sold in it, also by what was added later."""

from dataclasses import replace

from bus import publish
from core.deals.facts import Sold
from core.ids import new_id
from core.testing.deals import ADeal


def test_what_was_added_to_an_order_finds_it(a_deal: ADeal, acting, api):
    # Given a deal about tea
    deal = a_deal()
    assert api.get("deals", q="空调").json["items"] == []

    # When an air conditioner is added to it
    with acting("sales"):
        sale = deal.sold(Sold)
        more = replace(sale.lines[0], line_id=new_id(), sku="AC", name="变频空调")
        publish(replace(sale, lines=(more,)))

    # Then it is found by that, and still by the tea
    for words in ("空调", "龙井"):
        found = api.get("deals", q=words).json["items"]
        assert [each["number"] for each in found] == [deal.number]
