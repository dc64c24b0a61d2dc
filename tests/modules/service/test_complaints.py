"""A complaint is everybody's until the customer has an answer, and says whether she is content."""

from uuid import UUID

import pytest

from core.db import reading
from core.people.services import create_person
from core.testing.deals import ADeal
from modules.service.models.complaints import state_after
from modules.service.queries.complaints import complaint
from tests.modules.service.conftest import goods


def test_a_complaint_goes_through_its_six_steps(delivered, complain, api_as, api):
    # Given an order that its customer is not content with, recorded in her words
    deal = delivered()
    case = complain(deal, holds="collection")
    assert case.now()["state"] == "hear"
    concern = api_as("warehouse").get(f"deals/{deal.number}").json["concerns"][0]
    assert (concern["text"], concern["holds"]) == ("冰箱门关不上", "collection")

    # When service goes step by step
    assert case.do("hear", {"kind": "goods", "text": "昨天刚送到"}).json["state"] == "cause"
    found = {"cause": "goods", "department": "warehouse", "text": "门封条坏了"}
    assert case.do("cause", found).json["state"] == "propose"
    assert case.do("proposal", {"text": "上门道歉"}).json["state"] == "agree"
    assert case.do("answer", {"text": "她同意", "agreed": True}).json["state"] == "carry_out"
    assert case.do("carried-out", {"text": "已上门"}).json["state"] == "review"

    # Then a colleague asks for her verdict, and everybody sees that it is settled
    verdict = {"verdict": "content", "words": "谢谢"}
    closed = case.do("close", verdict, by=case.colleague).json
    assert (closed["state"], closed["verdict"], closed["verdict_words"]) == (
        "closed", "content", "谢谢",
    )  # fmt: skip
    assert api.get(f"deals/{deal.number}").json["concerns"][0]["settled_at"] is not None
    told = [each["type"] for each in api.get("bus/events", order=deal.number).json["items"]]
    assert {"service.complaint_opened", "service.complaint_closed"} <= set(told)


def test_the_step_is_what_the_acts_say(delivered, complain, app):
    case = complain(delivered()).agreed()

    with reading(app):
        found = complaint(_uuid(case.id))
        assert found.state == state_after(found.acts) == "carry_out"
        assert [act.act for act in found.acts] == [
            "recorded", "heard", "cause_found", "proposed", "agreed",
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("act", "body"),
    [
        ("cause", {"cause": "ours", "department": "sales", "text": "?"}),
        ("proposal", {"text": "?"}),
        ("approve", {}),
        ("answer", {"text": "?", "agreed": True}),
        ("carried-out", {"text": "?"}),
        ("resume", {}),
    ],
)
def test_steps_follow_one_another(delivered, complain, act, body):
    case = complain(delivered())

    refused = case.do(act, body, by=case.colleague)

    assert (refused.status_code, refused.json["code"]) == (409, "wrong_step")
    assert case.now()["state"] == "hear"


def test_nothing_is_closed_without_an_answer(delivered, complain):
    case = complain(delivered()).proposed()

    early = case.do("close", {"verdict": "content", "words": "?"}, by=case.colleague)

    assert (early.status_code, early.json["code"]) == (409, "answer_first")


def test_nothing_is_closed_without_her_verdict(delivered, complain):
    case = complain(delivered()).agreed()
    case.do("carried-out", {"text": "已上门"})

    silent = case.do("close", {"verdict": "content"}, by=case.colleague)
    unknown = case.do("close", {"verdict": "fine", "words": "?"}, by=case.colleague)

    assert (silent.status_code, silent.json["errors"][0]["field"]) == (422, "words")
    assert (unknown.status_code, unknown.json["errors"][0]["field"]) == (422, "verdict")


