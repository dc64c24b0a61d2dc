"""Signing in and out, and who is kept out."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from core.clock import now
from core.db import db, reading, unit_of_work
from core.errors import DomainError
from core.people import identity, services, sessions, throttle
from core.people.models import PersonRow, SessionRow


@pytest.fixture
def guest(visitor):
    """A browser with a page's form token, nobody signed in."""
    visitor.take_csrf_token()
    return visitor


def sign_in(guest, login="sales", password="lamplit-sales", **more):
    answer = guest.post("/sign-in", data={"login": login, "password": password, **more})
    guest.take_csrf_token()
    return answer


def test_a_stranger_is_led_to_the_sign_in_and_back(guest):
    # A stranger follows a link somebody sent her.
    answer = guest.get("/people?x=1")
    assert answer.status_code == 303
    assert answer.location == "/sign-in?next=/people?x%3D1"

    # She signs in, and is where the link led.
    answer = sign_in(guest, "admin", "lamplit-admin", next="/people?x=1")
    assert (answer.status_code, answer.location) == (303, "/people?x=1")
    assert guest.get("/people").status_code == 200


def test_after_the_sign_in_nobody_is_sent_to_another_server(guest):
    assert sign_in(guest, next="//evil.example/").location == "/"


def test_a_part_of_a_page_sends_the_whole_page_to_the_sign_in(guest):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://localhost/sales/orders?q=a"}

    answer = guest.get("/people", headers=headers)

    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == "/sign-in?next=/sales/orders?q%3Da"


def test_a_wrong_password_is_refused_without_saying_which_was_wrong(guest):
    wrong = sign_in(guest, password="not-this-one")
    nobody = sign_in(guest, login="nobody-here", password="not-this-one")

    assert wrong.status_code == nobody.status_code == 422
    assert "sales" in wrong.text
    assert wrong.text.count("not-this-one") == 0
    assert guest.get_cookie(identity.COOKIE) is None


@pytest.mark.parametrize("login", ["x" * 5000, "sa\x00les", "\x00", "' or 1=1 --", ""])
@pytest.mark.parametrize("password", ["x" * 5000, "\x00", ""])
def test_nonsense_is_refused_like_any_wrong_password(guest, login, password):
    assert sign_in(guest, login, password).status_code == 422


def test_the_login_is_found_however_it_is_written(guest):
    assert sign_in(guest, login="  SALES ").status_code == 303


def test_a_copied_cookie_dies_with_the_sign_out(app, guest):
    # Given somebody who copies the cookie of an open screen,
    sign_in(guest)
    copied = guest.get_cookie(identity.COOKIE).value
    thief = app.test_client()
    thief.set_cookie(identity.COOKIE, copied)
    assert thief.get("/password").status_code == 200

    # when its owner signs out,
    assert guest.post("/sign-out").status_code == 303

    # then the copy is worth nothing.
    assert thief.get("/password").status_code == 303
    assert guest.get("/password").status_code == 303


def test_the_cookie_is_out_of_reach_for_scripts_and_foreign_pages(app, guest):
    answer = guest.post(
        "/sign-in",
        data={"login": "sales", "password": "lamplit-sales"},
        base_url="https://localhost",
        headers={"Referer": "https://localhost/sign-in"},
    )

    (cookie,) = [c for c in answer.headers.getlist("Set-Cookie") if identity.COOKIE in c]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" in cookie
    with reading(app):
        stored = db.session.scalars(select(SessionRow.token_hash)).all()
    assert not any(token in cookie for token in stored)


def test_a_session_that_nobody_touches_expires(client):
    screen = client("sales")
    assert screen.get("/password").status_code == 200

    with time_machine.travel(now() + sessions.IDLE + timedelta(minutes=1)):
        assert screen.get("/password").status_code == 303


def test_a_session_in_use_lives_on_but_not_for_ever(client):
    screen = client("sales")
    start = now()

    # Somebody clicks every three hours, all week.
    for hours in range(3, 7 * 24, 3):
        with time_machine.travel(start + timedelta(hours=hours)):
            assert screen.get("/password").status_code == 200

    # After a week the password is asked for again.
    with time_machine.travel(start + sessions.LONGEST + timedelta(minutes=1)):
        assert screen.get("/password").status_code == 303


def test_guessing_is_slowed_down_and_the_message_says_how_long(guest):
    # Given five wrong passwords,
    for _each in range(5):
        assert sign_in(guest, password="guess").status_code == 422

    # when the right one comes at once, it is not even looked at;
    answer = sign_in(guest)
    assert answer.status_code == 429
    assert "15" in answer.text

    # another login from the same place is free, and so is this one after a while.
    assert sign_in(guest, "finance", "lamplit-finance").status_code == 303
    guest.post("/sign-out")
    guest.take_csrf_token()
    with time_machine.travel(now() + timedelta(minutes=16)):
        assert sign_in(guest).status_code == 303


