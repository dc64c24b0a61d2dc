"""Whatever people do, in whatever order, with modules off and on: the departments agree.

Sequences of acts are invented by hypothesis. What a rule forbids must be refused as such (never a
fault of ours) and leave nothing behind; after every sequence everything must add up.
"""

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from .company import Company

DEPOSITS = (
    None,
    {"kind": "prepayment", "percent": "30", "before_shipping": True},
    {"kind": "earnest", "percent": "20", "before_shipping": False},
)
MODULES = ("sales", "finance", "warehouse", "service")

Act = Callable[[Company, str, int], Any]
ACTS: dict[str, Act] = {}


def act(function: Act) -> Act:
    """Enter something that people do; it gets the company, the order and a small number."""
    ACTS[function.__name__] = function
    return function


@act
def confirm(company, number, _n):
    return company.sales.post(f"sales/orders/{number}/confirm")


@act
def change(company, number, n):
    lines = [{"sku": "TEA", "quantity": str(n + 1)}, {"sku": "CUP", "quantity": str(3 - n % 3)}]
    return company.sales.patch(f"sales/orders/{number}", {"lines": lines, "reason": "改单"})


@act
def cancel_one(company, number, _n):
    return _of_a_deal(company, number, lambda: company.cancel(number, TEA="1"))


@act
def cancel_all(company, number, n):
    return company.cancel(number) if n == 0 else None  # rarely: it ends the story


@act
def pay_some(company, number, n):
    return company.pay(number, f"{20 * n + 7}.50")


@act
def pay_what_is_owed(company, number, n):
    def pay():
        owed = Decimal(company.deal(number)["owed"])
        more = {"excess": "credit"} if n == 1 else {}
        return company.pay(number, f"{owed:.2f}", **more) if owed > 0 else None

    return _of_a_deal(company, number, pay)


@act
def refund(company, number, n):
    return company.refund(number, f"{15 * n + 5}.00")


@act
def write_off(company, number, n):
    body = {"order": number, "amount": f"0.{n + 1}0", "reason": "抹零"}
    return company.finance.post("finance/write-offs", body)


@act
def invoice(company, number, _n):
    return company.finance.post("finance/invoices", {"order": number})


@act
def ship_one(company, number, _n):
    waiting = [each for each in company.shipments(number) if each["state"] == "open"]
    if not waiting:
        return None
    line = waiting[0]["lines"][0]["line_id"]
    return company.ship(waiting[0]["id"], lines=[{"line_id": line, "quantity": "1"}])


@act
def ship_all(company, number, n):
    waiting = [each for each in company.shipments(number) if each["state"] == "open"]
    reason = {"override_reason": "老客户"} if n == 0 else {}
    return company.ship(waiting[0]["id"], **reason) if waiting else None


@act
def deliver(company, number, _n):
    sent = [each for each in company.shipments(number) if each["state"] == "shipped"]
    address = "warehouse/shipments/{}/deliver"
    return company.warehouse.post(address.format(sent[0]["id"])) if sent else None


@act
def bring_back(company, number, n):
    def come_back():
        line = company.deal(number)["lines"][n % 2]["line_id"]
        return company.take_back(number, line, "1", restock=n % 2 == 0)

    return _of_a_deal(company, number, come_back)


@act
def complain(company, number, n):
    holds = ("none", "shipping", "collection")[n % 3]
    body = {"order": number, "text": "漏水", "holds": holds}
    return company.service.post("service/complaints", body)


@act
def make_up(company, number, _n):
    answer = company.service.get("service/complaints", order=number, state="hear")
    if answer.status_code != 200 or not answer.json["items"]:
        return None
    path = f"service/complaints/{answer.json['items'][0]['id']}"
    for step, body in (
        ("hear", {"kind": "goods", "text": "漏水"}),
        ("cause", {"cause": "goods", "department": "warehouse", "text": "裂了"}),
        ("proposal", {"text": "赔礼道歉"}),
        ("answer", {"text": "同意", "agreed": True}),
        ("carried-out", {"text": "已上门"}),
    ):
        done = company.service.post(f"{path}/{step}", body)
        assert done.status_code == 200, done.json
    return company.admin.post(f"{path}/close", {"verdict": "content", "words": "好"})


