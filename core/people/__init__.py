"""People: who works here, who is asking, and what is allowed.

The words that everybody uses stand here; services, queries and sessions are imported by name.
"""

from core.people.identity import (
    current_person,
    current_person_or_none,
    may,
    public,
    requires,
)
from core.people.person import Person
from core.people.setup import init_app

__all__ = [
    "Person",
    "current_person",
    "current_person_or_none",
    "init_app",
    "may",
    "public",
    "requires",
]
