"""What sales can do with quotations and orders. No service commits: the edge does."""

from modules.sales.services.cancelling import cancel_order
from modules.sales.services.changing import change_order
from modules.sales.services.confirming import confirm_order, place_order
from modules.sales.services.quoting import write_quotation

__all__ = ["cancel_order", "change_order", "confirm_order", "place_order", "write_quotation"]
