"""A day of the sample company's service: calls, complaints through their steps, warranties."""

from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from random import Random
from typing import Final

from core.clock import today
from core.deals.queries import Picture, deal_by_id, deals
from core.people.identity import as_colleague
from core.tasks import services as tasks
from core.tasks.queries import open_tasks
from modules.service.errors import MoreThanPrice, NotWithCustomerAnymore
from modules.service.models import Complaint
from modules.service.queries.complaints import Sought, compensations, complaints
from modules.service.queries.follow_ups import due
from modules.service.queries.warranties import warranties
from modules.service.services import asking, feedback
from modules.service.services import complaints as services
from modules.service.services.complaints.hearing import Goods
from modules.service.services.complaints.proposing import ProposedGoods, check_possible
from modules.service.services.warranties import register_by_staff
from modules.service.tasks import ASK_CONTENT, REPAIRS

_OUTCOMES = (
    ("reached", "已安装好,会用了"),
    ("reached", "很满意,谢谢来电"),
    ("wants_visit", "下个月想再买一台,请上门介绍"),
    ("not_reached", "无人接听"),
)
#: What she says, what it is about, whose cause it is, and where it arose.
_STORIES: Final = (
    ("送来的茶叶包装破了", "transport", "ours", "warehouse"),
    ("安装师傅迟到了两个小时", "service", "ours", "service"),
    ("冰箱夜里声音大", "goods", "goods", "warehouse"),
    ("说好包安装,现在要另收钱", "contract", "ours", "sales"),
    ("不会用定时功能,以为坏了", "goods", "customer", "service"),
    ("空调漏水,地板湿了", "goods", "goods", "warehouse"),
    ("少送了一件", "transport", "ours", "warehouse"),
    ("用了两天就坏了", "goods", "goods", "warehouse"),
    ("外箱压坏,里面有划痕", "goods", "goods", "warehouse"),
)
_BY_TEXT: Final = {text: rest for text, *rest in _STORIES}
#: What only buyers of such goods say.
_ABOUT: Final = {
    "送来的茶叶包装破了": "茶",
    "冰箱夜里声音大": "冰箱",
    "空调漏水,地板湿了": "空调",
    "安装师傅迟到了两个小时": "机",
    "不会用定时功能,以为坏了": "空调",
    "说好包安装,现在要另收钱": "空调",
}
_VERDICTS: Final = (("content", "处理得很快,谢谢"), ("partly", "解决了,就是等得久"))


#: How content they are, and in their words; nobody is so little content that it is a complaint.
_SCORES: Final = (
    (5, "师傅很细心,讲得明白"),
    (5, ""),
    (4, "送货准时"),
    (4, ""),
    (3, "等得有点久"),
)


def live_a_day(chance: Random) -> None:
    """Call some of those who are due; now and then somebody complains, and it goes on a step."""
    for work in due(limit=3).items:
        if work.task.due_on <= today() and chance.random() < 0.7:
            outcome, note = chance.choice(_OUTCOMES)
            tasks.finish(work.id, note, outcome)
    for work in open_tasks(kinds=[REPAIRS], limit=20).items:
        if chance.random() < 0.4:
            tasks.finish(work.id, "已上门修好")
    sold = [deal for deal in deals(limit=20).items if deal.delivered and not deal.historical]
    if sold and chance.random() < 0.3:
        _complain(chance, chance.choice(sold))
    _register(chance)
    _answer(chance)
    for complaint in complaints(Sought(state="open"), limit=20).items:
        step = _STEPS.get(complaint.state)
        if step is not None and chance.random() < 0.6:
            step(chance, complaint)


def _register(chance: Random) -> None:
    for row in warranties(standing="open", limit=5).items:
        if chance.random() < 0.3:
            register_by_staff(row.id, note="回访时登记", may_call=True)


def _answer(chance: Random) -> None:
    """Give those who are to be asked the link; most of them answer it at once."""
    for work in open_tasks(kinds=[ASK_CONTENT], limit=5).items:
        token = asking.give_link(work.id)
        if chance.random() < 0.8:
            score, text = chance.choice(_SCORES)
            feedback.give(token, feedback.Answer(score, text, 2 * score), "sample")


def _complain(chance: Random, deal: Picture) -> None:
    names = " ".join(line.name for line in deal.lines)
    fitting = [text for text in _BY_TEXT if _ABOUT.get(text, "") in names]
    text = chance.choice(fitting)
    services.complain_about_order(deal.deal_id, text, safety="漏水" in text)


def _hear(_chance: Random, complaint: Complaint) -> None:
    services.hear(complaint.id, _BY_TEXT[complaint.text][0], "听她说完,已道歉")


def _find_cause(_chance: Random, complaint: Complaint) -> None:
    _kind, cause, department = _BY_TEXT[complaint.text]
    line = deal_by_id(complaint.deal_id).lines[0] if complaint.deal_id else None
    goods = Goods(line_id=line.line_id) if line and complaint.kind == "goods" else None
    services.find_cause(complaint.id, cause, department, "已与当班同事核实", goods)


def _propose(chance: Random, complaint: Complaint) -> None:
    offer = services.Proposal(text="上门道歉,讲清楚用法")
    deal = deal_by_id(complaint.deal_id) if complaint.deal_id else None
    line = next((line for line in deal.lines if line.with_customer >= 1), None) if deal else None
    if complaint.cause == "ours" and deal is not None and deal.net >= 50:
        offer = services.Proposal(text="补偿五十元", kind="credit", amount=Decimal(50))
    elif complaint.cause == "goods" and line is not None:
        goods = ProposedGoods(line_id=line.line_id, quantity=Decimal(1))
        kind = chance.choice(("exchange", "repair"))
        offer = services.Proposal(text="换一件新的" if kind == "exchange" else "上门维修",
                                  kind=kind, lines=(goods,))  # fmt: skip
    services.propose(complaint.id, offer)


def _approve(_chance: Random, complaint: Complaint) -> None:
    with as_colleague("admin"):
        services.approve(complaint.id, "同意")


def _tell(_chance: Random, complaint: Complaint) -> None:
    agreed = _still_possible(complaint)
    said = "已电话告知,她同意" if agreed else "货已退回,她想要别的办法"
    services.tell(complaint.id, said, agreed=agreed)


def _still_possible(complaint: Complaint) -> bool:
    """Whether the order still allows what was proposed: her goods may have come back since."""
    if complaint.deal_id is None:
        return True
    offer = next(one for one in compensations(complaint.id) if one.state == "proposed")
    with suppress(MoreThanPrice, NotWithCustomerAnymore):
        check_possible(offer, deal_by_id(complaint.deal_id))
        return True
    return False


def _carry_out(_chance: Random, complaint: Complaint) -> None:
    if complaint.cause == "customer":
        services.set_carried_out(complaint.id, "已上门演示")


def _review(chance: Random, complaint: Complaint) -> None:
    verdict, said = chance.choice(_VERDICTS)
    with as_colleague("admin"):
        services.close(complaint.id, verdict, said)


_STEPS: Final[dict[str, Callable[[Random, Complaint], None]]] = {
    "hear": _hear,
    "cause": _find_cause,
    "propose": _propose,
    "approve": _approve,
    "agree": _tell,
    "carry_out": _carry_out,
    "review": _review,
}
