"""What is guarded, in words."""

from typing import Final

from flask_babel import lazy_gettext as _l

#: What was done -> what it is called.
WHAT: Final = {
    "card": _l("Opened the card"),
    "resident_id": _l("Looked at the ID number"),
    "export": _l("Took a list out"),
}
