"""Customers found by what is known of them: saved filters over card, purchases and departments."""
