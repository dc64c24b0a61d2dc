"""Loyalty: points for what customers pay, and vouchers; an outside module, as a tutorial."""
