"""What can be done with a complaint, step by step and beside the steps. No service commits."""

from modules.service.services.complaints.agreeing import tell
from modules.service.services.complaints.approving import approve, decline
from modules.service.services.complaints.closing import close, reopen
from modules.service.services.complaints.doing import set_carried_out
from modules.service.services.complaints.escalating import escalate
from modules.service.services.complaints.hearing import find_cause, hear, name_goods
from modules.service.services.complaints.others import ask_others
from modules.service.services.complaints.proposing import Proposal, propose
from modules.service.services.complaints.recording import complain, complain_about_order
from modules.service.services.complaints.responsibility import ask_colleague, offer, take_over
from modules.service.services.complaints.waiting import resume, wait

__all__ = [
    "Proposal",
    "approve",
    "ask_colleague",
    "ask_others",
    "close",
    "complain",
    "complain_about_order",
    "decline",
    "escalate",
    "find_cause",
    "hear",
    "name_goods",
    "offer",
    "propose",
    "reopen",
    "resume",
    "set_carried_out",
    "take_over",
    "tell",
    "wait",
]
