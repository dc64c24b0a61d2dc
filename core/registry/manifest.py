"""What a module says about itself: data only, importable without a database."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Role:
    """A named set of permissions that an administrator gives to people."""

    title: str
    permissions: tuple[str, ...]


@dataclass(frozen=True)
class MenuItem:
    """An entry of the fixed left menu."""

    label: str
    endpoint: str
    #: None: for everybody who is signed in.
    permission: str | None
    icon: str = "dot"
    #: "package.module:function" that counts what waits behind the entry.
    count: str | None = None
    #: Live topics after which the count is read again.
    topics: tuple[str, ...] = ()
    #: "package.module:function" that says whether she may see it, where one permission does not.
    allowed: str | None = None


@dataclass(frozen=True)
class Panel:
    """A part that a module adds to a core page.

    The pages are "customer", "customer_side", "product", "deal" and "call". What must be seen as
    soon as a card is open, and is narrow, goes to the customer's side.
    """

    slot: str
    template: str
    #: "package.module:function" that is given the page's subject and returns template variables.
    context: str
    permission: str | None


@dataclass(frozen=True)
class SegmentField:
    """Something of customers that a department knows, by which they can be found."""

    name: str
    title: str
    #: "number", "money", "date" (asked for in days ago), "flag" or "text".
    type: str
    #: "package.module:function" that returns a select of (customer_id, value), a row for each fact:
    #: the engine adds numbers and money up over a customer, and takes the last of dates.
    select: str


@dataclass(frozen=True)
class Manifest:
    """A module's entry in the registry."""

    name: str
    title: str
    summary: str
    icon: str = "dot"
    #: Place in the menu; lower comes first.
    order: int = 100
    permissions: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)
    menu: tuple[MenuItem, ...] = ()
    panels: tuple[Panel, ...] = ()
    #: By what else customers can be found in segments.
    segment_fields: tuple[SegmentField, ...] = ()
    #: Event type -> "package.module:function" that is given the event's payload and returns the
    #: words for it on the customer's timeline (core.timeline.telling.Told).
    timeline: Mapping[str, str] = field(default_factory=dict)
    #: "package.module:function" each; doctor calls them, they return what is wrong or None.
    checks: tuple[str, ...] = ()
    #: What people lose while the module is off, in words.
    loses: str = ""
