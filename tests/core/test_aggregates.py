"""A row and its parts as plain values: what is written is the difference, whatever it is."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import select

from core.db import db
from core.deals.models import Deal, DealDue
from core.deals.rows import DEALS, PLAIN
from core.money import ZERO

FIGURES = (
    *("ordered", "cancelled", "shipped", "delivered", "returned", "invoiced", "credited"),
    *("received", "refunded", "written_off", "owed"),
)


def a_new_deal(number):
    deal = PLAIN.deal(
        id=uuid4(), number=number, customer_id=uuid4(), customer_name="李丽", seller_id=uuid4(),
        seller_name="王伟", currency="CNY", sold_on=datetime(2026, 3, 1, tzinfo=UTC).date(),
        historical=False, stage="to_ship", **dict.fromkeys(FIGURES, ZERO),
    )  # fmt: skip
    for place in range(2):
        deal.dues.append(
            PLAIN.due(
                deal_id=deal.id, position=place, amount=ZERO, before_shipping=False, kind="balance"
            )
        )
    return deal


@pytest.fixture
def deals(acting):
    made = [a_new_deal(f"T-{place}") for place in range(3)]
    with acting("admin"):
        DEALS.write(made)
    return made


def test_what_is_written_is_what_is_read(deals, acting):
    with acting("admin"):
        read = DEALS.read("number", {"T-0", "T-2", "T-9"})

    assert {deal.number for deal in read.values()} == {"T-0", "T-2"}
    assert [due.position for due in read[deals[0].id].dues] == [0, 1]
    assert read[deals[0].id].stored == deals[0].stored


def test_rows_are_added_changed_and_dropped(deals, acting):
    # Given three deals, of which one loses a step of its plan, one gets another name, one nothing
    with acting("admin"):
        read = DEALS.read("id", [deal.id for deal in deals])
        first, second, third = (read[deal.id] for deal in deals)
        del first.dues[1]
        second.customer_name = "李莉"
        before = third.stored
        DEALS.write(read.values())

    with acting("admin"):
        read = DEALS.read("id", [deal.id for deal in deals])
    assert [len(read[deal.id].dues) for deal in deals] == [1, 2, 2]
    assert [read[deal.id].customer_name for deal in deals] == ["李丽", "李莉", "李丽"]
    assert read[deals[2].id].stored == before


def test_one_is_deleted_with_its_parts(deals, acting):
    with acting("admin"):
        DEALS.delete(DEALS.read("id", [deals[0].id]).values())

    with acting("admin"):
        assert set(db.session.scalars(select(Deal.number))) == {"T-1", "T-2"}
        assert deals[0].id not in set(db.session.scalars(select(DealDue.deal_id)))


def test_whoever_holds_the_mapped_row_sees_what_was_written(deals, acting):
    with acting("admin"):
        mapped = db.session.get_one(Deal, deals[0].id)
        (plain,) = DEALS.read("id", [deals[0].id]).values()
        plain.customer_name = "李莉"
        DEALS.write([plain])

        assert mapped.customer_name == "李莉"


def test_a_plain_row_has_no_other_attributes():
    with pytest.raises(AttributeError):
        PLAIN.due(kinds="balance")
