"""The most important first: lateness, the grade of the customer and the sum it is about."""

from datetime import timedelta
from decimal import Decimal

import pytest

from core.clock import today
from core.customers.models import Customer
from core.customers.services import create_customer
from core.db import db
from core.tasks import services
from core.tasks.kinds import TaskKind, task_kind
from core.tasks.models import Task
from core.tasks.rank import rank_on, rerank, sum_days

task_kind(TaskKind("testing.call", "Call-back", "core.administer"))


def a_customer(name, grade):
    row = create_customer(name)
    row.grade = grade
    db.session.flush()
    return row.id


def rank_of(key):
    return db.session.query(Task.rank_on).where(Task.unique_key == key).scalar()


@pytest.mark.parametrize(
    ("amount", "days"),
    [(None, 0), ("0", 0), ("999.99", 0), ("1000", 2), ("-1000", 2), ("45000", 4), ("9" * 12, 8)],
)
def test_a_sum_counts_by_its_size(amount, days) -> None:
    assert sum_days(amount and Decimal(amount)) == days


def test_grade_weight_and_sum_put_a_task_forward_by_days(acting) -> None:
    with acting("admin"):
        one, plain = a_customer("王伟", "A"), a_customer("李娜", "")
        for key, customer, more in (
            ("plain", plain, {}),
            ("graded", one, {}),
            ("weighty", plain, {"weight": 4}),
            ("dear", plain, {"amount": Decimal("20000.00"), "currency": "CNY"}),
        ):
            services.ask("testing.call", key, "Call", today(), customer_id=customer, **more)

        days = {
            key: (today() - rank_of(key)).days for key in ("plain", "graded", "weighty", "dear")
        }

    assert days == {"plain": 0, "graded": 6, "weighty": 4, "dear": 4}


def test_a_day_of_lateness_counts_as_a_day(acting) -> None:
    with acting("admin"):
        assert rank_on(today() - timedelta(days=7), 0, None, "") < rank_on(today(), 0, None, "A")
        assert rank_on(today() - timedelta(days=5), 0, None, "") > rank_on(today(), 0, None, "A")


def test_a_new_grade_moves_her_open_tasks_and_no_others(acting) -> None:
    with acting("admin"):
        one, other = a_customer("王伟", ""), a_customer("李娜", "B")
        services.ask("testing.call", "hers", "Call", today(), customer_id=one, weight=1)
        services.ask("testing.call", "another's", "Call", today(), customer_id=other)
        db.session.get(Customer, one).grade = "B"
        db.session.flush()

        assert rerank([one]) == 1
        assert rerank([one]) == 0
        assert rank_of("hers") == today() - timedelta(days=4)
        assert rank_of("another's") == today() - timedelta(days=3)
