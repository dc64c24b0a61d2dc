"""How a failure is told to a person, and how long after it the same is tried again."""

import traceback
from datetime import timedelta

LONGEST = timedelta(hours=1)
_TEXT = 8000


def told(error: Exception) -> str:
    """The error for a person: first what is wrong, then where."""
    trace = "".join(traceback.format_exception(error))
    return f"{type(error).__name__}: {error}\n\n{trace[-_TEXT:]}"


def back_off(attempts: int, place: int) -> timedelta:
    """Twice as long after every attempt, an hour at most.

    Neighbours that failed together are spread a little, by their places.
    """
    spread = 1 + (place * 2654435761 % 1000) / 4000
    return min(LONGEST, timedelta(seconds=2 ** min(attempts, 12) * spread))
