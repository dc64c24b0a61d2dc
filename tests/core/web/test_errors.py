"""A refusal is a page in the person's language that says what to do."""

import pytest
from flask import abort

from core.errors import DomainError, Forbidden

pytestmark = pytest.mark.own_app


@pytest.fixture
def rude(app):
    """An application with views that fail."""

    @app.get("/breaks/<how>")
    def break_down(how):
        if how == "rule":
            raise DomainError
        if how == "right":
            raise Forbidden
        if how == "large":
            abort(413)
        raise RuntimeError(how)

    app.testing = False
    return app


@pytest.mark.usefixtures("rude")
@pytest.mark.parametrize(
    ("how", "status", "title"),
    [
        ("rule", 409, "That did not work"),
        ("right", 403, "You may not open this"),
        ("large", 413, "This file is too large"),
        ("surprise", 500, "Something went wrong on our side"),
    ],
)
def test_each_failure_has_its_page(client, how, status, title):
    browser = client("sales")
    browser.post("/preferences/language", data={"language": "en"})

    answer = browser.get(f"/breaks/{how}")

    assert answer.status_code == status
    assert title in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.usefixtures("rude")
def test_inside_a_page_the_message_comes_alone(client):
    answer = client("sales").fragment("/breaks/rule")

    assert answer.status_code == 409
    assert "data-say=" in answer.text
    assert "<html" not in answer.text


def test_an_unknown_address_stays_in_the_shell(client):
    answer = client("sales").get("/no/such/place")

    assert answer.status_code == 404
    assert 'id="menu"' in answer.text


def test_a_visitor_sees_the_page_without_the_menu(visitor):
    answer = visitor.get("/no/such/place")

    assert answer.status_code == 404
    assert 'id="menu"' not in answer.text