def test_many_guesses_at_once_are_counted_one_by_one(app):
    def guess(_number):
        with app.app_context():
            try:
                services.sign_in("sales", "guess", "127.0.0.1")
            except DomainError as refusal:
                return refusal.code
        return "inside"

    with ThreadPoolExecutor(8) as pool:
        answers = Counter(pool.map(guess, range(24)))

    assert answers == {"sign_in_refused": throttle.FROM_ONE_PLACE, "too_many_attempts": 19}


def test_being_right_clears_the_count_of_mistypings(guest):
    for _round in range(3):
        for _each in range(4):
            assert sign_in(guest, password="guess").status_code == 422
        assert sign_in(guest).status_code == 303
        guest.post("/sign-out")
        guest.take_csrf_token()


def test_an_address_that_tries_many_logins_is_slowed_down(app, guest):
    with unit_of_work(app):
        for number in range(throttle.FROM_ONE_ADDRESS - 1):
            throttle.count_attempt(f"somebody{number}", "127.0.0.1")

    assert sign_in(guest, "one-more", "guess").status_code == 422
    assert sign_in(guest).status_code == 429


def test_a_login_tried_from_many_addresses_is_slowed_down(app, guest):
    with unit_of_work(app):
        for number in range(throttle.FOR_ONE_LOGIN):
            throttle.count_attempt("sales", f"10.0.0.{number}")

    assert sign_in(guest).status_code == 429


def test_somebody_deactivated_is_out_at_once_and_stays_out(app, client, api_as, guest):
    screen, program = client("sales"), api_as("sales")
    assert screen.get("/password").status_code == 200

    with unit_of_work(app):
        admin, sales = people(app, "admin", "sales")
        services.deactivate(sales, by=admin)

    assert screen.get("/password").status_code == 303
    assert program.get("deals").status_code == 401
    assert sign_in(guest).status_code == 422


def test_a_one_time_password_must_be_replaced_before_anything_else(app, guest):
    # Given somebody new,
    with unit_of_work(app):
        _id, given = services.create_person("Mei", "梅", ["administrator"])

    # she signs in with it and is asked for her own, whatever she opens.
    assert sign_in(guest, "mei", given).status_code == 303
    assert guest.get("/people").location == "/password"
    assert guest.post("/people", data={}).location == "/password"
    assert guest.get("/password").status_code == 200

    # A weak one is refused, at its field.
    weak = {"old": given, "password": "short", "again": "short"}
    assert guest.post("/password", data=weak).status_code == 422
    assert guest.get("/people").status_code == 303

    # Her own opens everything.
    own = {"old": given, "password": "a lamp in the hall", "again": "a lamp in the hall"}
    assert guest.post("/password", data=own).status_code == 303
    assert guest.get("/people").status_code == 200


@pytest.mark.parametrize(
    "typed",
    [
        {"old": "wrong", "password": "a lamp in the hall", "again": "a lamp in the hall"},
        {"old": "lamplit-sales", "password": "a lamp in the hall", "again": "another lamp"},
        {"old": "lamplit-sales", "password": "lamplit-sales", "again": "lamplit-sales"},
        {"old": "lamplit-sales", "password": "sales sales sales", "again": "sales sales sales"},
        {"old": "lamplit-sales", "password": "aaaaaaaaaaaa", "again": "aaaaaaaaaaaa"},
    ],
)
def test_a_new_password_must_be_ones_own_and_typed_twice(app, client, guest, typed):
    assert client("sales").post("/password", data=typed).status_code == 422

    assert sign_in(guest).status_code == 303


def test_a_new_password_ends_the_other_sessions(client):
    here, elsewhere = client("sales"), client("sales")
    new = {"old": "lamplit-sales", "password": "a lamp in the hall", "again": "a lamp in the hall"}

    assert here.post("/password", data=new).status_code == 303

    assert here.get("/password").status_code == 200
    assert elsewhere.get("/password").status_code == 303


def test_the_sample_companys_passwords_are_shown_until_they_are_changed(app, visitor, client):
    # A real company shows nothing.
    assert "lamplit-sales" not in visitor.get("/sign-in").text

    # The sample company does,
    make_sample(app)
    assert "lamplit-sales" in visitor.get("/sign-in").text

    # until somebody takes a password of his own.
    new = {"old": "lamplit-sales", "password": "a lamp in the hall", "again": "a lamp in the hall"}
    client("sales").post("/password", data=new)
    page = visitor.get("/sign-in").text
    assert "lamplit-sales" not in page
    assert "lamplit-finance" in page


def make_sample(app):
    from core.company import CompanyRow

    with unit_of_work(app):
        db.session.get_one(CompanyRow, 1).is_sample = True


def people(app, *logins):
    found = db.session.execute(select(PersonRow.login, PersonRow.id)).all()
    ids = dict(found)
    return [ids[login] for login in logins]
