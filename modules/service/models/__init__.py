"""Service's records: complaints, what was promised for them, the owner's norms; and its views."""

from modules.service.models.compensations import (
    Compensation,
    CompensationLine,
    CompensationPart,
)
from modules.service.models.complaints import Complaint, ComplaintAct
from modules.service.models.goods import DeliveredGoods
from modules.service.models.norms import Limit, StepTime

__all__ = [
    "Compensation",
    "CompensationLine",
    "CompensationPart",
    "Complaint",
    "ComplaintAct",
    "DeliveredGoods",
    "Limit",
    "StepTime",
]
