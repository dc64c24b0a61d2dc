"""`lamplit events list`: what happened, in the terminal."""

from datetime import UTC, datetime

from click.testing import CliRunner

import bus
from core.cli import modules
from core.company import company
from core.db import reading


def test_the_time_is_the_companys(app, a_deal, monkeypatch):
    # Given an order, in a company eight hours before UTC
    a_deal(2)
    with reading(app):
        (event,) = bus.events(limit=1)
        assert company().timezone == "Asia/Shanghai"
        here = datetime.fromtimestamp(event.at.timestamp() + 8 * 3600, UTC)

    # When the events are listed
    monkeypatch.setattr(modules, "founded_app", lambda: app)
    result = CliRunner().invoke(modules.list_events, [])

    # Then the wall clock's time is printed.
    assert result.exit_code == 0, result.output
    assert f"{here:%Y-%m-%d %H:%M:%S}  deals.sold" in result.output
