"""Finance: who owes what, money taken and given back, invoices and credit notes."""
