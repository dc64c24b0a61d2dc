"""A customer says by keys alone how content she is, and whether she would recommend us."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_she_recommends_us_by_keys(desk, scene, api, accessible, viewport):
    # Given the link that she was sent
    body = {"customer_id": scene.customer_id, "order": scene.delivered, "asks_nps": True}
    url = api.post("service/feedback-links", body).json["url"]
    page = desk("", viewport=viewport)
    page.goto(urlsplit(url).path)

    # Then eleven numbers stand side by side, each with its name.
    asked = page.get_by_role("group", name="How likely are you to recommend us, from 0 to 10?")
    numbers = asked.get_by_role("radio")
    expect(numbers).to_have_count(11)
    tops = {asked.locator("label").nth(at).bounding_box()["y"] for at in (0, 5, 10)}
    assert len(tops) == 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    accessible(page)

    # When she goes there by keys and chooses the seven,
    page.get_by_label("In your words").focus()
    page.keyboard.press("Tab")
    expect(asked.get_by_role("radio", name="0", exact=True)).to_be_focused()
    for _step in range(7):
        page.keyboard.press("ArrowRight")
    expect(asked.get_by_role("radio", name="7", exact=True)).to_be_checked()

    # Enter alone says nothing for her, and what she has chosen stays;
    page.keyboard.press("Enter")
    expect(page.locator(".error-summary")).to_contain_text("Choose from 1 to 5.")
    assert api.get("service/feedback").json["items"] == []
    expect(asked.get_by_role("radio", name="7", exact=True)).to_be_checked()
    accessible(page)

    # and when she presses a button by keys, both are kept.
    page.get_by_role("button", name="4 · Content").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("How content are you?")
    (kept,) = api.get("service/feedback").json["items"]
    assert (kept["score"], kept["nps"]) == (4, 7)
