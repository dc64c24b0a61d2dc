"""Why service refuses something, each with what to do instead."""

from modules.service.errors.compensations import (
    ApprovedByAnother,
    CarriedOutElsewhere,
    CompensationNeedsOrder,
    MoreThanPrice,
    NotWithCustomerAnymore,
)
from modules.service.errors.complaints import (
    AnswerFirst,
    ComplaintClosedAlready,
    ComplaintNotFound,
    DoneOnComplaint,
    HoldsNeedOrder,
    NobodyElse,
    NoSuchPerson,
    NotClosed,
    OfferedToAnother,
    OrderNamedAlready,
    ReopenedTooLate,
    ReviewedByAnother,
    WrongStep,
)
from modules.service.errors.customers import (
    AnsweredAlready,
    LinkUnknown,
    NothingToRepeat,
    TooManyVisits,
)
from modules.service.errors.warranties import (
    ClaimNotFound,
    ClaimSettled,
    DoneOnClaim,
    RegisteredAlready,
    WarrantyEnded,
    WarrantyNotFound,
)

__all__ = [
    "AnswerFirst",
    "AnsweredAlready",
    "ApprovedByAnother",
    "CarriedOutElsewhere",
    "ClaimNotFound",
    "ClaimSettled",
    "CompensationNeedsOrder",
    "ComplaintClosedAlready",
    "ComplaintNotFound",
    "DoneOnClaim",
    "DoneOnComplaint",
    "HoldsNeedOrder",
    "LinkUnknown",
    "MoreThanPrice",
    "NoSuchPerson",
    "NobodyElse",
    "NotClosed",
    "NotWithCustomerAnymore",
    "NothingToRepeat",
    "OfferedToAnother",
    "OrderNamedAlready",
    "RegisteredAlready",
    "ReopenedTooLate",
    "ReviewedByAnother",
    "TooManyVisits",
    "WarrantyEnded",
    "WarrantyNotFound",
    "WrongStep",
]
