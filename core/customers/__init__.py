"""Customers: one shared card for everybody who buys, found by every department."""