def test_who_handled_it_does_not_make_the_review_call(delivered, complain):
    case = complain(delivered()).agreed()
    case.do("carried-out", {"text": "已上门"})

    own = case.do("close", {"verdict": "content", "words": "很好"})

    assert (own.status_code, own.json["code"]) == (403, "reviewed_by_another")
    assert (
        case.do("close", {"verdict": "content", "words": "很好"}, by=case.colleague).json["state"]
        == "closed"
    )


def test_within_seven_days_it_is_the_same_complaint(delivered, complain, api):
    # Given a complaint that was closed
    deal = delivered()
    case = complain(deal).agreed()
    case.do("carried-out", {"text": "已上门"})
    case.do("close", {"verdict": "partly", "words": "再看看"}, by=case.colleague)
    early = case.do("hear", {"kind": "goods", "text": "?"})
    assert (early.status_code, early.json["code"]) == (409, "complaint_closed")

    # When she comes back with it
    again = case.do("reopen", {"text": "又坏了"})

    # Then it is open again, on the deal too, and begins with the cause
    assert (again.json["state"], again.json["verdict"]) == ("cause", "")
    concerns = api.get(f"deals/{deal.number}").json["concerns"]
    assert [concern["settled_at"] for concern in concerns] == [None]
    assert case.do("reopen", {"text": "?"}).json["code"] == "not_closed"


def test_after_seven_days_it_is_a_new_one(delivered, complain, app, days_later):
    case = complain(delivered()).agreed()
    case.do("carried-out", {"text": "已上门"})
    case.do("close", {"verdict": "content", "words": "好"}, by=case.colleague)

    with days_later(8):
        late = case.do("reopen", {"text": "又坏了"})

    assert (late.status_code, late.json["code"]) == (409, "reopened_too_late")


def test_a_complaint_without_an_order_needs_a_customer(a_deal, api):
    deal = a_deal()

    nobody = api.post("service/complaints", {"text": "电话打不通"})
    somebody = api.post(
        "service/complaints", {"customer_id": str(deal.customer_id), "text": "电话打不通"}
    )
    holding = api.post(
        "service/complaints",
        {"customer_id": str(deal.customer_id), "text": "电话打不通", "holds": "shipping"},
    )

    assert (nobody.status_code, nobody.json["errors"][0]["field"]) == (422, "order")
    assert somebody.status_code == 201
    assert (holding.status_code, holding.json["code"]) == (422, "holds_need_order")


def test_the_order_and_the_goods_may_be_named_later(delivered, a_deal, api, api_as):
    # Given a complaint of which only the customer is known
    deal, other = delivered(), a_deal(customer="王芳")
    service = api_as("service")
    made = service.post("service/complaints", {"customer_id": str(deal.customer_id), "text": "坏"})
    path = f"service/complaints/{made.json['id']}/goods"

    # When the order of somebody else is named, it is refused
    wrong = service.post(path, {"order": other.number})
    assert (wrong.status_code, wrong.json["errors"][0]["field"]) == (422, "order")

    # When hers is named with the line and the lot, everybody sees it there
    named = service.post(
        path, {"order": deal.number, "line_id": str(deal.line_id), "lot": "L-7"}
    ).json
    assert (named["order"], named["sku"], named["lot"]) == (deal.number, "TEA", "L-7")
    assert api.get(f"deals/{deal.number}").json["concerns"][0]["text"] == "坏"


def test_money_and_goods_need_an_order(a_deal, api_as):
    service, deal = api_as("service"), a_deal()
    made = service.post("service/complaints", {"customer_id": str(deal.customer_id), "text": "慢"})
    path = f"service/complaints/{made.json['id']}"
    service.post(f"{path}/hear", {"kind": "service", "text": "等了一周"})
    service.post(f"{path}/cause", {"cause": "ours", "department": "service", "text": "忘了"})

    refused = service.post(f"{path}/proposal", {"kind": "credit", "amount": "5.00", "text": "补偿"})

    assert (refused.status_code, refused.json["code"]) == (422, "compensation_needs_order")


