"""What service can look up."""

from modules.service.queries.complaints import open_complaint_count
from modules.service.queries.follow_ups import due_count
from modules.service.queries.panels import customer_panel, deal_panel

__all__ = ["customer_panel", "deal_panel", "due_count", "open_complaint_count"]
