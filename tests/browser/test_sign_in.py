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
