"""The places of the board, in their order."""

from core.deals.stage import STAGES

#: A quotation is no deal yet; the rest is the deal's stage.
ORDER_STAGES: tuple[str, ...] = ("quotation", *STAGES)
#: Where somebody still has something to do.
OPEN_STAGES: tuple[str, ...] = ("deposit", "to_ship", "part_shipped", "shipped")
