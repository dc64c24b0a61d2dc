"""Every screen can be used by everybody: axe finds nothing, and nothing sticks out of a phone."""

import pytest

from tests.browser.conftest import DESKTOP, PHONE

#: Screen by screen; what stands in braces is a field of the scene.
SCREENS = (
    "/tasks",
    "/tasks?scope=later",
    "/tasks/area?none=1",
    "/tasks/board",
    "/tasks/board?by=area&whose=all",
    "/tasks/calendar",
    "/tasks/calendar?view=week",
    "/customers",
    "/customers/new",
    "/customers/{customer_id}",
    "/calls",
    "/messages",
    "/messages/write?customer_id={customer_id}",
    "/messages/letters",
    "/messages/templates",
    "/messages/templates/new",
    "/messages/settings",
    "/company",
    "/mailings",
    "/mailings/to/{segment_id}",
    "/mailings/{mailing_id}",
    "/trail",
    "/trail?customer_id={customer_id}&what=card",
    "/messages/customers/{customer_id}/email",
    "/customers/{customer_id}/edit",
    "/customers/{customer_id}/timeline",
    "/customers/{customer_id}/compare/{other_id}",
    "/customers/duplicates",
    "/products",
    "/products/-/new",
    "/deals/{waiting}",
    "/deals/{delivered}",
    "/sales",
    "/sales/board",
    "/sales/orders/new",
    "/sales/orders/{quotation}",
    "/sales/orders/{waiting}",
    "/finance",
    "/finance/counter",
    "/finance/counter?q=shcg",
    "/finance/payments",
    "/finance/invoices",
    "/warehouse",
    "/warehouse/board",
    "/warehouse/stock",
    "/warehouse/receipts/new",
    "/warehouse/returns/new",
    "/warehouse/journal",
    "/finance/debtors",
    "/service",
    "/service/complaints",
    "/service/complaints/new?order={delivered}",
    "/service/complaints/{complaint_id}",
    "/service/complaints/{complaint_id}/escalate",
    "/service/complaints/{complaint_id}/goods",
    "/service/complaints/{complaint_id}/ask",
    "/service/complaints/{complaint_id}/others",
    "/service/complaints/{agreed_id}",
    "/service/complaints/{proposing_id}",
    "/service/complaints/causes",
    "/service/complaints/rules",
    "/service/warranties",
    "/service/warranties/claims",
    "/service/warranties/terms",
    "/service/warranties/{warranty_id}",
    "/w",
    "/w?s=SN-1",
    "/w/thanks",
    "/finance/promises",
    "/finance/rules",
    "/grades",
    "/grades/customers/{customer_id}",
    "/segments",
    "/segments/new",
    "/modules",
    "/bus",
    "/bus/dead",
    "/bus/kinds",
    "/bus/events?order={delivered}",
    "/bus/orders/{delivered}",
    "/people",
    "/service/feedback",
    "/promises",
    "/promises/new/service.follow_up",
    "/imports",
)
LOOKS = {
    "a desk in English by day": ("en", "light", DESKTOP),
    "a phone in Chinese by night": ("zh_Hans_CN", "dark", PHONE),
}


@pytest.mark.parametrize("look", LOOKS)
def test_every_screen_is_for_everybody(desk, scene, accessible, look):
    language, theme, viewport = LOOKS[look]
    page = desk("admin", language, theme, viewport)
    for address in SCREENS:
        answer = page.goto(address.format(**vars(scene)))

        assert answer.status == 200, f"{address} answers {answer.status}"
        accessible(page)
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not wide, f"{address} is wider than the screen"
