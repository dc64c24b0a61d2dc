"""Who may do what: through roles, with modules on and off, on screens and through the API."""

import pytest
from flask import g

from core.db import reading, unit_of_work
from core.errors import Forbidden, Unauthorized
from core.people import current_person, may, requires
from core.people.errors import PersonUnknown
from core.people.person import ADMINISTRATOR
from core.people.roles import described_roles, permissions, permissions_of, roles
from core.people.services import create_token
from core.registry import switchboard
from core.testing.clients import person_called


def test_an_administrator_may_do_everything_there_is(app):
    with reading(app):
        assert permissions_of([ADMINISTRATOR]) == frozenset(permissions())
        assert "core.administer" in permissions()


def test_a_department_may_do_what_its_manifest_says(app):
    with reading(app):
        for module in switchboard.modules_on():
            for name, role in module.manifest.roles.items():
                assert set(role.permissions) <= permissions_of([name])
                assert "core.administer" not in permissions_of([name])
                assert "core.deals" in permissions_of([name])


def test_without_a_role_nothing_is_allowed(app):
    with reading(app):
        assert permissions_of([]) == frozenset()
        assert permissions_of(["a_role_whose_module_was_uninstalled"]) == frozenset()


def test_a_permission_of_a_module_that_is_off_does_not_count(app):
    with reading(app):
        before = person_called(app, "sales").permissions
    assert any(each.startswith("sales.") for each in before)

    with unit_of_work(app):
        switchboard.disable("sales", by="周敏")

    for login in ("sales", "admin"):
        with reading(app):
            after = person_called(app, login).permissions
        assert not any(each.startswith("sales.") for each in after)

    # The role stays, and counts again as soon as the module is back.
    with unit_of_work(app):
        switchboard.enable("sales", by="周敏")
    with reading(app):
        assert person_called(app, "sales").permissions == before


def test_every_role_is_described_in_words(app):
    with reading(app):
        described = described_roles()

        assert {each.name for each in described} == set(roles())
        assert all(each.allows and all(each.allows) for each in described)


def test_a_guarded_function_asks_for_its_permission(app):
    @requires("core.administer")
    def guarded():
        return "done"

    with app.app_context():
        with pytest.raises(Unauthorized):
            guarded()

        g.lamplit_person = person_called(app, "sales")
        assert not may("core.administer")
        with pytest.raises(Forbidden):
            guarded()

        g.lamplit_person = person_called(app, "admin")
        assert may("core.administer")
        assert guarded() == "done"
        assert current_person().login == "admin"


def test_a_program_enters_with_a_token_and_never_with_a_cookie(app, client, api_as):
    # A cookie opens screens, but not the API: no foreign page can make a browser act there.
    assert client("admin").get("/api/v1/deals").status_code == 401
    assert app.test_client().get("/api/v1/deals").status_code == 401

    # A token opens the API, but not the screens.
    program = api_as("admin")
    assert program.get("deals").status_code == 200
    headers = {"Authorization": f"Bearer {program.token}"}
    assert app.test_client().get("/people", headers=headers).status_code == 303


@pytest.mark.parametrize("header", ["Bearer nothing", "Basic YTpi", "Bearer", "", "bearer  "])
def test_a_wrong_token_is_nobody(app, header):
    answer = app.test_client().get("/api/v1/deals", headers={"Authorization": header})

    assert answer.status_code == 401
    assert answer.mimetype == "application/problem+json"
    assert answer.json["code"] == "unauthorized"


def test_a_token_is_made_for_a_person_who_may_enter(app):
    with unit_of_work(app):
        token = create_token("Sales")
    headers = {"Authorization": f"Bearer {token}"}
    assert app.test_client().get("/api/v1/deals", headers=headers).status_code == 200

    with pytest.raises(PersonUnknown), unit_of_work(app):
        create_token("nobody-here")


def test_a_person_works_in_the_language_she_chose(app, client):
    sales = client("sales")

    sales.post("/preferences/language", data={"language": "en", "next": "/password"})
    assert '<html lang="en"' in sales.get("/password").text

    sales.post("/preferences/language", data={"language": "zh_Hans_CN", "next": "/password"})
    assert '<html lang="zh-Hans"' in sales.get("/password").text
    assert person_called(app, "sales").language == "zh_Hans_CN"
