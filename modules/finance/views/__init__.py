"""Screens of finance."""

from modules.finance.views.money import bp
from modules.finance.views.promises import promises

__all__ = ["bp", "promises"]
