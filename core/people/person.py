"""Who is acting: plain data, readable after the transaction that loaded it."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Person:
    """Somebody signed in, with what the person may do at this moment."""

    id: UUID
    name: str
    login: str
    roles: tuple[str, ...]
    permissions: frozenset[str]
    #: A locale such as "zh_Hans_CN"; empty follows the browser.
    language: str = ""
    #: The password was given out: nothing else may be done before it is replaced.
    must_change: bool = False

    @property
    def is_administrator(self) -> bool:
        """Whether everything is allowed."""
        return ADMINISTRATOR in self.roles


#: The core's own role: it may do everything, also in modules that come later.
ADMINISTRATOR = "administrator"
