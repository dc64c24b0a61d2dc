"""What imports do by themselves."""

from datetime import time

from flask_babel import lazy_gettext as _l

import bus
from core import clock
from core.db import reading
from core.imports.queries import forgettable
from core.imports.shelf import discard


@bus.job("imports.discard", bus.daily(time(4), clock.zone), title=_l("Remove old files of imports"))
def discard_old_files() -> None:
    """Remove files that were taken in, or refused, long ago; what is known of them stays."""
    with reading():
        found = forgettable()
    for import_id, digest in found:
        discard(import_id, digest)
