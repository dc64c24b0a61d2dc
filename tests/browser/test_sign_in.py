"""Coming in, in a browser, as a person does."""

import re

import pytest
from playwright.sync_api import expect

from core.company import CompanyRow
from core.db import db, unit_of_work


def make_sample(app):
    with unit_of_work(app):
        db.session.get_one(CompanyRow, 1).is_sample = True


def test_a_newcomer_signs_in_with_a_password_that_is_shown(app, desk):
    # Given the sample company, opened for the first time,
    make_sample(app)
    page = desk("")
    page.goto("/people")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()

    # when she types what the page shows,
    page.get_by_label("Login").fill("admin")
    page.get_by_label("Password").fill("lamplit-admin")
    page.get_by_role("button", name="Sign in", exact=True).click()

    # then she is where she wanted to be,
    expect(page).to_have_url(re.compile("/people$"))
    expect(page.get_by_role("heading", name="People")).to_be_visible()

    # and one press of a button signs her in as somebody else.
    other = desk("")
    other.goto("/sign-in")
    other.get_by_role("button", name="李静").click()
    expect(other).not_to_have_url(re.compile("sign-in"))


def test_a_wrong_password_is_said_in_words_and_the_login_is_kept(desk):
    page = desk("")
    page.goto("/sign-in")

    page.get_by_label("Login").fill("sales")
    page.get_by_label("Password").fill("not this one")
    page.keyboard.press("Enter")

    expect(page.get_by_role("alert")).to_contain_text("Login or password is wrong")
    expect(page.get_by_label("Login")).to_have_value("sales")


def test_somebody_new_is_taken_on_and_replaces_the_one_time_password(desk):
    # The administrator takes Mei on,
    admin = desk("admin")
    admin.goto("/people/new")
    admin.get_by_label("Full name").fill("梅")
    admin.get_by_label("Login").fill("mei")
    admin.get_by_label("Administrator").check()
    admin.get_by_role("button", name="Take on").click()
    given = admin.locator("code.one-time").inner_text()

    # and Mei chooses her own password before anything else.
    mei = desk("")
    mei.goto("/sign-in")
    mei.get_by_label("Login").fill("mei")
    mei.get_by_label("Password").fill(given)
    mei.keyboard.press("Enter")
    expect(mei.get_by_role("heading", name="Choose your own password")).to_be_visible()
    mei.get_by_label("Present password").fill(given)
    mei.get_by_label("New password", exact=True).fill("a lamp in the hall")
    mei.get_by_label("New password once more").fill("a lamp in the hall")
    mei.get_by_role("button", name="Change the password").click()
    expect(mei).not_to_have_url(re.compile("password"))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "zh_Hans_CN"])
def test_the_screens_can_be_used_by_everybody(app, desk, accessible, language, theme):
    make_sample(app)
    visitor = desk("", language, theme)
    visitor.goto("/sign-in")
    accessible(visitor)

    admin = desk("admin", language, theme)
    for address in ("/people", "/people/new", "/password"):
        admin.goto(address)
        accessible(admin)


def test_what_was_typed_outlives_a_session_that_ended(desk):
    # Given a form that is filled in when the session ends,
    page = desk("sales")
    page.goto("/customers/new")
    page.locator("#f-name").fill("陈洁")
    page.context.clear_cookies()

    # when it is saved, then it says so and keeps what was typed,
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("You have been signed out")
    expect(page.locator("#f-name")).to_have_value("陈洁")

    # and after signing in in the tab that it leads to, the same form is accepted.
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in in another tab").click()
    other = opened.value
    other.get_by_label("Login").fill("sales")
    other.get_by_label("Password").fill("lamplit-sales")
    other.get_by_role("button", name="Sign in", exact=True).click()
    expect(other).not_to_have_url(re.compile("sign-in"))
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("陈洁")


def test_an_ordinary_form_outlives_a_session_that_ended(desk):
    admin = desk("admin")
    admin.goto("/people/new")
    admin.get_by_label("Full name").fill("梅")
    admin.get_by_label("Login").fill("mei")
    admin.get_by_label("Administrator").check()
    admin.context.clear_cookies()

    admin.get_by_role("button", name="Take on").click()
    expect(admin.get_by_role("alert")).to_contain_text("You have been signed out")

    with admin.context.expect_page() as opened:
        admin.get_by_role("link", name="Sign in in another tab").click()
    opened.value.get_by_label("Login").fill("admin")
    opened.value.get_by_label("Password").fill("lamplit-admin")
    opened.value.get_by_role("button", name="Sign in", exact=True).click()
    expect(opened.value).not_to_have_url(re.compile("sign-in"))
    for _press in range(2):  # the first is told that the sign-in was after the form was opened
        admin.get_by_role("button", name="Send again").click()
    expect(admin.locator("code.one-time")).to_be_visible()
