"""What service listens to, and the kinds of tasks that it asks for."""

from modules.service.handlers import (
    complaints,
    feedback,
    follow_ups,
    goods,
    task_kinds,
    warranties,
)

__all__ = ["complaints", "feedback", "follow_ups", "goods", "task_kinds", "warranties"]
