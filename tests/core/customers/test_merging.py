"""Two cards that are one customer: shown as one, and two again after the undo."""

import itertools

import pytest

from core.clock import today
from core.customers import queries
from core.customers.errors import AlreadyMerged, NotMerged
from core.customers.figures import figures
from core.customers.merging import merge, unmerge
from core.customers.resolution import resolve, same_customer
from core.customers.services import create_customer
from core.db import reading
from core.deals.queries import deals, owed_by
from core.search.answers import answers
from core.tasks import services as tasks
from core.tasks.kinds import TaskKind, task_kind
from core.tasks.queries import open_tasks

#: A kind of the core's own, so that these stories need no module's rules.
task_kind(TaskKind("testing.merged_visit", "Visit", "core.deals"))


@pytest.fixture
def cards(acting):
    """Three cards of perhaps one person."""
    with acting("sales"):
        return [
            create_customer(name, [phone]).id
            for name, phone in (
                ("李丽", "13800138001"),
                ("李莉", "13900139002"),
                ("Li Li", "13700137003"),
            )
        ]


@pytest.fixture
def picture(app, client):
    """What everybody sees of a customer, whichever of her ids is asked for."""

    def look(customer_id):
        person = client("sales")
        with app.test_request_context(), reading(app):
            money = [vars(each) for each in figures(customer_id)]
            return {
                "money": money,
                "owed": owed_by([customer_id]).get(resolve(customer_id)),
                "deals": [each.number for each in deals(customer_id=customer_id).items],
                "tasks": [
                    each.task.unique_key for each in open_tasks(customer_id=customer_id).items
                ],
                "page": person.get(f"/customers/{customer_id}", follow_redirects=True).status_code,
            }

    return look


def sell(api, customer_id, price):
    made = api.post(
        "sales/orders",
        {
            "customer_id": str(customer_id),
            "lines": [{"sku": "TEA", "quantity": "1", "unit_price": price}],
        },
    )
    assert made.status_code == 201, made.text
    confirmed = api.post(f"sales/orders/{made.json['number']}/confirm")
    assert confirmed.status_code == 200, confirmed.text


def live(api, acting, bus_idle, ids, order):
    """Live through the same things in some order; the picture at the end is the same."""
    first, second = ids
    acts = {
        "merge": lambda: merge_now(acting, first, second),
        "sell to the first": lambda: sell(api, first, "100.00"),
        "sell to the second": lambda: sell(api, second, "11.00"),
        "plan": lambda: plan(acting, second),
    }
    for act in order:
        acts[act]()
        bus_idle()


def merge_now(acting, first, second):
    with acting("sales"):
        merge(first, second)


def plan(acting, customer_id):
    with acting("service"):
        tasks.ask_many(
            [
                tasks.Ask(
                    kind="testing.merged_visit",
                    unique_key="visit",
                    title="Call",
                    due_on=today(),
                    customer_id=customer_id,
                    pool="service",
                )
            ]
        )


ORDERS = [
    order
    for order in itertools.permutations(
        ("merge", "sell to the first", "sell to the second", "plan")
    )
    if order.index("sell to the first") < order.index("sell to the second")
]


@pytest.mark.parametrize("order", ORDERS[::3], ids=" / ".join)
def test_merging_before_or_after_gives_the_same_picture(
    api, acting, bus_idle, cards, picture, order
):
    api.post("products", {"sku": "TEA", "name": "龙井", "unit": "kg", "price": "10.00"})
    live(api, acting, bus_idle, cards[:2], order)

    seen = [picture(each) for each in cards[:2]]

    assert seen[0] == seen[1]
    (money,) = seen[0]["money"]
    assert (money["orders"], str(money["bought"]), str(money["owed"])) == (2, "111.00", "111.00")
    assert seen[0]["tasks"] == ["visit"]
    assert len(seen[0]["deals"]) == 2

    with acting("sales"):
        unmerge(cards[1])
    one, two = [picture(each) for each in cards[:2]]
    assert [str(each["money"][0]["bought"]) for each in (one, two)] == ["100.00", "11.00"]
    assert (one["tasks"], two["tasks"]) == ([], ["visit"])


def test_merges_of_merges_come_apart_in_the_same_way(app, acting, cards) -> None:
    first, second, third = cards
    with acting("sales"):
        merge(second, third)
        merge(first, second)
    with reading(app):
        assert same_customer(third) == set(cards)
        assert resolve(third) == resolve(second) == first

    with acting("sales"):
        unmerge(second)
    with reading(app):
        assert same_customer(first) == {first}
        assert same_customer(third) == {second, third}


def test_what_is_merged_is_not_merged_again(acting, cards) -> None:
    first, second, third = cards
    with acting("sales"):
        merge(first, second)
        with pytest.raises(AlreadyMerged):
            merge(second, first)
        with pytest.raises(NotMerged):
            unmerge(third)


def test_every_word_of_either_card_finds_the_one_that_leads(app, acting, cards) -> None:
    first, second, _third = cards
    with acting("sales"):
        merge(first, second)

    with acting("sales"), app.test_request_context():
        for asked in ("13900139002", "李莉", "13800138001"):
            customers = [each.ref for each in answers(asked) if each.kind == "customer"]
            assert customers == [str(first)], asked
            assert [row.id for row in queries.customers(q=asked).items] == [first], asked


def test_orders_of_either_card_are_found_by_any_of_the_names(app, acting, a_deal) -> None:
    one, two = a_deal(customer="李丽"), a_deal(customer="欧阳静")
    with acting("sales"):
        merge(one.customer_id, two.customer_id)
    with acting("sales"):
        for asked in ("李丽", "欧阳静"):
            found = {each.number for each in deals(q=asked).items}
            assert found == {one.number, two.number}, asked
