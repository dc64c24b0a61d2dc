"""What a person can do on a page: buttons and entries of its menu, described for the macros."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Action:
    """One thing to do; a link, a button that posts, or one that opens a dialog."""

    label: str
    #: Where the link leads or the button posts.
    url: str = ""
    icon: str = ""
    #: The act changes something, so it is posted.
    post: bool = False
    #: The id of the <dialog> that the button opens.
    opens: str = ""
    #: A question to be answered before the act.
    confirm: str = ""
    #: The act takes something away.
    danger: bool = False
    #: The key that does it, shown as a hint; the primary action has N of itself.
    key: str = ""
    #: Hidden fields of the post.
    fields: Mapping[str, str] = field(default_factory=dict)


def action(
    label: str,
    url: str = "",
    *,
    icon: str = "",
    post: bool = False,
    opens: str = "",
    confirm: str = "",
    danger: bool = False,
    key: str = "",
    fields: Mapping[str, str] | None = None,
) -> Action:
    """Describe an action; a Jinja global."""
    return Action(
        label=str(label),
        url=url,
        icon=icon,
        post=post,
        opens=opens,
        confirm=str(confirm),
        danger=danger,
        key=key,
        fields=fields or {},
    )
