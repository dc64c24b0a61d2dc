"""What the drill tells the world."""

from typing import Literal
from uuid import UUID

from bus import Event, event

What = Literal["nothing", "raises", "kills its process"]


@event("drill.trouble_made", aggregate="subject_id")
class TroubleMade(Event):
    """Somebody asked for trouble; until it is mended its handler does what it says."""

    subject_id: UUID
    what: What


@event("drill.shelves_wanted", aggregate="subject_id")
class ShelvesWanted(Event):
    """Two handlers are to take two shelves, in opposite order."""

    subject_id: UUID


@event("drill.letter_wanted", aggregate="subject_id")
class LetterWanted(Event):
    """A letter is to be sent; the first try may end with the death of its sender."""

    subject_id: UUID
    deadly: bool
