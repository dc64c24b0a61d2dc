"""What can be done with warranties. No service commits."""

from modules.service.services.warranties.beginning import begin, end_returned
from modules.service.services.warranties.changing import end, extend
from modules.service.services.warranties.claiming import confirm_claim, dismiss_claim
from modules.service.services.warranties.registering import register_by_customer, register_by_staff
from modules.service.services.warranties.registrant import Registrant
from modules.service.services.warranties.terms import set_terms

__all__ = [
    "Registrant",
    "begin",
    "confirm_claim",
    "dismiss_claim",
    "end",
    "end_returned",
    "extend",
    "register_by_customer",
    "register_by_staff",
    "set_terms",
]
