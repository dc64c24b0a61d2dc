"""Who goes away is told by her own rhythm, and what that costs by what she used to buy."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from core.rhythm.churn import assess
from core.rhythm.purchases import Purchase

START = date(2025, 1, 1)


def visits(*days, amount="100.00", currency="CNY", quantity=1):
    """Purchases on these days after the start."""
    return [
        Purchase(START + timedelta(days=day), Decimal(quantity), Decimal(amount), currency, "TEA")
        for day in days
    ]


def after(days):
    """A day so long after the start."""
    return START + timedelta(days=days)


def test_who_comes_as_ever_is_steady():
    found = assess(visits(*range(0, 360, 30)), after(350))

    assert (found.kind, found.usual_days, found.silent_days) == ("steady", 30, 20)
    assert found.alive > 0.9
    assert found.at_risk["CNY"] < 120


def test_a_long_silence_means_gone_by_her_own_rhythm():
    # Given one who came weekly and one who comes twice a year, both silent for four months
    weekly = assess(visits(*range(0, 280, 7)), after(393))
    seldom = assess(visits(0, 180, 365, 545), after(665))

    assert weekly.kind == "gone"
    assert weekly.alive < 0.05
    assert seldom.kind == "steady"
    assert seldom.alive > 0.6


def test_what_is_at_risk_is_her_year_by_currency():
    bought = visits(*range(0, 360, 30)) + visits(*range(5, 365, 30), amount="10", currency="USD")
    found = assess(bought, after(365 + 400))

    assert found.kind == "gone"
    assert Decimal(1100) < found.at_risk["CNY"] <= Decimal(1300)
    assert Decimal(110) < found.at_risk["USD"] <= Decimal(130)


def test_who_buys_less_often_is_fading():
    found = assess(visits(*range(0, 360, 15), 380, 430, 470), after(475))

    assert found.kind == "fading"
    assert 0.1 < found.level < 0.7


def test_who_comes_as_often_but_takes_less_is_fading():
    bought = visits(*range(0, 300, 15)) + visits(*range(300, 400, 15), amount="30.00")
    found = assess(bought, after(395))

    assert found.kind == "fading"
    assert found.level < 0.5
    assert Decimal(400) < found.at_risk["CNY"]


def test_chance_alone_is_not_fading():
    found = assess(visits(0, 3, 50, 60, 140, 145, 190, 260, 300, 310, 390), after(400))

    assert found.kind == "steady"


def test_goods_that_were_free_count_by_their_number():
    found = assess(visits(*range(0, 300, 10), amount="0", quantity=4), after(305))

    assert found.kind == "steady"
    assert found.at_risk == {"CNY": Decimal("0.00")}


def test_after_one_purchase_she_is_new():
    found = assess(visits(10), after(40))

    assert (found.kind, found.usual_days, found.level) == ("new", None, None)


def test_the_longer_the_silence_the_less_she_is_alive():
    bought = visits(*range(0, 360, 30))
    chances = [assess(bought, after(330 + days)).alive for days in range(0, 300, 10)]

    assert chances == sorted(chances, reverse=True)


def test_who_never_bought_has_no_standing():
    with pytest.raises(ValueError, match="nothing was bought"):
        assess(visits(10), START)


def test_the_reason_is_said_in_the_readers_language(app):
    from flask_babel import force_locale

    reason = assess(visits(*range(0, 280, 7)), after(393)).reason

    with app.app_context(), force_locale("en"):
        assert str(reason) == "Silent since Oct 1, 2025; used to buy every 7 days."
    with app.app_context(), force_locale("zh_Hans_CN"):
        assert str(reason) == "自 2025年10月1日 起没有再买；以前每 7 天购买一次。"
