"""REST of service."""

from modules.service.api import complaints, feedback, rules, steps, tasks, warranties
from modules.service.api.base import blp

__all__ = ["blp", "complaints", "feedback", "rules", "steps", "tasks", "warranties"]
