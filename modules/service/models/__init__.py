"""Service's records: complaints, warranties, feedback, the owner's norms; and its views."""

from modules.service.models.compensations import (
    Compensation,
    CompensationLine,
    CompensationPart,
)
from modules.service.models.complaints import Complaint, ComplaintAct
from modules.service.models.feedback import Feedback, FeedbackLink, FeedbackVersion
from modules.service.models.goods import DeliveredGoods
from modules.service.models.norms import Limit, StepTime
from modules.service.models.warranties import (
    PublicAttempt,
    Warranty,
    WarrantyAct,
    WarrantyClaim,
    WarrantyTerms,
)

__all__ = [
    "Compensation",
    "CompensationLine",
    "CompensationPart",
    "Complaint",
    "ComplaintAct",
    "DeliveredGoods",
    "Feedback",
    "FeedbackLink",
    "FeedbackVersion",
    "Limit",
    "PublicAttempt",
    "StepTime",
    "Warranty",
    "WarrantyAct",
    "WarrantyClaim",
    "WarrantyTerms",
]
