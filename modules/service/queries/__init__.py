"""What service can look up."""

from modules.service.queries.claims import open_claim_count
from modules.service.queries.complaints import open_complaint_count
from modules.service.queries.follow_ups import due_count
from modules.service.queries.panels import (
    customer_panel,
    customer_warranties,
    deal_panel,
    deal_warranties,
    warranties_that_run,
)

__all__ = [
    "customer_panel",
    "customer_warranties",
    "deal_panel",
    "deal_warranties",
    "due_count",
    "open_claim_count",
    "open_complaint_count",
    "warranties_that_run",
]
