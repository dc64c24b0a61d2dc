"""Sales: quotations, orders, and what becomes of them."""
