"""The sample company lives through some weeks, also in pieces, and all its books agree."""

import pytest

from core import sample
from core.app import create_app
from core.config import Settings
from core.db import reading
from core.deals.queries import deals
from core.doctor import examine
from core.sample import company as sampling
from core.setup import is_founded, migrate
from core.testing.clients import ScreenClient


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture
def an_empty_app(tmp_path, monkeypatch):
    """A maker of applications without a company."""
    monkeypatch.setattr(sampling, "DAYS", 12)

    def make(name="sample"):
        settings = Settings(home=tmp_path / name)
        migrate(settings)
        app = create_app(settings)
        app.test_client_class = ScreenClient
        return app

    return make


def story(app):
    """What was sold to whom, and what became of it."""
    with reading(app):
        return [
            (each.number, each.customer, each.ordered, each.shipped, each.owed)
            for each in deals(limit=200).items
        ]


def test_every_department_has_something_to_show(an_empty_app):
    app = an_empty_app()
    sample.load_sample(app)

    assert examine(app).lines[-1] == "ok"
    assert len(story(app)) > 5
    for login, address in {
        "sales": "/sales",
        "finance": "/finance/payments",
        "warehouse": "/warehouse/journal",
        "service": "/service?scope=later",
    }.items():
        page = app.test_client().sign_in(login).get(address, follow_redirects=True)
        assert page.status_code == 200
        assert "<tr" in page.text or "SO-" in page.text, address


def test_interrupted_it_goes_on_to_the_same_end(an_empty_app, monkeypatch):
    whole = an_empty_app("whole")
    sample.load_sample(whole)
    expected = story(whole)
    app, live, days = an_empty_app("broken"), sampling._live, []

    def die_once(*given):
        days.append(given[-1])
        if len(days) == 5:
            raise Killed
        live(*given)

    monkeypatch.setattr(sampling, "_live", die_once)
    with pytest.raises(Killed):
        sample.load_sample(app)
    with reading(app):
        assert is_founded()
        assert sample.is_unfinished()
    sample.load_sample(app)

    assert story(app) == expected
    with reading(app):
        assert not sample.is_unfinished()


def test_loaded_again_it_changes_nothing(an_empty_app):
    app = an_empty_app()
    sample.load_sample(app)
    before = story(app)

    sample.load_sample(app)

    assert story(app) == before
