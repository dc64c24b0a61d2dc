"""A department that is switched off leaves every open screen, and comes back."""

from playwright.sync_api import expect


def test_a_department_goes_and_comes_back_without_a_reload(desk, scene, accessible):
    # Given somebody of service at work, and the administrator
    service, admin = desk("service"), desk("admin")
    service.goto("/customers")
    entry = service.locator("#menu").get_by_role("link", name="Service today")
    expect(entry).to_be_visible()
    expect(service.locator("#connection")).to_have_attribute("data-state", "live")

    # When the administrator has read what is lost, and switches service off
    admin.goto("/modules")
    card = admin.locator("#module-service")
    card.get_by_role("button", name="Switch off").click()
    asked = admin.get_by_role("dialog", name="Switch off Service?")
    expect(asked).to_contain_text("1 person loses these screens")
    asked.get_by_role("button", name="Switch off").click()
    expect(card).to_contain_text("Off")
    accessible(admin)

    # Then it is gone from the open menu by itself, and its pages say so in words,
    expect(entry).to_have_count(0)
    answer = service.goto("/service")
    assert answer.status == 404
    expect(service.get_by_role("heading", level=1)).to_have_text("This department is switched off")
    accessible(service)

    # and switched on again it is back.
    service.goto("/customers")
    card.get_by_role("button", name="Switch on").click()
    expect(entry).to_be_visible()
    expect(card).to_contain_text("On")


def test_pausing_asks_why_and_the_question_stays(desk, scene, accessible):
    # Given the screen of the bus, which reads itself anew every three seconds
    admin = desk("admin")
    admin.goto("/bus")
    admin.locator("[data-opens=pause-finance]").click()
    dialog = admin.locator("#pause-finance")
    dialog.get_by_label("Why?").fill("its books are moved")
    accessible(admin)

    # When it has read itself anew
    with admin.expect_response(lambda answer: answer.url.endswith("/bus")):
        pass

    # Then the question still stands there; answered, it is paused, and the reason is kept.
    expect(dialog.get_by_label("Why?")).to_have_value("its books are moved")
    dialog.get_by_role("button", name="Pause it").click()
    expect(admin.locator("[data-opens=resume-finance]")).to_be_visible()
    expect(admin.get_by_text("its books are moved")).to_be_visible()
