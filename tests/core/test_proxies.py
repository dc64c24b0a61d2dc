"""Who asks is believed only from proxies of our own, and only as many as were said."""

from dataclasses import replace

import pytest
from flask import request

from core.app import create_app
from core.config import Settings
from core.errors import SetupError
from core.people.identity import public


@pytest.fixture
def seen(app, settings):
    """The address that a page sees: seen(1, "1.1.1.1, 2.2.2.2")."""

    def ask(proxies, forwarded):
        other = create_app(replace(settings, proxies=proxies))
        other.add_url_rule("/who", "who", public(lambda: request.remote_addr or ""))
        headers = {"X-Forwarded-For": forwarded}
        return other.test_client().get("/who", headers=headers).text

    return ask


@pytest.mark.parametrize(
    ("proxies", "address"), [(0, "127.0.0.1"), (1, "2.2.2.2"), (2, "1.1.1.1"), (3, "127.0.0.1")]
)
def test_as_many_proxies_are_believed_as_were_said(seen, proxies, address):
    assert seen(proxies, "1.1.1.1, 2.2.2.2") == address


def test_the_number_is_read_from_the_environment(monkeypatch):
    monkeypatch.setenv("LAMPLIT_PROXIES", "1")
    assert Settings.from_environment().proxies == 1
    for wrong in ("-1", "nginx", "99"):
        monkeypatch.setenv("LAMPLIT_PROXIES", wrong)
        with pytest.raises(SetupError, match="LAMPLIT_PROXIES"):
            Settings.from_environment()
