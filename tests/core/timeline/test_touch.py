"""When a customer was last heard of: the core listens to everybody."""

from datetime import UTC, datetime
from decimal import Decimal

from bus import publish
from core.customers.models import CustomerTouch
from core.customers.services import create_customer
from core.db import db, reading
from core.deals.facts import Paid
from core.doctor.examination import examine
from core.doctor.nightly import compare_all
from core.ids import new_id
from modules.service.events import CustomerComplained


def touched(app, customer_id):
    with reading(app):
        row = db.session.get(CustomerTouch, customer_id)
        return row.touched_at if row else None


def pay(deal, **more):
    publish(deal.fact(Paid, payment_id=new_id(), amount=Decimal("1.00"), method="cash", **more))


def test_whatever_any_module_tells_touches_the_card(app, acting, a_deal, bus_idle, time_machine):
    time_machine.move_to("2026-11-20T08:00:00Z", tick=False)
    deal = a_deal()
    bus_idle()
    assert touched(app, deal.customer_id) == datetime(2026, 11, 20, 8, tzinfo=UTC)

    time_machine.move_to("2026-11-21T09:30:00Z", tick=False)
    with acting("service"):
        publish(
            CustomerComplained(
                complaint_id=new_id(),
                number="C-1",
                customer_id=deal.customer_id,
                customer_name="李丽",
                text="cold",
            )
        )
    bus_idle()
    assert touched(app, deal.customer_id) == datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


def test_old_history_that_comes_late_does_not_make_a_card_fresh(app, acting, a_deal, bus_idle):
    deal = a_deal()
    bus_idle()
    fresh = touched(app, deal.customer_id)
    with acting("admin"):
        pay(deal, historical=True, happened_on=datetime(2020, 5, 1, tzinfo=UTC).date())
        other = create_customer("赵敏")
        late = deal.__class__(other.id, other.name, "T-9", Decimal(1), historical=True)
        from core.deals.facts import Sold

        publish(late.sold(Sold, happened_on=datetime(2020, 5, 1, tzinfo=UTC).date()))

    bus_idle()

    assert touched(app, deal.customer_id) == fresh


def test_the_doctor_compares_it_with_the_log(app, acting, a_deal, bus_idle):
    deal = a_deal()
    bus_idle()
    assert examine(app).healthy
    with acting("admin"):
        db.session.get(CustomerTouch, deal.customer_id).touched_at = datetime(
            2001, 1, 1, tzinfo=UTC
        )

    report = examine(app)

    assert not report.healthy
    assert "core_customer_touch" in report.lines[-1]
    assert any(check.module == "core" and check.difference for check in compare_all(app))
