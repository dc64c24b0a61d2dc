"""Screens of service: whom to call today, and complaints step by step."""

from modules.service.views import causes, complaints, others, rules, steps, today
from modules.service.views.base import bp

__all__ = ["bp", "causes", "complaints", "others", "rules", "steps", "today"]
