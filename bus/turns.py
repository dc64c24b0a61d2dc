"""One thread of this process at a time does one thing; the others leave word that there is more."""

import threading


class Turns:
    """Who is at work, by name, and for whom somebody asked again meanwhile."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._busy: set[str] = set()
        self._again: set[str] = set()

    def enter(self, name: str) -> bool:
        """Take the turn; False when another thread has it and will look once more."""
        with self._guard:
            if name in self._busy:
                self._again.add(name)
                return False
            self._busy.add(name)
            self._again.discard(name)
            return True

    def leave(self, name: str) -> bool:
        """Give the turn back; True when somebody asked for it in the meantime."""
        with self._guard:
            self._busy.discard(name)
            return name in self._again
