"""REST of service."""

from modules.service.api import complaints, rules, steps, tasks, warranties
from modules.service.api.base import blp

__all__ = ["blp", "complaints", "rules", "steps", "tasks", "warranties"]
