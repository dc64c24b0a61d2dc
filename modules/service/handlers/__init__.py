"""What service listens to, and the kinds of tasks that it asks for."""

from modules.service.handlers import complaints, follow_ups, goods, task_kinds, warranties

__all__ = ["complaints", "follow_ups", "goods", "task_kinds", "warranties"]
