"""A small company at work, set up through REST as another program would."""

from dataclasses import dataclass


@dataclass
class Scene:
    """What the browser tests look at."""

    customer_id: str
    #: An order that waits for its deposit.
    waiting: str
    #: An order that was paid in part, shipped and delivered.
    delivered: str
    quotation: str
    #: Just recorded, being proposed, and agreed with a credit note that is paid back.
    complaint_id: str
    proposing_id: str
    agreed_id: str
    #: Of what was delivered.
    warranty_id: str
    product_id: str
    #: Another card, perhaps of the same customer.
    other_id: str
    #: Customers, and a message to all of them that is not sent yet.
    segment_id: str
    mailing_id: str


def set_up(api) -> Scene:
    """Sell, take money, ship, deliver, complain."""
    tea = {"sku": "TEA", "name": "明前龙井", "unit": "盒", "price": "100.00", "tax_rate": "13",
           "warranty_months": 12}  # fmt: skip
    product = api.post("products", tea).json["id"]
    api.post("warehouse/receipts", {"lines": [{"sku": "TEA", "quantity": "40"}]})
    customer = api.post(
        "customers",
        {
            "name": "上海晨光文具",
            "phones": ["13800138000"],
            "addresses": ["上海市徐汇区漕溪北路88号"],
        },
    ).json["id"]
    other = api.post("customers", {"name": "晨光文具", "phones": ["13800138000"]}).json["id"]
    quotation = _quoted(api, customer, "1")
    waiting = _ordered(api, customer, "3", {"kind": "prepayment", "percent": "30"})
    delivered = _ordered(api, customer, "2", None)
    pay(api, customer, delivered, "50.00")
    shipment = api.get("warehouse/shipments", order=delivered).json["items"][0]["id"]
    api.post(f"warehouse/shipments/{shipment}/ship", {})
    api.post(f"warehouse/shipments/{shipment}/deliver", {})
    complaint = api.post("service/complaints", {"order": delivered, "text": "茶叶罐有凹痕"})
    proposing = _complaint(api, delivered, "缺少赠品", "cause")
    agreed = _complaint(api, delivered, "送晚了", "answer")
    (warranty,) = api.get("service/warranties", order=delivered).json["items"]
    ids = (complaint.json["id"], proposing, agreed, warranty["id"])
    return Scene(customer, waiting, delivered, quotation, *ids, product, other, *_mailing(api))


def _mailing(api) -> tuple[str, str]:
    """Find everybody, and prepare a message to them."""
    asked = [{"field": "card.area", "op": "empty", "value": ""}]
    body = {"name": "所有人", "match": "all", "conditions": asked}
    segment = api.post("segments", body).json["id"]
    told = {"segment_id": segment, "template": "birthday", "key": "scene"}
    return segment, api.post("mailings", told).json["id"]


def _complaint(api, order: str, text: str, last: str) -> str:
    """Record a complaint and lead it up to a step."""
    made = api.post("service/complaints", {"order": order, "text": text}).json["id"]
    for act, body in (
        ("hear", {"kind": "transport", "text": "等了一天"}),
        ("cause", {"cause": "ours", "department": "warehouse", "text": "忘了装车"}),
        ("proposal", {"kind": "refund", "amount": "20.00", "text": "赔二十元"}),
        ("answer", {"text": "同意", "agreed": True}),
    ):
        done = api.post(f"service/complaints/{made}/{act}", body)
        assert done.status_code == 200, done.text
        if act == last:
            break
    return made


def pay(api, customer: str, order: str, amount: str) -> None:
    """Take money for one order."""
    body = {"customer_id": customer, "method": "cash", "amount": amount}
    body |= {"allocations": [{"order": order, "amount": amount}], "excess": "refuse"}
    answer = api.post("finance/payments", body)
    assert answer.status_code == 201, answer.text


def _quoted(api, customer: str, quantity: str, deposit: dict[str, str] | None = None) -> str:
    body = {"customer_id": customer, "lines": [{"sku": "TEA", "quantity": quantity}]}
    if deposit:
        body["deposit"] = {**deposit, "before_shipping": True}
    return api.post("sales/orders", body).json["number"]


def _ordered(api, customer: str, quantity: str, deposit: dict[str, str] | None) -> str:
    number = _quoted(api, customer, quantity, deposit)
    assert api.post(f"sales/orders/{number}/confirm").status_code == 200
    return number