@act
def switch(company, _number, n):
    name = MODULES[n % 4]
    stands = {each["name"]: each["state"] for each in company.admin.get("modules").json["items"]}
    verb = "enable" if stands[name] == "disabled" else "disable"
    return company.admin.post(f"modules/{name}/{verb}")


@act
def hear(company, _number, _n):
    company.hear()


def _of_a_deal(company, number, do):
    """Do it if the order has been taken: a quotation has no deal."""
    return do() if company.admin.get(f"deals/{number}").status_code == 200 else None


#: One order in which everything happens at least once.
A_WHOLE_LIFE = [
    *[("confirm", 0), ("pay_some", 4), ("refund", 0), ("change", 3), ("ship_one", 0)],
    *[("invoice", 0), ("deliver", 0), ("bring_back", 0), ("complain", 0), ("make_up", 0)],
    *[("write_off", 0), ("cancel_one", 0), ("switch", 1), ("ship_all", 0), ("switch", 1)],
    *[("hear", 0), ("change", 3), ("cancel_all", 0), ("pay_what_is_owed", 1)],
]
#: Goods have to leave before much else can happen, so they leave more often.
OFTEN = ("ship_one", "ship_all", "deliver", "invoice", "pay_some")
ARBITRARY = st.lists(
    st.tuples(st.sampled_from((*sorted(ACTS), *OFTEN)), st.integers(0, 4)),
    min_size=8,
    max_size=16,
)


@pytest.fixture
def done():
    """How often each act succeeded and how often it was refused, over all sequences."""
    return Counter(), Counter()


def test_any_sequence_of_acts_leaves_a_consistent_company(company, done):
    company.receive(TEA=30, CUP=30)

    @settings(
        max_examples=10,
        derandomize=True,
        deadline=None,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @example(deposit=None, taken=False, acts=A_WHOLE_LIFE)
    @given(deposit=st.sampled_from(DEPOSITS), taken=st.booleans(), acts=ARBITRARY)
    def live(deposit, taken, acts):
        # Given a quotation, or an order that was taken
        number = company.quote(deposit, TEA=3, CUP=2)
        if taken:
            _do(company, number, "confirm", 0, done)

        # When anything happens
        for name, n in acts:
            _do(company, number, name, n, done)

        # Then, once every module is on and has heard of it, all tell the same story
        company.all_on()
        ordered = company.admin.get(f"deals/{number}").status_code == 200
        company.agrees(*[number] if ordered else [])

    live()

    # And the sequences were worth it: everything happened, and much of it was refused at times
    happened, refused = done
    assert set(ACTS) - set(happened) == set()
    assert len(refused) >= 5


def _do(company, number: str, name: str, n: int, done) -> None:
    """Do one thing; when it is refused, nothing may have changed."""
    happened, refused = done
    before = company.admin.get(f"deals/{number}").json.get("entries", [])
    answer = ACTS[name](company, number, n)
    if answer is None or answer.status_code < 300:
        happened[name] += answer is not None or name == "hear"
        return
    refused[name] += 1
    assert answer.status_code in (403, 404, 409, 422), (name, answer.status_code, answer.json)
    assert answer.json["code"] not in ("http_error", "internal_error"), answer.json
    after = company.admin.get(f"deals/{number}").json.get("entries", [])
    assert after[: len(before)] == before
    # Before it decides, finance hears in line of goods that came back, and credits them.
    news = {entry["fact"] for entry in after[len(before) :]}
    assert news <= {"credited", "invoiced"}, (name, answer.json, news)
