"""A day of the sample company's service: it calls whom it should, and writes down complaints."""

from random import Random

from core.clock import today
from core.deals.queries import deals
from core.tasks import services as tasks
from modules.service import queries
from modules.service.services import complaints

_OUTCOMES = (
    ("reached", "已安装好,会用了"),
    ("reached", "很满意,谢谢来电"),
    ("wants_visit", "下个月想再买一台,请上门介绍"),
    ("not_reached", "无人接听"),
)
_COMPLAINTS = ("送来的茶叶包装破了", "安装师傅迟到了两个小时", "冰箱夜里声音大")


def live_a_day(chance: Random) -> None:
    """Call some of those who are due; now and then somebody complains."""
    for work in queries.due(limit=3).items:
        if work.task.due_on <= today() and chance.random() < 0.7:
            outcome, note = chance.choice(_OUTCOMES)
            tasks.finish(work.id, note, outcome)
    sold = [deal for deal in deals(limit=20).items if deal.shipped]
    if sold and chance.random() < 0.08:
        complaints.complain_about_order(chance.choice(sold).deal_id, chance.choice(_COMPLAINTS))
    for complaint in queries.complaints(state="open", limit=5).items:
        if chance.random() < 0.3:
            complaints.answer(complaint.id, "已道歉,明天上门处理")
    for complaint in queries.complaints(state="answered", limit=5).items:
        if chance.random() < 0.4:
            complaints.close(complaint.id, "客户满意")
