"""Warehouse: what is in stock, what leaves the house, what arrives and what comes back."""
