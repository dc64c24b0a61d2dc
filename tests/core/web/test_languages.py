"""A screen speaks the person's language, then the device's, then the browser's."""

import pytest

from core.web.languages import best_language


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("zh-CN", "zh_Hans_CN"),
        ("zh", "zh_Hans_CN"),
        ("zh-Hans", "zh_Hans_CN"),
        ("zh-SG", "zh_Hans_CN"),
        ("en-GB", "en"),
        ("en", "en"),
    ],
)
def test_a_browsers_tag_is_understood(tag, code):
    assert best_language(tag).code == code


@pytest.mark.parametrize("tag", ["zh-TW", "zh-HK", "fr", "*", "", "x-klingon"])
def test_what_we_do_not_speak_is_not_guessed(tag):
    assert best_language(tag) is None


def test_the_browser_decides_for_a_visitor(visitor):
    english = visitor.get("/sign-in", headers={"Accept-Language": "fr, en-GB;q=0.8"}).text
    chinese = visitor.get("/sign-in", headers={"Accept-Language": "zh-CN,zh;q=0.9"}).text

    assert '<html lang="en"' in english
    assert '<html lang="zh-Hans"' in chinese


def test_a_browser_that_asks_for_neither_gets_the_companys_language(visitor):
    page = visitor.get("/sign-in", headers={"Accept-Language": "fr"}).text

    assert '<html lang="zh-Hans"' in page


def test_the_choice_on_a_device_outlives_the_visit(visitor):
    visitor.take_csrf_token()
    answer = visitor.post("/preferences/language", data={"language": "en", "next": "/sign-in"})

    assert answer.status_code == 303
    assert answer.location == "/sign-in"
    page = visitor.get("/sign-in", headers={"Accept-Language": "zh-CN"}).text
    assert '<html lang="en"' in page


def test_a_persons_choice_goes_with_her_to_other_devices(client):
    # She chooses English at her desk,
    desk = client("sales")
    desk.post("/preferences/language", data={"language": "en"})

    # and finds English on a telephone that asks for Chinese.
    phone = client("sales").get("/search", headers={"Accept-Language": "zh-CN"})
    assert '<html lang="en"' in phone.text


def test_a_choice_leads_nowhere_else(client):
    for foreign in ("https://evil.example/", "//evil.example/", "/\\evil.example"):
        answer = client("sales").post("/preferences/theme", data={"theme": "dark", "next": foreign})
        assert answer.location == "/"


def test_the_theme_is_drawn_by_the_server(client):
    browser = client("sales")
    assert 'data-theme="auto"' in browser.get("/search").text

    browser.post("/preferences/theme", data={"theme": "dark"})

    assert 'data-theme="dark"' in browser.get("/search").text


def test_an_unknown_theme_or_language_changes_nothing(client):
    browser = client("sales")
    browser.post("/preferences/theme", data={"theme": "pink"})
    browser.post("/preferences/language", data={"language": "tlh"})

    assert 'data-theme="auto"' in browser.get("/search").text
