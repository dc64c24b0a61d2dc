"""A receipt or an invoice is found by its number, which is what the customer holds in her hand."""

from core.search import index
from modules.finance.models import Invoice, Payment


def make_findable(kind: str, paper: Payment | Invoice, permission: str) -> None:
    """Put a paper into the search box of those who may open it."""
    index.put(
        kind,
        paper.number,
        paper.number,
        (),
        subtitle=paper.customer_name,
        permission=permission,
        module="finance",
        customer_id=paper.customer_id,
    )