@pytest.mark.parametrize(
    ("more", "status", "code"),
    [
        ({"kind": "credit"}, 422, "invalid_input"),
        ({"kind": "credit", "amount": "20.01"}, 409, "more_than_price"),
        ({"kind": "exchange"}, 422, "invalid_input"),
        ({"kind": "gift"}, 422, "invalid_input"),
    ],
)
def test_no_more_is_proposed_than_there_is(delivered, complain, more, status, code):
    case = complain(delivered(2)).explained()

    refused = case.do("proposal", {"text": "补偿", **more})

    assert (refused.status_code, refused.json["code"]) == (status, code)
    assert case.now()["state"] == "propose"


def test_no_more_is_exchanged_than_she_has(delivered, complain):
    deal = delivered(2)
    case = complain(deal).explained()

    refused = case.do("proposal", {"text": "换新", "kind": "exchange", **goods(deal, "3")})

    assert (refused.status_code, refused.json["code"]) == (409, "not_with_customer")


def test_when_she_does_not_agree_something_else_is_proposed(delivered, complain):
    case = complain(delivered()).proposed()

    refused = case.do("answer", {"text": "她不要道歉,要换", "agreed": False})

    assert refused.json["state"] == "propose"
    assert case.offers()[0]["state"] == "gone"


def test_what_was_said_is_required(a_deal: ADeal, api):
    deal = a_deal()

    silent = api.post("service/complaints", {"order": deal.number, "text": "  "})
    unknown = api.post("service/complaints", {"order": "SO-1999-0001", "text": "?"})

    assert (silent.status_code, silent.json["errors"][0]["field"]) == (422, "text")
    assert unknown.status_code == 404


def test_only_service_works_on_complaints(delivered, complain, api_as):
    case = complain(delivered())
    warehouse = api_as("warehouse")

    refused = [
        case.do("hear", {"kind": "goods", "text": "?"}, by=warehouse),
        warehouse.get("service/complaints"),
        warehouse.get("service/rules"),
        case.service.send("PATCH", "/api/v1/service/rules", json={}),
    ]

    assert [answer.status_code for answer in refused] == [403] * 4


def test_what_is_held_is_set_free_by_the_head_only(delivered, complain, api_as, acting, app):
    # Given a complaint that holds collection, ready for the review
    case = complain(delivered(), holds="collection").agreed()
    case.do("carried-out", {"text": "已上门"})

    # When somebody of service who does not lead wants to close it
    member = _member(acting, api_as)
    refused = case.do("close", {"verdict": "content", "words": "好"}, by=member)

    # Then it needs the head
    assert (refused.status_code, refused.json["code"]) == (403, "forbidden")
    assert (
        case.do("close", {"verdict": "content", "words": "好"}, by=case.colleague).json["state"]
        == "closed"
    )


def test_lists_are_narrowed_by_step_kind_cause_and_words(delivered, complain, api):
    first = complain(delivered()).explained()
    second = complain(delivered(), "送晚了")

    def numbers(**asked):
        found = api.get("service/complaints", **asked).json["items"]
        return {one["id"] for one in found}

    assert numbers() == numbers(state="open") == {first.id, second.id}
    assert numbers(state="propose") == numbers(cause="goods") == numbers(kind="goods") == {first.id}
    assert numbers(department="warehouse") == {first.id}
    assert numbers(q="送晚") == {second.id}
    assert numbers(state="closed") == numbers(late="true") == set()
    page = api.get("service/complaints", limit=1).json
    rest = api.get("service/complaints", limit=1, after=page["next"]).json
    assert [one["id"] for one in page["items"] + rest["items"]] == [second.id, first.id]


def _member(acting, api_as):
    with acting("admin"):
        create_person("lin", "林芳", ["service_member"], password="correct-horse-1")
    return api_as("lin")


def _uuid(text: str):
    return UUID(text)
