"""A session that ends while somebody types: it is said, and what she typed is kept."""

import re

import pytest

from core.people import identity

OUR_PAGE = {"Origin": "http://localhost", "Accept-Language": "en"}
TYPED = {
    "name": '梅 "Mei"',
    "login": "mei",
    "roles": "administrator",
    "language": "en",
    "password": "secret-1",
}


@pytest.fixture
def late(client):
    """An administrator whose session is over while a form of hers is open."""
    browser = client("admin")
    browser.delete_cookie(identity.COOKIE)
    return browser


def test_a_form_sent_by_htmx_stays_where_it_is_with_a_message(late):
    answer = late.post("/customers/new", data=TYPED, headers={"HX-Request": "true", **OUR_PAGE})

    assert answer.status_code == 401
    assert "HX-Redirect" not in answer.headers
    assert "You have been signed out" in answer.text
    assert 'href="/sign-in" target="_blank"' in answer.text


def test_an_ordinary_form_comes_back_with_its_fields_and_can_go_again(late, client):
    # When an ordinary form is sent after the session's end
    two = {**TYPED, "roles": ["administrator", "clerk"]}
    answer = late.post("/people", data=two, headers=OUR_PAGE)

    # Then what was typed is kept, but for the password,
    assert answer.status_code == 401
    assert "You have been signed out" in answer.text
    assert 'name="name" value="梅 &#34;Mei&#34;"' in answer.text
    assert answer.text.count('name="roles"') == 2
    assert "secret-1" not in answer.text

    # and with the token of a session that is gone it is asked for once more, with a good one.
    again = client("admin")
    again.csrf_token = ""
    renewed = again.post("/people", data={**TYPED, "csrf_token": "old"}, headers=OUR_PAGE)
    assert renewed.status_code == 400
    token = re.findall(r'name="csrf_token" value="([^"]+)"', renewed.text)[-1]
    sent = again.post("/people", data={**TYPED, "csrf_token": token}, headers=OUR_PAGE)
    assert sent.status_code in (200, 303)


def test_a_form_with_an_old_token_is_told_a_fresh_one(client):
    browser = client("admin")
    browser.csrf_token = ""
    headers = {"HX-Request": "true"}

    told = browser.post("/people", data={**TYPED, "csrf_token": "old"}, headers=headers)

    assert told.status_code == 400
    token = told.headers["Form-Token"]
    sent = browser.post("/people", data={**TYPED, "csrf_token": token}, headers=headers)
    assert sent.status_code == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", ""])
def test_what_a_foreign_page_sends_is_never_kept(late, client, origin):
    headers = {"Origin": origin} if origin else {}
    assert late.post("/people", data=TYPED, headers=headers).status_code == 303

    browser = client("admin")
    browser.csrf_token = ""
    refused = browser.post("/people", data=TYPED, headers=headers)
    assert refused.status_code == 400
    assert "梅" not in refused.text
