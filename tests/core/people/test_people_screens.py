"""The administrator takes people on, gives them roles and keeps them out."""

import re

import pytest
from sqlalchemy import select

from core.db import db, reading, unit_of_work
from core.people import queries, services
from core.people.errors import LastAdministrator, OwnAccount
from core.people.models import PersonRow


def id_of(app, login):
    with reading(app):
        return queries.person_by_login(login).id


def shown_password(page):
    return re.search(r'<code class="one-time">([^<]+)</code>', page).group(1)


def test_somebody_new_gets_roles_and_a_password_shown_once(app, client, visitor):
    # When the administrator takes somebody on,
    admin = client("admin")
    new = {"login": "Mei", "name": "梅", "roles": ["administrator"], "language": "zh_Hans_CN"}
    page = admin.post("/people", data=new)

    # the one-time password is shown, and never again,
    password = shown_password(page.text)
    assert page.headers["Cache-Control"] == "no-store"
    address = f"/people/{id_of(app, 'mei')}"
    assert password not in admin.get(address).text
    assert "梅" in admin.get("/people").text

    # and it opens the door.
    visitor.take_csrf_token()
    answer = visitor.post("/sign-in", data={"login": "mei", "password": password})
    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"login": "sales", "name": "梅"}, "login"),
        ({"login": "two words", "name": "梅"}, "login"),
        ({"login": "", "name": "梅"}, "login"),
        ({"login": "mei", "name": " "}, "name"),
        ({"login": "mei", "name": "梅", "roles": "emperor"}, "roles"),
    ],
)
def test_bad_input_is_named_at_its_field_and_kept(app, client, typed, field):
    answer = client("admin").post("/people", data=typed)

    assert answer.status_code == 422
    assert f'id="f-{field}-error"' in answer.text
    if typed["name"].strip():
        assert f'value="{typed["name"]}"' in answer.text
    with reading(app):
        assert len(db.session.scalars(select(PersonRow)).all()) == 5


def test_a_role_taken_away_counts_from_the_next_click(app, client):
    # Given two administrators,
    admin, other = client("admin"), client("sales")
    address = f"/people/{id_of(app, 'sales')}"
    admin.post(address, data={"name": "王伟", "roles": ["administrator"]})
    assert other.get("/people").status_code == 200

    # when one loses the role, with the screen still open,
    admin.post(address, data={"name": "王伟", "roles": []})

    # then the next click is refused.
    assert other.get("/people").status_code == 403


def test_only_an_administrator_sees_and_changes_people(app, client):
    sales, address = client("sales"), f"/people/{id_of(app, 'sales')}"

    for path in ("/people", "/people/new", address):
        assert sales.get(path).status_code == 403
    for path in ("/people", address, f"{address}/reset", f"{address}/deactivate"):
        assert sales.post(path, data={"name": "x", "roles": "administrator"}).status_code == 403


def test_a_reset_password_ends_the_sessions_and_must_be_replaced(app, client, visitor):
    sales = client("sales")
    assert sales.get("/password").status_code == 200

    page = client("admin").post(f"/people/{id_of(app, 'sales')}/reset")

    assert sales.get("/password").status_code == 303
    visitor.take_csrf_token()
    typed = {"login": "sales", "password": shown_password(page.text)}
    assert visitor.post("/sign-in", data=typed).status_code == 303
    assert visitor.get("/people").location == "/password"


def test_somebody_who_left_is_kept_out_and_can_come_back(app, client):
    admin, address = client("admin"), f"/people/{id_of(app, 'sales')}"

    assert admin.post(f"{address}/deactivate").status_code == 303
    with reading(app):
        assert [each.login for each in queries.colleagues()].count("sales") == 0

    assert admin.post(f"{address}/activate").status_code == 303
    with reading(app):
        assert [each.login for each in queries.colleagues()].count("sales") == 1


def test_nobody_locks_the_last_administrator_out(app):
    admin = id_of(app, "admin")

    with pytest.raises(OwnAccount), unit_of_work(app):
        services.deactivate(admin, by=admin)
    with pytest.raises(LastAdministrator), unit_of_work(app):
        services.deactivate(admin, by=id_of(app, "sales"))
    with pytest.raises(LastAdministrator), unit_of_work(app):
        services.edit_person(admin, "周敏", [], "")


def test_an_act_without_the_forms_token_is_refused(app, client):
    # Given an administrator's browser on a foreign page that posts to us,
    admin = client("admin")
    admin.csrf_token = ""

    answer = admin.post("/people", data={"login": "mei", "name": "梅"})

    assert answer.status_code == 400
    with reading(app):
        assert queries.person_by_login("mei") is None

    # the same with a form of another session, and with one that signs in.
    admin.csrf_token = "made-up"
    assert admin.post("/people", data={"login": "mei", "name": "梅"}).status_code == 400
    assert app.test_client().post("/sign-in", data={"login": "sales"}).status_code == 400


def test_the_people_screen_tells_who_is_active(app, client):
    admin = client("admin")
    admin.post(f"/people/{id_of(app, 'service')}/deactivate")

    page = admin.get("/people").text

    assert page.count('data-row="') == 5
    assert page.index("陈洁") > page.index("周敏")
