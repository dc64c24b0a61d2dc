"""Who did it, and when: stands on every record of an act."""

from typing import Any

from core.clock import now
from core.people.identity import current_person_or_none


def signed() -> dict[str, Any]:
    """Return the columns that say who is acting now."""
    person = current_person_or_none()
    return {
        "at": now(),
        "by_id": person.id if person else None,
        "by_name": person.name if person else "",
    }
