"""Customers are asked by themselves how content they are: seldom, and by a link of their own."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from core.clock import now, today
from core.customers.models import Customer
from core.customers.resolution import resolve, same_customer
from core.db import db
from core.messages import services as messages
from core.messages.composing import opted_out
from core.messages.errors import NotSent
from core.messages.settings import settings
from core.tasks import services as tasks
from core.tasks.models import Task
from modules.service.errors import LinkUnknown
from modules.service.models import Complaint, FeedbackLink
from modules.service.services.feedback_links import Occasion, new_link, renew
from modules.service.tasks import ASK_CONTENT, ASK_CONTENT_SAY, ASK_CONTENT_TITLE

#: One customer is not asked more often.
SELDOM: Final = timedelta(days=90)
#: The templates that carry the link, the way that reaches her soonest first.
TEMPLATES: Final = ("feedback", "feedback_mail")


def ask_after_complaint(complaint_id: UUID) -> None:
    """Ask a customer whose complaint was closed; whoever answered for it has served her."""
    complaint = db.session.get(Complaint, complaint_id)
    if complaint is not None:
        ask(
            Occasion(
                name="complaint",
                subject_id=complaint.id,
                customer_id=resolve(complaint.customer_id),
                deal_id=complaint.deal_id,
                number=complaint.order,
                served_by_id=complaint.answerable_id,
                served_by=complaint.answerable or "",
                asks_nps=True,
            )
        )


def ask(occasion: Occasion) -> bool:
    """Send her a link, or ask a colleague to give it to her; False when she was asked lately."""
    if _asked_lately(occasion.customer_id):
        return False
    link, token = new_link(occasion)
    if not _sent(link, token):
        tasks.ask(
            ASK_CONTENT,
            f"{ASK_CONTENT}:{link.id}",
            ASK_CONTENT_TITLE,
            today() + timedelta(days=1),
            customer_id=link.customer_id,
            deal_id=link.deal_id,
            number=link.number,
            pool="service",
            say=ASK_CONTENT_SAY,
        )
    return True


def give_link(task_id: UUID) -> str:
    """Finish the task to give her the link; return the token, which is kept nowhere.

    Raises:
        TaskNotFound, TaskClosed, Forbidden: when the task cannot be done, or not by this person.
        LinkUnknown: when the task is about something else.
    """
    task = db.session.get(Task, task_id)
    if task is not None and task.kind != ASK_CONTENT:
        raise LinkUnknown
    done = tasks.finish(task_id, _("The link was made."))
    return renew(UUID(done.unique_key.split(":")[1]))


def _asked_lately(customer_id: UUID) -> bool:
    """Whether she was, on any of her cards; another occasion of the same moment waits here."""
    db.session.execute(select(Customer.id).where(Customer.id == customer_id).with_for_update())
    lately = select(FeedbackLink.id).where(
        FeedbackLink.customer_id.in_(same_customer(customer_id)),
        FeedbackLink.made_at > now() - SELDOM,
    )
    return db.session.scalar(lately.limit(1)) is not None


def _sent(link: FeedbackLink, token: str) -> bool:
    """Whether a message has taken the link to her."""
    base = settings().public_url.rstrip("/")
    if not base or opted_out(link.customer_id):
        return False
    words = {"feedback": f"{base}/f/{token}"}
    for template in TEMPLATES:
        try:
            key = f"{template}:{link.id}"
            sent = messages.send(template, link.customer_id, words, key=key, about=link.number)
        except NotSent:
            continue
        return sent is not None
    return False
