"""What the OpenAPI document promises is what programs get: addresses, statuses and shapes."""

import copy
import re
from typing import Any

import jsonschema_rs
import pytest
from werkzeug.test import TestResponse

from core.testing.clients import ApiClient

METHODS = ("get", "post", "patch", "put", "delete")


class Promises:
    """The document, asked whether it promises an answer."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = closed(copy.deepcopy(document))
        self.kept: set[tuple[str, str]] = set()

    def operations(self) -> list[tuple[str, str]]:
        """Return every documented method and address."""
        paths = self.document["paths"].items()
        return [(method, path) for path, ops in paths for method in METHODS if method in ops]

    def check(self, method: str, address: str, answer: TestResponse) -> None:
        """Fail unless the document promises this answer."""
        path = self._path(method.lower(), address)
        promised = self.document["paths"][path][method.lower()]["responses"]
        status = str(answer.status_code)
        assert status in promised or answer.status_code >= 400, f"{method} {path}: {status}"
        response = self._resolved(promised.get(status, promised["default"]))
        if answer.mimetype in ("application/pdf", "text/plain"):
            assert "content" not in response, path  # a paper has no shape to promise
        else:
            assert answer.mimetype in response["content"], f"{method} {path}: {answer.mimetype}"
            schema = response["content"][answer.mimetype]["schema"]
            whole = {**schema, "components": self.document["components"]}
            wrong = list(jsonschema_rs.validator_for(whole).iter_errors(answer.json))
            assert not wrong, f"{method} {path}: {[each.message for each in wrong]}"
        if answer.status_code < 400:
            self.kept.add((method.lower(), path))

    def _resolved(self, part: dict[str, Any]) -> dict[str, Any]:
        name = part.get("$ref", "").rpartition("/")[2]
        return self.document["components"]["responses"][name] if name else part

    def _path(self, method: str, address: str) -> str:
        # A fixed address comes before one with a placeholder.
        for path in sorted(self.document["paths"], key=lambda each: each.count("{")):
            pattern = re.sub(r"\\\{[^}]+\\\}", "[^/]+", re.escape(path))
            if method in self.document["paths"][path] and re.fullmatch(pattern, address):
                return path
        raise AssertionError(f"{method} {address} is in no document")


def closed(part: Any) -> Any:
    """Return the document so that a field it does not name is none it promises.

    A problem is open: each rule adds facts of its own.
    """
    if isinstance(part, dict):
        for name, each in part.items():
            closed(each)
            if isinstance(each, dict) and each.get("properties"):
                each["additionalProperties"] = name == "Problem"
    elif isinstance(part, list):
        for each in part:
            closed(each)
    return part


class Strict(ApiClient):
    """A program that believes the document and nothing else."""

    promises: Promises

    def send(self, method: str, address: str, **kwargs: Any) -> TestResponse:
        answer = super().send(method, address, **kwargs)
        self.promises.check(method, address, answer)
        return answer


@pytest.fixture
def promises(app):
    return Promises(app.test_client().get("/api/v1/openapi.json").json)


@pytest.fixture
def strict(app, promises):
    program = Strict(app, "admin")
    program.promises = promises
    return program


def lives(api: ApiClient, hear) -> None:
    """Do everything that a company does with an order, and some things that are refused."""
    customer = api.post("customers", {"name": "上海晨光", "phones": ["13800138000"]}).json["id"]
    api.patch(f"customers/{customer}", {"note": "老客户"})
    tea = {"sku": "TEA", "name": "龙井", "unit": "盒", "price": "100.00", "tax_rate": "13",
           "warranty_months": 12}  # fmt: skip
    product = api.post("products", tea).json["id"]
    api.post("products", {**tea, "price": 100.0})
    api.patch(f"products/{product}", {"name": "龙井茶"})
    api.post("warehouse/receipts", {"lines": [{"sku": "TEA", "quantity": "10"}]})
    deposit = {"kind": "prepayment", "percent": "30", "before_shipping": True}
    order = {"customer_id": customer, "lines": [{"sku": "TEA", "quantity": "3"}]}
    number = api.post("sales/orders", {**order, "deposit": deposit}).json["number"]
    api.patch(f"sales/orders/{number}", {"note": "加急", "promised_on": "2026-12-01"})
    api.post(f"sales/orders/{number}/confirm")
    pays(api, customer, number)
    goods_move(api, number)
    hear()
    service_calls(api, customer, number)
    api.post("finance/refunds", {"order": number, "amount": "1.00", "method": "cash",
                                 "reason": "退货"})  # fmt: skip
    api.post(f"sales/orders/{number}/cancel", {"reason": "晚了"})
    other = api.post("sales/orders", {**order, "confirm": True}).json["number"]
    api.post(f"sales/orders/{other}/cancel", {"reason": "不要了"})
    customers_are_graded_and_found(api, customer)
    cards_are_one(api, customer)
    everything_is_read(api, customer, product, number)


def cards_are_one(api: ApiClient, customer: str) -> None:
    known = {"resident_id": "990101198809260024", "birthday": "lunar 08-16", "tags": ["VIP"],
             "contacts": [{"relation": "丈夫", "birthday": "05-12"}]}  # fmt: skip
    other = api.post("customers", {"name": "晨光", "phones": ["13800138000"], **known}).json["id"]
    assert api.post(f"customers/{other}/resident-id").json["resident_id"] == known["resident_id"]
    api.post(f"customers/{customer}/merge", {"customer_id": other})
    assert api.get(f"customers/{other}").json["id"] == customer
    api.post(f"customers/{other}/unmerge")
    assert api.get(f"customers/{customer}/timeline").json["items"]


def pays(api: ApiClient, customer: str, number: str) -> None:
    for amount in ("90.00", "210.00", "0.01"):
        shares = [{"order": number, "amount": amount}]
        body = {"customer_id": customer, "method": "card", "amount": amount, "allocations": shares}
        api.post("finance/payments", body)
    kept = {"customer_id": customer, "method": "cash", "amount": "5.00", "excess": "credit"}
    api.post("finance/payments", kept)


def goods_move(api: ApiClient, number: str) -> None:
    shipment = api.get("warehouse/shipments", order=number).json["items"][0]
    line = shipment["lines"][0]["line_id"]
    part = {"lines": [{"line_id": line, "quantity": "2"}], "carrier": "顺丰"}
    api.post(f"warehouse/shipments/{shipment['id']}/ship", part)
    api.post(f"warehouse/shipments/{shipment['id']}/deliver", {"received_by": "李丽"})
    api.get(f"warehouse/shipments/{shipment['id']}")
    api.get(f"warehouse/shipments/{shipment['id']}/delivery-note")
    invoice = api.post("finance/invoices", {"order": number}).json["number"]
    api.get(f"finance/invoices/{invoice}")
    api.get(f"finance/invoices/{invoice}/pdf")
    back = {"order": number, "lines": [{"line_id": line, "quantity": "1"}], "restock": True}
    api.post("warehouse/returns", back)


def service_calls(api: ApiClient, customer: str, number: str) -> None:
    first, second, _third = api.get("service/tasks", order=number).json["items"]
    api.post(f"service/tasks/{first['id']}/done", {"note": "会用了"})
    api.post(f"service/tasks/{second['id']}/postpone", {"due_on": "2027-03-01"})
    the_inbox_is_worked_off(api)
    id_ = api.post("service/complaints", {"order": number, "text": "漏水"}).json["id"]
    path = f"service/complaints/{id_}"
    for act, body in (
        ("approve", {}),
        ("hear", {"kind": "goods", "text": "地板湿了"}),
        ("wait", {"text": "等她寄照片"}),
        ("resume", {}),
        ("goods", {"order": number, "lot": "L-1"}),
        ("escalate", {"text": "电话里说不清", "place": "她家里"}),
        ("take-over", {"text": "我来"}),
        ("cause", {"cause": "goods", "department": "warehouse", "text": "裂了"}),
        ("proposal", {"text": "上门道歉"}),
        ("answer", {"text": "同意", "agreed": True}),
        ("carried-out", {"text": "已上门"}),
        ("close", {"verdict": "content", "words": "好"}),
    ):
        api.post(f"{path}/{act}", body)
    warranties_are_kept(api, number)
    for part in ("", "/compensations", "/others"):
        api.get(f"{path}{part}")
    api.patch("service/rules", {"minutes": {"B": {"hear": 90}}})


def warranties_are_kept(api: ApiClient, number: str) -> None:
    api.patch("service/warranty-terms", {"main_part": "压缩机", "main_months": 36})
    (row,) = api.get("service/warranties", order=number).json["items"]
    path = f"service/warranties/{row['id']}"
    api.post(f"{path}/register", {"may_call": True})
    api.post(f"{path}/extend", {"ends_on": "2099-01-01", "reason": "维修"})
    for part in ("", "/card"):
        api.get(f"{path}{part}")
    api.post(f"{path}/end", {"reason": "自行拆机"})
    for path in ("service/warranty-claims", "service/warranty-terms"):
        api.get(path)
    for verb, body in (("confirm", {}), ("dismiss", {"note": "打错了"})):
        api.post(f"service/warranty-claims/{_ANYTHING}/{verb}", body)


def the_inbox_is_worked_off(api: ApiClient) -> None:
    for path in ("tasks/areas", "tasks/trip"):
        api.get(path)
    assert api.get("tasks/board", by="area").json["columns"]
    assert len(api.get("tasks/calendar", view="week").json["days"]) == 7
    items = api.get("tasks", scope="later").json["items"]
    ids = [each["id"] for each in items]
    for path in (f"tasks/{ids[0]}/take", f"tasks/{ids[0]}/hand-over"):
        api.post(path)
    assert api.post("tasks/take", {"tasks": ids}).json == {"count": len(ids)}
    api.post("tasks/hand-over", {"tasks": ids, "owner_id": None})
    api.post(f"tasks/{ids[0]}/postpone", {"due_on": "2027-04-01", "outcome": "not_reached"})
    api.post(f"tasks/{ids[0]}/done", {"outcome": "reached", "note": "很满意"})
    assert api.get(f"tasks/{ids[0]}").json["outcome"] == "reached"


def customers_are_graded_and_found(api: ApiClient, customer: str) -> None:
    rule = {"kind": "amount", "amount_a": "1000.00", "amount_b": "10.00"}
    assert api.post("grades/rule", rule).json["rule"]["amount_a"] == "1000.00"
    assert api.get("grades/rule").json["saved_by"]
    assert len(api.get("grades/preview", **rule).json["items"]) == 4
    assert api.get("grades").json["items"]
    fixed = {"grade": "A", "reason": "Freund des Hauses", "until": None}
    assert api.post(f"grades/customers/{customer}/lock", fixed).json["lock"]["grade"] == "A"
    assert api.post(f"grades/customers/{customer}/unlock").json["lock"] is None
    api.post(f"grades/customers/{customer}/stage", {"stage": "possible"})
    assert api.get(f"grades/customers/{customer}").json["grade"] == "A"
    asked = [{"field": "card.grade", "op": "is", "value": "A"}]
    body = {"name": "Best", "match": "all", "conditions": asked}
    id_ = api.post("segments", body).json["id"]
    assert api.post("segments/count", {"conditions": asked}).json["count"] == 1
    assert api.get(f"segments/{id_}/customers").json["items"]
    api.patch(f"segments/{id_}", {**body, "name": "The best"})
    assert api.get(f"segments/{id_}").json["version"] == 2
    for path in ("segments", "segments/fields"):
        assert api.get(path).json["items"]
    everybody_is_written_to(api, id_)
    api.post(f"segments/{id_}/drop")


def everybody_is_written_to(api: ApiClient, segment: str) -> None:
    told = {"segment_id": segment, "template": "birthday", "key": "Geburtstage"}
    mailing = api.post("mailings", told).json["id"]
    assert api.get("mailings").json["items"]
    for path in (f"mailings/{mailing}", f"mailings/{mailing}/left-out"):
        api.get(path)
    for verb in ("send", "stop"):
        api.post(f"mailings/{mailing}/{verb}", {})


def everything_is_read(api: ApiClient, customer: str, product: str, number: str) -> None:
    for path in ("customers", "deals", "bus/events", "bus/deliveries", "products", "modules",
                 "sales/orders", "finance/payments", "finance/refunds", "finance/invoices",
                 "finance/receivables", "warehouse/shipments",
                 "warehouse/stock", "service/tasks", "service/complaints"):  # fmt: skip
        assert api.get(path).json["items"], path
    for path in ("service/rules", "service/causes", "finance/promises", "warehouse/expected"):
        api.get(path)
    for path in (f"customers/{customer}", f"products/{product}", f"deals/{number}",
                 f"sales/orders/{number}", f"finance/credits/{customer}",
                 "finance/ageing"):  # fmt: skip
        api.get(path)
    assert api.get("trail").json["items"]
    assert api.get("search", q="shcg").json["items"]
    receipt = api.get("finance/payments").json["items"][0]["number"]
    api.get(f"finance/payments/{receipt}")
    api.get(f"finance/payments/{receipt}/receipt")
    for verb in ("disable", "enable"):
        api.post(f"modules/service/{verb}")
    the_bus_is_looked_after(api)
    promises_are_decided(api)
    customers_are_asked(api, customer)
    somebody_calls(api)
    somebody_is_written_to(api)


def somebody_calls(api: ApiClient) -> None:
    call = api.post("calls", {"from": "13800138000", "to": "8012"}).json["id"]
    for verb in ("take", "aside", "ended"):
        api.post(f"calls/{call}/{verb}", {})
    assert api.get("calls").json["items"]


def customers_are_asked(api: ApiClient, customer: str) -> None:
    link = api.post("service/feedback-links", {"customer_id": customer}).json["url"]
    assert "/f/" in link
    api.get("service/feedback")
    assert api.get("service/feedback/summary").json["nps"]["score"] is None


def promises_are_decided(api: ApiClient) -> None:
    assert api.get("promises").json["items"]
    kind = "service.follow_up"
    made = api.post("promises", {"kind": kind, "name": "Zweiter Anruf"}).json["id"]
    api.get(f"promises/{made}")
    api.patch(f"promises/{made}", {"settings": {"days": 14}})
    api.get(f"promises/{made}/trial")
    for verb in ("on", "off"):
        api.post(f"promises/{made}/{verb}", {})


def somebody_is_written_to(api: ApiClient) -> None:
    card = {"name": "李丽女士", "phones": ["13900139000"]}
    who = api.post("customers", card).json["id"]
    told = {"template": "birthday", "customer_id": who}
    api.post("messages/preview", told)
    sent = api.post("messages", told).json["id"]
    api.get(f"messages/{sent}")
    api.post(f"messages/{sent}/became", {"became": "arrived"})
    many = {"template": "birthday", "customer_ids": [who, _ANYTHING[:-1] + "1"], "key": "k"}
    assert api.post("messages/many", many).status_code == 200
    api.post("messages/answers", {"from": "13900139000", "text": "谢谢"})
    api.post("messages/consent", {"customer_id": who, "opted_out": True})
    api.post("messages/email", {"customer_id": who, "email": "li@example.com"})
    assert api.get("messages").json["items"]
    texts = {"en": {"body": "{salutation}"}}
    new = {"name": "Kurz", "kind": "service", "channel": "sms", "texts": texts}
    made = api.post("messages/templates", new).json["id"]
    api.patch(f"messages/templates/{made}", {"name": "Kürzer"})
    assert api.get("messages/templates").json["items"]


def the_bus_is_looked_after(api: ApiClient) -> None:
    for verb in ("pause", "resume"):
        api.post(f"bus/subscribers/service/{verb}", {"reason": "Inventur"})
    for path in ("bus/subscribers", "bus/acts"):
        assert api.get(path).json["items"], path
    api.post("bus/deliveries/retry-all", {"subscriber": "service", "error_class": "KeyError"})
    letter = {"subscriber": "service", "event_id": _ANYTHING}
    api.post("bus/deliveries/retry", letter)
    api.post("bus/deliveries/skip", {**letter, "reason": "doppelt"})
    assert "lamplit_ready" in api.get("metrics").text
    assert api.get("asyncapi.json").json["channels"]


def test_every_answer_of_a_working_company_is_promised(strict, promises, bus_idle):
    lives(strict, bus_idle)

    # Nearly every documented act was done and answered as promised
    untried = set(promises.operations()) - promises.kept
    # What takes two people is in tests/modules/service.
    acts = {"approve", "decline", "ask", "offer", "close", "reopen", "others/ask"}
    assert {path for _method, path in untried} <= {
        *(f"/api/v1/service/complaints/{{complaint_id}}/{act}" for act in acts),
        "/api/v1/finance/promises/{compensation_id}/book",
        "/api/v1/service/tasks/{task_id}/repeat-order",  # tests/modules/service
        "/api/v1/service/tasks/{task_id}/feedback-link",
        "/api/v1/finance/write-offs",
        "/api/v1/finance/credits/{customer_id}/refunds",
        "/api/v1/bus/deliveries/retry",
        "/api/v1/bus/deliveries/skip",
        "/api/v1/service/warranty-claims/{claim_id}/confirm",
        "/api/v1/service/warranty-claims/{claim_id}/dismiss",
    }


@pytest.mark.own_app
@pytest.mark.parametrize("lie", ["another field", "another type", "a field too few", "a status"])
def test_an_answer_that_is_not_promised_is_found(app, strict, lie):
    # Given a program whose customers look otherwise than the document says
    strict.get("customers")
    view = app.view_functions["customers-api.customers"]

    def lying(*args: Any, **kwargs: Any) -> Any:
        answer = view(*args, **kwargs)
        body = answer.get_json()
        if lie == "another field":
            body["secret"] = "x"
        elif lie == "another type":
            body["items"] = "none"
        elif lie == "a field too few":
            del body["next"]
        else:
            answer.status_code = 202
        answer.data = app.json.dumps(body)
        return answer

    app.view_functions["customers-api.customers"] = lying

    # When it answers, then the guard says so
    with pytest.raises(AssertionError, match="GET /api/v1/customers"):
        strict.get("customers")


def test_every_documented_address_wants_a_token(app, promises):
    visitor = app.test_client()
    for method, path in promises.operations():
        address = path.replace("{customer_id}", _ANYTHING).replace("{product_id}", _ANYTHING)
        address = re.sub(r"\{\w+_id\}", _ANYTHING, address)
        answer = visitor.open(re.sub(r"\{\w+\}", "x", address), method=method.upper(), json={})

        assert (answer.status_code, answer.mimetype) == (401, "application/problem+json"), address
        promises.check(method, re.sub(r"\{\w+\}", "x", address), answer)


_ANYTHING = "00000000-0000-0000-0000-000000000000"


def test_the_page_of_the_document_needs_no_sign_in_and_holds_no_script(visitor):
    page = visitor.get("/api/v1/docs").text
    loaded = re.findall(r'<(?:script src|link rel="stylesheet" href)="([^"]+)"', page)

    assert len(loaded) == page.count("<script") + page.count("<link") == 3
    for address in (*loaded, *re.findall(r'data-address="([^"]+)"', page)):
        with visitor.get(address) as answer:
            assert answer.status_code == 200, address


def test_every_address_under_api_is_documented(app, promises):
    documented = {(method, path) for method, path in promises.operations()}
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith("/api/v1/") or rule.endpoint.startswith("api-docs"):
            continue
        if rule.endpoint == "swagger_asset":
            continue
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        for method in {each.lower() for each in rule.methods or ()} & set(METHODS):
            assert (method, path) in documented, path
